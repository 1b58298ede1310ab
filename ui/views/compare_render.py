"""Two versions of a text side by side as HTML: paragraphs in one row, words that are gone struck through, new ones underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from urllib.parse import quote as percent_encoded

from parley.assistant import ComparedParagraph, Comparison, Document, DocumentEntry, Span, VersionGroup
from parley.ui.html.labels import source_line
from parley.ui.html.markup import isolated, text_html, wrapped_ranges

LISTED = 1_000
"""Changes written out on a page; the command line and the exports have all of them."""

_GONE, _NEW = ("<del>", "</del>"), ("<ins>", "</ins>")


def comparison_html(comparison: Comparison) -> str:
    """The counts, then all paragraphs in the order of the newer version; those that are the same can be opened."""
    if not comparison.changes:
        return f"{_heads(comparison)}<p>The two texts are the same, word for word.</p>"
    shown = 0
    parts: list[str] = []
    for is_same, run in groupby(comparison.paragraphs, key=lambda item: item.kind == "same"):
        items = list(run)
        if is_same:
            parts.append(_unchanged(comparison, items))
        else:
            parts += [_row(comparison, item) for item in items[: max(0, LISTED - shown)]]
            shown += len(items)
    left = f"<p>And {shown - LISTED} more changes: the exports have all of them.</p>" if shown > LISTED else ""
    return f'{_heads(comparison)}<p class="counts">{_counts(comparison)}</p><ol class="compared">{"".join(parts)}</ol>{left}'


def choice_html(entries: Sequence[DocumentEntry], groups: Sequence[VersionGroup], old: str, new: str) -> str:
    """The form that chooses two documents, and the versions that were found, each a link."""
    if not (old and new) and groups:
        old, new = (entry.id for entry in groups[0].entries[-2:])
        return _form(entries, old, new) + _found(entries, groups)
    return _form(entries, old, new) + (_found(entries, groups) if not (old and new) else "")


def _form(entries: Sequence[DocumentEntry], old: str, new: str) -> str:
    options = {name: "".join(_option(entry, chosen=entry.id == name) for entry in entries) for name in (old, new)}
    return (
        '<form method="get" action="compare">'
        f'<label>Older version <select name="old">{options[old]}</select></label>'
        f'<label>Newer version <select name="new">{options[new]}</select></label><button>Compare</button></form>'
    )


def _found(entries: Sequence[DocumentEntry], groups: Sequence[VersionGroup]) -> str:
    """Each group of versions, every neighbouring two of it a link, and the documents with tracked changes."""
    items = []
    for group in groups:
        order = "" if group.is_dated else ' <span class="mark">which is older is not stated</span>'
        for old, new in pairwise(group.entries):
            items.append(f"<li>{_link(old, new, f'{_named(old)} → {_named(new)}')}{order}</li>")
    tracked = [entry for entry in entries if any(warning.kind in _TRACKED for warning in entry.warnings)]
    items += [f"<li>{_link(entry, entry, f'{_named(entry)}: its tracked changes')}</li>" for entry in tracked]
    if not items:
        return "<p>No two documents here look like versions of one text. Any two can be compared all the same.</p>"
    return f"<section><h2>Versions found <span>{len(items):,}</span></h2><ol>{''.join(items)}</ol></section>"


_TRACKED = ("tracked_changes", "struck_through")


def _link(old: DocumentEntry, new: DocumentEntry, words: str) -> str:
    address = f"compare?old={_encoded(old.id)}&new={_encoded(new.id)}"
    return f'<a href="{text_html(address)}">{isolated(words)}</a>'


def _option(entry: DocumentEntry, *, chosen: bool) -> str:
    return f'<option value="{text_html(entry.id)}"{" selected" if chosen else ""}>{text_html(_named(entry))}</option>'


def _named(entry: DocumentEntry) -> str:
    day = f"{entry.date.day} {entry.date:%B} {entry.date.year}" if entry.date else "undated"
    return f"{entry.title}, {day}"


def _heads(comparison: Comparison) -> str:
    old, new = (isolated(source_line(document)) for document in (comparison.old, comparison.new))
    return f'<div class="beside heads"><p><strong>Older</strong> {old}</p><p><strong>Newer</strong> {new}</p></div>'


def _counts(comparison: Comparison) -> str:
    counts = Counter(item.kind for item in comparison.changes)
    told = [f"{count} {kind}" for kind, count in counts.most_common()]
    gone = sum(bracket.outcome in {"agreed", "dropped"} for item in comparison.paragraphs for bracket in item.brackets)
    brackets = [f"{gone} square {'bracket' if gone == 1 else 'brackets'} gone"] if gone else []
    return f"Paragraphs: {', '.join(told)}. {''.join(brackets)}"


def _unchanged(comparison: Comparison, items: Sequence[ComparedParagraph]) -> str:
    number = f"{len(items)} {'paragraph' if len(items) == 1 else 'paragraphs'} unchanged"
    rows = "".join(_beside(comparison, item) for item in items)
    return f'<li class="same"><details><summary>{number}</summary>{rows}</details></li>'


def _row(comparison: Comparison, item: ComparedParagraph) -> str:
    came = f" from {item.old.provision}" if item.kind == "moved" and item.old and item.old.provision else ""
    where = f"{isolated(item.provision)} · " if item.provision else ""
    lead = f'<p class="lead">{where}<strong>{item.kind}{isolated(came) if came else ""}</strong></p>'
    return f'<li class="{item.kind}">{lead}{_beside(comparison, item)}</li>'


def _beside(comparison: Comparison, item: ComparedParagraph) -> str:
    is_rebuilt = comparison.old.source_path is not None and comparison.old.source_path == comparison.new.source_path
    sides = (
        _side(comparison.old, item.old.span, [edit.old for edit in item.edits], _GONE, is_rebuilt=is_rebuilt)
        if item.old
        else _missing("Older"),
        _side(comparison.new, item.new.span, [edit.new for edit in item.edits], _NEW) if item.new else _missing("Newer"),
    )
    return f'<div class="beside">{"".join(sides)}</div>'


def _side(document: Document, span: Span, edits: Sequence[Span], tags: tuple[str, str], *, is_rebuilt: bool = False) -> str:
    """A paragraph, linked to its place; a version rebuilt from tracked changes stands nowhere in the library."""
    name = "Older" if tags is _GONE else "Newer"
    words = wrapped_ranges(document.text, [(edit, *tags) for edit in edits if edit.start < edit.end], window=span)
    address = f"document?id={_encoded(document.id)}&at={span.start}-{span.end}#quote"
    link = f'<a class="where" href="{text_html(address)}" aria-label="{name} version, in its document">{name}</a>'
    if is_rebuilt:
        link = f'<span class="where">{name}</span>'
    return f'<div class="version">{link}<p dir="auto"><bdi class="t">{words}</bdi></p></div>'


def _missing(name: str) -> str:
    return f'<div class="version missing"><span class="where">{name}</span><p class="none">not in this version</p></div>'


def _encoded(identifier: str) -> str:
    return percent_encoded(identifier, safe="")
