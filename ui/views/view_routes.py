"""The pages for positions, ledger, timeline and statements, and for a document with a quotation marked: HTML without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from datetime import date as Date
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from parley.assistant import (
    Answer,
    Ledger,
    ParleyError,
    PositionTable,
    Span,
    StatementFilter,
    Timeline,
    render_brief,
    render_view,
)
from parley.assistant.reports.dossiers.dossier import dossier_named
from parley.ui.html.downloads import MEDIA_TYPES, export_response, unknown_format
from parley.ui.html.markup import isolated
from parley.ui.html.styles import SCHEME_COOKIE
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.libraries import Libraries
from parley.ui.views.compare_routes import compare_routes
from parley.ui.views.document_list import documents_html
from parley.ui.views.list_routes import add_list_routes
from parley.ui.views.overview_render import overview_html
from parley.ui.views.view_pages import Asked, document_page, error_page, view_page
from parley.ui.views.view_render import LISTED, ledger_html, marked_statements, positions_html, statements_html, timeline_html

MOST_TABLES = 6
"""Dossiers whose position tables stand on one page; of more, one is chosen."""

_LONGEST = 200
"""Characters of a filter field."""

_MOST_PAGES = 100_000

_Field = Annotated[str, Query(max_length=_LONGEST)]
_Scheme = Annotated[str | None, Cookie(alias=SCHEME_COOKIE)]


def view_routes(libraries: Libraries) -> APIRouter:
    """The pages `GET /views/overview`, `positions`, `ledger`, `timeline`, `statements`, `documents`, `compare` and `document`.

    `GET /views/lists` shows the dossiers and issues as fields, and `POST /views/lists` keeps them.
    `GET /views/{overview|positions|ledger|timeline}/export.{md|docx|csv|jsonl|bib|html}` hands out the view as a file.

    They show the first library, or the one that a path parameter `library` names where the router is included with one.
    """
    router = APIRouter(prefix="/views")

    _add_document(router, libraries)
    router.include_router(compare_routes(libraries))
    add_list_routes(router, lambda request: _assistant(libraries, request))

    _add_views(router, libraries)
    _add_exports(router, libraries)
    return router


def _add_document(router: APIRouter, libraries: Libraries) -> None:
    @router.get("/document")
    def document(
        request: Request,
        id: Annotated[str, Query(max_length=4096)],  # noqa: A002
        at: _Field = "",
        scheme: _Scheme = None,
    ) -> HTMLResponse:
        try:
            found = _assistant(libraries, request).document(id)
        except ParleyError as error:
            return HTMLResponse(error_page(str(error), scheme), 404)
        return HTMLResponse(document_page(found, _spans(at, len(found.text)), scheme))


def _add_views(router: APIRouter, libraries: Libraries) -> None:
    @router.get("/{view}")
    def show(view: str, request: Request, asked: Annotated[Asked, Depends(_asked)]) -> HTMLResponse:
        if view not in _RENDERERS:
            return HTMLResponse(error_page("There is no such view.", asked.scheme), 404)
        try:
            assistant = _assistant(libraries, request)
        except ParleyError as error:
            return HTMLResponse(error_page(str(error), asked.scheme), 404)
        dossiers: list[str] = []
        try:
            dossiers = [one.name for one in assistant.dossiers()]
            content = _RENDERERS[view](assistant, _filter(asked, assistant), asked)
            # An overview is an answer, which tells it among its own notices; a list of documents says nothing of anybody.
            notices = () if view in ("overview", "documents") else assistant.notices
            return HTMLResponse(view_page(view, asked, content, notices=notices, dossiers=dossiers))
        except (ParleyError, ValueError) as error:
            return HTMLResponse(view_page(view, asked, "", problem=str(error), dossiers=dossiers), 400)


def _add_exports(router: APIRouter, libraries: Libraries) -> None:
    @router.get("/{view}/export.{kind}")
    def export(view: str, kind: str, request: Request, asked: Annotated[Asked, Depends(_asked)]) -> Response:
        if view not in _MAKERS and view != "overview":
            return HTMLResponse(error_page("There is no such view to export.", asked.scheme), 404)
        if f".{kind}" not in MEDIA_TYPES:
            return unknown_format(f".{kind}")
        try:
            assistant = _assistant(libraries, request)
        except ParleyError as error:
            return HTMLResponse(error_page(str(error), asked.scheme), 404)
        try:
            content = _exported(assistant, view, f".{kind}", asked)
        except (ParleyError, ValueError) as error:
            return HTMLResponse(view_page(view, asked, "", problem=str(error)), 400)
        return export_response(view.capitalize(), content, f".{kind}", download=True)


def _assistant(libraries: Libraries, request: Request) -> ChatAssistant:
    return libraries.workspace(request.path_params.get("library", "")).assistant


def _exported(assistant: ChatAssistant, view: str, suffix: str, asked: Asked) -> bytes:
    digest, today = assistant.library.manifest.model_sha256, datetime.now(UTC).date()
    if view == "overview":
        return render_brief(_brief(assistant, asked), suffix, model_sha256=digest, exported=today)
    wanted = _filter(asked, assistant)
    notices = (*wanted.conditions, *assistant.notices)
    return render_view(_MAKERS[view](assistant, wanted), suffix, notices=notices, model_sha256=digest, exported=today)


def _brief(assistant: ChatAssistant, asked: Asked) -> Answer:
    return assistant.brief(asked.about.strip(), dossier=asked.dossier or None)


def _asked(
    *,
    party: _Field = "",
    issue: _Field = "",
    speaker: _Field = "",
    status: _Field = "",
    outlet: _Field = "",
    since: _Field = "",
    until: _Field = "",
    firsthand: _Field = "",
    dossier: _Field = "",
    about: _Field = "",
    page: Annotated[int, Query(ge=1, le=_MOST_PAGES)] = 1,
    scheme: _Scheme = None,
) -> Asked:
    return Asked(party, issue, speaker, status, outlet, since, until, firsthand == "on", scheme, dossier, about, page)


_MAKERS: dict[str, Callable[[ChatAssistant, StatementFilter], PositionTable | Ledger | Timeline]] = {
    "positions": lambda assistant, wanted: assistant.positions(filter=wanted),
    "ledger": lambda assistant, wanted: assistant.ledger(filter=wanted),
    "timeline": lambda assistant, wanted: assistant.timeline(filter=wanted),
}


def _positions(assistant: ChatAssistant, wanted: StatementFilter, asked: Asked) -> str:
    """One table; where there are several dossiers and nothing is asked for, one for each that has any position."""
    dossiers = assistant.dossiers()
    if asked.dossier or asked.issue or asked.party or not 1 < len(dossiers) <= MOST_TABLES:
        return positions_html(assistant.positions(filter=wanted))
    parts: list[str] = []
    first = 1
    for name, table in assistant.positions_by_dossier(filter=wanted):
        parts.append(f"<h2>{isolated(name)}</h2>{positions_html(table, first=first)}")
        first += marked_statements(table)
    return "".join(parts) or "<p>No party has a statement on an issue.</p>"


def _statements(assistant: ChatAssistant, wanted: StatementFilter, asked: Asked) -> str:
    """One page of them; whatever comes after it is not read, but for one that tells whether there is more."""
    before = (asked.page - 1) * LISTED
    found = assistant.cited_statements(filter=wanted, offset=before, limit=LISTED + 1)
    return statements_html(found, page=asked.page, query=asked.query)


_RENDERERS: dict[str, Callable[[ChatAssistant, StatementFilter, Asked], str]] = {
    "overview": lambda assistant, _, asked: overview_html(_brief(assistant, asked)),
    "positions": _positions,
    "ledger": lambda assistant, wanted, _: ledger_html(assistant.ledger(filter=wanted)),
    "timeline": lambda assistant, wanted, _: timeline_html(assistant.timeline(filter=wanted)),
    "statements": _statements,
    "documents": lambda assistant, wanted, asked: documents_html(
        assistant.entries(), words=asked.about, chosen=wanted.documents, page=asked.page, query=asked.query
    ),
}


def _filter(asked: Asked, assistant: ChatAssistant) -> StatementFilter:
    chosen = dossier_named(assistant.dossiers(), asked.dossier).documents if asked.dossier else ()
    return StatementFilter(
        party=_several(asked.party),
        issue=_several(asked.issue),
        speaker=asked.speaker.strip() or None,
        status=asked.status or None,
        outlet=asked.outlet.strip() or None,
        since=_day(asked.since),
        until=_day(asked.until),
        firsthand_only=asked.firsthand,
        documents=chosen,
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _day(text: str) -> Date | None:
    if not text.strip():
        return None
    try:
        return Date.fromisoformat(text.strip())
    except ValueError as error:
        msg = f"{text!r} is not a day. Write it as YYYY-MM-DD, for example 2025-05-16."
        raise ValueError(msg) from error


def _spans(text: str, length: int) -> tuple[Span, ...]:
    """Spans written "12-40,55-70"; those that do not lie in the document are left out."""
    pairs = [part.split("-") for part in text.split(",")]
    spans = [Span(int(pair[0]), int(pair[1])) for pair in pairs if len(pair) == 2 and all(one.isdecimal() for one in pair)]
    return tuple(span for span in spans if span.start < span.end <= length)
