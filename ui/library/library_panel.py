"""The list of documents beside the chat, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from parley.assistant import DocumentEntry
from parley.ui.html.labels import day_of
from parley.ui.html.markup import isolated, text_html

LISTED = 500
"""Documents shown; a list of thousands helps nobody, and the view of documents finds the others by their words."""


def documents_html(
    documents: Sequence[DocumentEntry],
    *,
    notice: str = "",
    undo: str = "",
    has_older_statements: bool = False,
    library: str = "",
) -> str:
    """The documents with their particulars, each with a button to open and one to remove it.

    Args:
        documents: in the order in which they were added.
        notice: what just happened, for people.
        undo: token that takes a removal back; empty when there is nothing to take back.
        library: its name on a server of several; empty for the first one.
        has_older_statements: whether another version of Parley found who says what; the list then offers to find it anew.
    """
    heading = f'<h2 class="panel-title">Documents <span class="count">{len(documents)}</span></h2>'
    if not documents:
        return f'{heading}{_notice(notice, undo)}<p class="panel-empty">No documents yet. Add files to ask about them.</p>'
    items = "".join(_document(document) for document in documents[:LISTED])
    more = _more(len(documents) - LISTED, library)
    older = _OLDER if has_older_statements else ""
    return f'{heading}{_notice(notice, undo)}{older}<ul class="documents">{items}</ul>{more}'


def _more(count: int, library: str) -> str:
    """How many are not shown, and where all of them are found."""
    if count <= 0:
        return ""
    below = f"/libraries/{quote(library, safe='')}" if library else ""
    return f'<p class="panel-empty">and {count:,} more: <a href="{below}/views/documents">find documents</a></p>'


_OLDER = (
    '<p class="panel-notice older-statements" role="status">Who says what in these documents was found by another version of '
    'Parley. <button type="button" class="quiet renew-statements">Find it anew</button></p>'
)


def upload_html(*, suffixes: Sequence[str], file_bytes: int) -> str:
    """The field for adding files, with the limits for the page to apply before it sends anything."""
    kinds = ", ".join(suffix.removeprefix(".") for suffix in suffixes)
    accepted = text_html(",".join(suffixes))
    return (
        f'<div class="upload" data-suffixes="{accepted}" data-file-bytes="{file_bytes}">'
        '<label class="drop"><input type="file" multiple class="aside" id="upload-input" '
        f'accept="{accepted}"><span class="drop-title">Add documents</span>'
        f'<span class="drop-hint">Choose files, or drop files and folders here: {kinds}; up to {file_bytes // 2**20} MB '
        'each</span></label><label class="folder"><input type="file" webkitdirectory class="aside" id="upload-folder">'
        "Choose a folder</label>"
        '<p class="upload-total" id="upload-total" role="status"></p>'
        '<ul class="upload-list" id="upload-list" aria-live="polite" aria-label="Files being added"></ul></div>'
    )


def _notice(notice: str, undo: str) -> str:
    if not notice:
        return ""
    button = f' <button type="button" class="quiet undo" data-undo="{text_html(undo)}">Undo</button>' if undo else ""
    return f'<p class="panel-notice" role="status">{isolated(notice)}{button}</p>'


def _document(document: DocumentEntry) -> str:
    key, title = text_html(document.id), text_html(document.title)
    facts = [document.outlet, day_of(document), f"{document.page_count} pages" if document.page_count > 1 else None]
    line = " · ".join(text_html(fact) for fact in facts if fact)
    return (
        f'<li class="document-item"><input type="checkbox" class="choose-document" data-document="{key}" '
        f'aria-label="Ask only chosen documents: {title}" title="Ask only the chosen documents">'
        f'<button type="button" class="open-document" data-document="{key}">'
        f'<span class="item-title">{isolated(document.title)}</span><span class="item-facts">{line}</span>'
        f"{_left_out(document)}</button>"
        f'<button type="button" class="remove-document" data-document="{key}" aria-label="Remove {title}" title="Remove">'
        "×</button></li>"
    )


def _left_out(document: DocumentEntry) -> str:
    """What the reader left out or guessed, in one line; all of it on the document's page."""
    if not document.warnings:
        return ""
    return f'<span class="item-facts left-out">{isolated(" ".join(item.message for item in document.warnings))}</span>'
