"""The frame of the view pages: the head, filters, and a whole document with a quotation marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from urllib.parse import urlencode

from parley.assistant import Document, Span
from parley.assistant.reports.views.ledger import LADDER
from parley.ui.html.downloads import MEDIA_TYPES
from parley.ui.html.labels import source_line
from parley.ui.html.markup import isolated, text_html, wrapped_ranges
from parley.ui.html.masthead import view_masthead
from parley.ui.html.styles import view_style

_ABOUT = {
    "overview": "Who met, what each party wants, what is told as agreed, what is open, what comes next: word for word.",
    "positions": "What each party is reported to have said on each issue, in the words of the documents.",
    "ledger": "What is agreed, offered, demanded, rejected or open, as the documents themselves grade it and nowhere firmer.",
    "timeline": "Statements by the date they state and by the date of their document.",
    "statements": "Everything that the documents attribute to somebody, word for word.",
    "documents": "What the library holds, in the order in which it was added.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter fields as filled in, several parties or issues separated by semicolons; `scheme` is "dark", "light" or none.

    `page` is that of a long list.
    """

    party: str = ""
    issue: str = ""
    speaker: str = ""
    status: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    firsthand: bool = False
    scheme: str | None = None
    dossier: str = ""
    about: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """The fields as they stand in an address, without the page."""
        fields = {item.name: getattr(self, item.name) for item in dataclass_fields(self) if item.name not in {"scheme", "page"}}
        return urlencode({name: "on" if value is True else value for name, value in fields.items() if value})


def view_page(
    view: str, asked: Asked, content: str, *, problem: str = "", notices: Sequence[str] = (), dossiers: Sequence[str] = ()
) -> str:
    """The page of a view; `content` is HTML, `problem` and `notices` text, `dossiers` the names of those that can be chosen."""
    notes = "".join(f'<p class="note">{isolated(notice)}</p>' for notice in notices)
    told = f'<p class="problem" role="alert">{isolated(problem)}</p>' if problem else ""
    about = f'<p class="about">{_ABOUT[view]}</p>'
    return _page(
        view.capitalize(),
        f"/views/{view}",
        f"{about}{_form(view, asked, dossiers)}{told}{notes}{_exports(view, asked) if content else ''}{content}",
        asked.scheme,
    )


def compare_page(choice: str, content: str, scheme: str | None, *, problem: str = "", old: str = "", new: str = "") -> str:
    """The page that sets two versions side by side; `choice` and `content` are HTML, `problem` text."""
    told = f'<p class="problem" role="alert">{isolated(problem)}</p>' if problem else ""
    given = text_html(f"?{urlencode({'old': old, 'new': new})}")
    links = " ".join(f'<a href="compare/export{suffix}{given}" download>{suffix}</a>' for suffix in MEDIA_TYPES)
    exports = f'<p class="export">Export with the evidence: {links}</p>' if content else ""
    about = '<p class="about">What was added, deleted, changed or moved between two versions of a text.</p>'
    return _page("Compare", "/views/compare", f"{about}{choice}{told}{exports}{content}", scheme)


def list_page(content: str) -> str:
    """The page on which dossiers and issues are edited; `content` is HTML."""
    return _page("Dossiers and issues", "", content, None)


def error_page(problem: str, scheme: str | None = None) -> str:
    """A page that says what is not possible."""
    return _page("Not found", "", f'<p class="problem" role="alert">{isolated(problem)}</p>', scheme)


def document_page(document: Document, spans: Sequence[Span], scheme: str | None = None) -> str:
    """The whole document; `spans` are marked, the first of them is where the link leads."""
    marks = [
        (span, f"<mark{' id=' + chr(34) + 'quote' + chr(34) if not number else ''}>", "</mark>")
        for number, span in enumerate(spans)
    ]
    text = wrapped_ranges(document.text, marks)
    heading = f'<p class="where">{isolated(source_line(document))}</p>'
    return _page(document.title, "", f'{heading}<div class="document t" dir="auto">{text}</div>', scheme)


def _page(title: str, current: str, content: str, scheme: str | None) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text_html(title)} · Parley</title><style>{view_style(scheme)}</style></head><body>"
        f"{view_masthead(current)}<main><h1>{isolated(title)}</h1>{content}</main></body></html>"
    )


def _exports(view: str, asked: Asked) -> str:
    """Links to the view as a file, with the same filters; an overview as a brief. Statements and documents have none."""
    if view in ("statements", "documents"):
        return ""
    given = asked.query
    links = (
        f'<a href="{view}/export{suffix}{text_html(f"?{given}" if given else "")}" download>{suffix}</a>'
        for suffix in MEDIA_TYPES
    )
    name = "As a brief, with footnotes" if view == "overview" else "Export with the evidence"
    edit = ' · <a href="lists">Edit dossiers and issues</a>'
    return f'<p class="export">{name}: {" ".join(links)}{edit}</p>'


def _dossier_field(asked: Asked, dossiers: Sequence[str]) -> str:
    """The choice of a dossier, where there are any."""
    if not dossiers:
        return ""
    options = "".join(
        f'<option value="{text_html(name)}"{" selected" if name == asked.dossier else ""}>{text_html(name) or "all"}</option>'
        for name in ("", *dossiers)
    )
    return f'<label>Dossier <select name="dossier">{options}</select></label>'


def _overview_form(asked: Asked, dossiers: Sequence[str]) -> str:
    about = text_html(asked.about)
    return (
        f'<form method="get" action="overview">{_dossier_field(asked, dossiers)}'
        f'<label>Documents or matter <input name="about" type="text" value="{about}" maxlength="200" '
        'placeholder="everything"></label><button>Show</button></form>'
    )


def _documents_form(asked: Asked, dossiers: Sequence[str]) -> str:
    about = text_html(asked.about)
    return (
        f'<form method="get" action="documents">{_dossier_field(asked, dossiers)}'
        f'<label>Words of title, outlet, author, date or id <input name="about" type="text" value="{about}" maxlength="200">'
        "</label><button>Show</button></form>"
    )


def _form(view: str, asked: Asked, dossiers: Sequence[str]) -> str:
    if view == "overview":
        return _overview_form(asked, dossiers)
    if view == "documents":
        return _documents_form(asked, dossiers)
    fields = _dossier_field(asked, dossiers) + _filter_fields(asked)
    options = "".join(
        f'<option value="{status}"{" selected" if status == asked.status else ""}>{status.replace("_", " ") or "any"}</option>'
        for status in ("", *LADDER)
    )
    checked = " checked" if asked.firsthand else ""
    return (
        f'<form method="get" action="{view}">{fields}<label>Status <select name="status">{options}</select></label>'
        f'<label class="check"><input type="checkbox" name="firsthand"{checked}> First-hand only</label>'
        "<button>Show</button></form>"
    )


def _filter_fields(asked: Asked) -> str:
    return "".join(
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
