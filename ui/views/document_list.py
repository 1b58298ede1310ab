"""All documents of a library on pages, found by words of what is known about them: also those that the chat's list leaves out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import quote

from parley.assistant import DocumentEntry
from parley.ui.html.labels import day_of
from parley.ui.html.markup import isolated, text_html

LISTED = 500
"""Documents of a page."""


def documents_html(
    entries: Sequence[DocumentEntry], *, words: str = "", chosen: Collection[str] = (), page: int = 1, query: str = ""
) -> str:
    """A page of the documents.

    Args:
        entries: in the order in which they were added.
        words: each of which must stand in a document's title, outlet, author, date or id; in any case and order.
        chosen: ids of which only these are shown; empty for all.
        page: from 1.
        query: the filters as they stand in an address.
    """
    wanted = [word.casefold() for word in words.split()]
    found = [entry for entry in entries if (not chosen or entry.id in chosen) and _has(entry, wanted)]
    first = (page - 1) * LISTED
    shown = found[first : first + LISTED]
    if not shown:
        return "<p>No document has these words. Leave some out.</p>" if entries else "<p>The library holds no documents yet.</p>"
    ways = [_link(page - 1, query, "Earlier ones")] if page > 1 else []
    ways += [_link(page + 1, query, "Further ones")] if first + len(shown) < len(found) else []
    nav = f'<nav aria-label="Pages of documents"><p>{" · ".join(ways)}</p></nav>' if ways else ""
    count = f"{first + 1:,} to {first + len(shown):,} of {len(found):,}" if ways else f"{len(found):,}"
    items = "".join(_item(entry) for entry in shown)
    return f'<section><h2>Documents <span>{count}</span></h2><ol start="{first + 1}">{items}</ol>{nav}</section>'


def _has(entry: DocumentEntry, words: Sequence[str]) -> bool:
    if not words:
        return True
    day = entry.date.isoformat() if entry.date else ""
    known = " ".join(filter(None, (entry.title, entry.outlet, entry.author, day, day_of(entry), entry.id))).casefold()
    return all(word in known for word in words)


def _item(entry: DocumentEntry) -> str:
    where = ", ".join(filter(None, (entry.outlet, entry.author, day_of(entry))))
    address = text_html(f"document?id={quote(entry.id, safe='')}")
    return f'<li><a href="{address}">{isolated(entry.title)}</a> <span class="where">{isolated(where)}</span></li>'


def _link(page: int, query: str, words: str) -> str:
    given = text_html(f"?{query}&page={page}" if query else f"?page={page}")
    return f'<a href="documents{given}">{words}</a>'
