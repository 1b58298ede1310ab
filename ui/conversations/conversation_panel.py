"""The list of conversations beside the chat, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from parley.ui.conversations.store import ConversationEntry
from parley.ui.html.markup import isolated, text_html

SEARCH_FIELD = (
    '<h2 class="panel-title">Conversations</h2><label class="aside" for="search-conversations">Search in conversations</label>'
    '<input type="search" id="search-conversations" maxlength="200" placeholder="Search in conversations" autocomplete="off">'
)
"""Apart from the list, which is made anew with every result."""

EXPORTS = (
    ("brief", "Brief for printing"),
    ("export.md", "Markdown"),
    ("export.docx", "Word"),
    ("export.csv", "CSV"),
    ("export.jsonl", "JSONL"),
    ("export.bib", "BibTeX"),
    ("export.ris", "RIS for Zotero"),
    ("export.jsonld", "Web annotations"),
)
"""Last part of the address, and the name for people."""


def conversations_html(entries: Sequence[ConversationEntry], current: str, *, searched: str = "", library: str = "") -> str:
    """The conversations, last used first: each can be opened, named and deleted, the current one exported.

    Args:
        entries: what to list.
        current: id of the conversation that the page shows.
        searched: the words that were searched for, if any.
        library: what the addresses of exports say about the library: "" or "?library=NAME", encoded.
    """
    if not entries:
        told = f"No conversation has the words {isolated(searched)}." if searched else "Your questions will be kept here."
        return f'<p class="panel-empty" role="status" data-searched="{text_html(searched)}">{told}</p>'
    items = "".join(_conversation(entry, library, is_current=entry.id == current) for entry in entries)
    return f'<ul class="conversations" data-searched="{text_html(searched)}">{items}</ul>'


def _conversation(entry: ConversationEntry, library: str, *, is_current: bool) -> str:
    key, title = text_html(entry.id), text_html(entry.title)
    current = ' aria-current="true"' if is_current else ""
    count = f"{entry.exchanges} question{'' if entry.exchanges == 1 else 's'} · {entry.changed:%d %b %Y}"
    return (
        f'<li class="conversation-item"><button type="button" class="open-conversation" data-conversation="{key}"{current}>'
        f'<span class="item-title">{isolated(entry.title)}</span><span class="item-facts">{count}</span></button>'
        f'<button type="button" class="rename-conversation" data-conversation="{key}" aria-label="Rename conversation: {title}" '
        f'title="Rename">✎</button>'
        f'<button type="button" class="delete-conversation" data-conversation="{key}" aria-label="Delete conversation: {title}" '
        f'title="Delete for good">×</button>{_exports(key, library) if is_current else ""}</li>'
    )


def _exports(key: str, library: str) -> str:
    links = " ".join(
        f'<a href="/parley/conversations/{key}/{address}{text_html(library)}" target="_blank" rel="noopener">{name}</a>'
        for address, name in EXPORTS
    )
    return f'<p class="exports"><span class="label">Export:</span> {links}</p>'
