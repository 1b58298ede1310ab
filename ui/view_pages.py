"""The frame of the view pages: tabs, filters, and a whole document with a quotation marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Document, Span
from assistant.views.ledger import LADDER
from ui.labels import source_line
from ui.markup import isolated, text_html, wrapped_ranges

_STYLE = Path(__file__).parent / "page" / "views.css"
_TABS = (("/", "Chat"), ("/views/positions", "Positions"), ("/views/ledger", "Ledger"), ("/views/timeline", "Timeline"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter fields as filled in; several parties or issues are separated by semicolons."""

    party: str = ""
    issue: str = ""
    speaker: str = ""
    status: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    firsthand: bool = False


def view_page(view: str, asked: Asked, content: str, *, problem: str = "") -> str:
    """The page of a view; `content` is HTML, `problem` text."""
    told = f'<p class="problem" role="alert">{isolated(problem)}</p>' if problem else ""
    return _page(view.capitalize(), f"/views/{view}", f"{_form(view, asked)}{told}{content}")


def error_page(problem: str) -> str:
    """A page that says what is not possible."""
    return _page("Not found", "", f'<p class="problem" role="alert">{isolated(problem)}</p>')


def document_page(document: Document, spans: Sequence[Span]) -> str:
    """The whole document; `spans` are marked, the first of them is where the link leads."""
    marks = [
        (span, f"<mark{' id=' + chr(34) + 'quote' + chr(34) if not number else ''}>", "</mark>")
        for number, span in enumerate(spans)
    ]
    text = wrapped_ranges(document.text, marks)
    heading = f'<p class="where">{isolated(source_line(document))}</p>'
    return _page(document.title, "", f'{heading}<div class="document t" dir="auto">{text}</div>')


def _page(title: str, current: str, content: str) -> str:
    tabs = "".join(
        f'<a href="{address}"{" aria-current=" + chr(34) + "page" + chr(34) if address == current else ""}>{name}</a>'
        for address, name in _TABS
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text_html(title)} · Parley</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>"
        f'<header><strong>Parley</strong><nav aria-label="Views">{tabs}</nav></header>'
        f"<main><h1>{isolated(title)}</h1>{content}</main></body></html>"
    )


def _form(view: str, asked: Asked) -> str:
    fields = "".join(
        f'<label>{label} <input name="{name}" type="{kind}" value="{text_html(value)}" maxlength="200"{hint}></label>'
        for name, label, kind, value, hint in (
            ("party", "Party", "text", asked.party, ' placeholder="several: A; B"'),
            ("issue", "Issue or term", "text", asked.issue, ' placeholder="several: A; B"'),
            ("speaker", "Speaker", "text", asked.speaker, ""),
            ("outlet", "Outlet", "text", asked.outlet, ""),
            ("since", "Documents since", "date", asked.since, ""),
            ("until", "Documents until", "date", asked.until, ""),
        )
    )
    options = "".join(
        f'<option value="{status}"{" selected" if status == asked.status else ""}>{status.replace("_", " ") or "any"}</option>'
        for status in ("", *LADDER)
    )
    checked = " checked" if asked.firsthand else ""
    return (
        f'<form method="get" action="/views/{view}">{fields}<label>Status <select name="status">{options}</select></label>'
        f'<label class="check"><input type="checkbox" name="firsthand"{checked}> First-hand only</label>'
        "<button>Show</button></form>"
    )
