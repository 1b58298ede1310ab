"""The form for correcting what is known about a document, each field with where its value was found."""

from __future__ import annotations

from parley.assistant import Document
from parley.ui.html.markup import text_html

_FIELDS = (
    ("title", "Title", 'type="text" maxlength="500" required'),
    ("outlet", "Outlet", 'type="text" maxlength="500"'),
    ("author", "Author", 'type="text" maxlength="500"'),
    ("date", "Date", 'type="date"'),
    ("language", "Language", 'type="text" maxlength="20" pattern="[a-z]{2,3}(-[A-Za-z0-9]{2,8})*" title="A code such as en"'),
    ("genre", "Kind", 'type="text" maxlength="40" title="Such as letter, telegram, transcript, press briefing, news or treaty"'),
)


def metadata_form(document: Document) -> str:
    """Closed at first; empty fields are not known."""
    rows = "".join(_row(document, *field) for field in _FIELDS)
    return (
        '<details class="metadata"><summary>Correct title, outlet, author, date, language, kind</summary>'
        f'<form class="metadata-form" data-document="{text_html(document.id)}">{rows}'
        '<button type="submit">Save</button></form></details>'
    )


def _row(document: Document, name: str, label: str, kind: str) -> str:
    value = getattr(document, name)
    basis = document.basis_of(name)
    found = f"from {basis}" if basis else "not known" if value is None else "where it was found is not recorded"
    return (
        f'<label for="metadata-{name}">{label}</label>'
        f'<input id="metadata-{name}" name="{name}" value="{text_html(str(value or ""))}" {kind} '
        f'aria-describedby="basis-{name}"><span class="basis" id="basis-{name}">{text_html(found)}</span>'
    )
