"""The page on which two versions of a text stand side by side, and its exports: HTML without script."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Query, Request, Response
from fastapi.responses import HTMLResponse

from parley.assistant import Comparison, DocumentNotFoundError, ParleyError, render_comparison
from parley.ui.html.downloads import MEDIA_TYPES, export_response, unknown_format
from parley.ui.html.styles import SCHEME_COOKIE
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.libraries import Libraries
from parley.ui.views.compare_render import choice_html, comparison_html
from parley.ui.views.view_pages import compare_page, error_page

_Id = Annotated[str, Query(max_length=4096)]
_Scheme = Annotated[str | None, Cookie(alias=SCHEME_COOKIE)]


def compare_routes(libraries: Libraries) -> APIRouter:
    """`GET /compare?old=…&new=…`, and `GET /compare/export.{md|docx|csv|jsonl|bib|html}` with the same; below /views.

    Without the two documents the page offers those that look like versions of one text.
    """
    router = APIRouter()

    @router.get("/compare")
    def show(request: Request, old: _Id = "", new: _Id = "", scheme: _Scheme = None) -> HTMLResponse:
        try:
            assistant = libraries.workspace(request.path_params.get("library", "")).assistant
        except ParleyError as error:
            return HTMLResponse(error_page(str(error), scheme), 404)
        both = bool(old and new)
        choice = choice_html(assistant.entries(), [] if both else assistant.versions(), old, new)
        if not both:
            return HTMLResponse(compare_page(choice, "", scheme))
        try:
            content = comparison_html(_compared(assistant, old, new))
        except ParleyError as error:
            return HTMLResponse(compare_page(choice, "", scheme, problem=str(error)), 404)
        return HTMLResponse(compare_page(choice, content, scheme, old=old, new=new))

    @router.get("/compare/export.{kind}")
    def export(kind: str, request: Request, old: _Id = "", new: _Id = "", scheme: _Scheme = None) -> Response:
        if f".{kind}" not in MEDIA_TYPES:
            return unknown_format(f".{kind}")
        try:
            assistant = libraries.workspace(request.path_params.get("library", "")).assistant
            comparison = _compared(assistant, old, new)
            digest = assistant.library.manifest.model_sha256
            content = render_comparison(comparison, f".{kind}", model_sha256=digest, exported=datetime.now(UTC).date())
        except ParleyError as error:
            return HTMLResponse(error_page(str(error), scheme), 404)
        return export_response("Changes", content, f".{kind}", download=True)

    return router


def _compared(assistant: ChatAssistant, old: str, new: str) -> Comparison:
    """The comparison of two documents of the library, or of one with itself before its tracked changes.

    A path that a visitor gives is never opened. Raises DocumentNotFoundError, and ReadError where there are no changes.
    """
    known = {entry.id for entry in assistant.entries()}
    for name in (old, new):
        if name not in known:
            msg = f"There is no document {name!r} in this library. Choose another one."
            raise DocumentNotFoundError(msg)
    return assistant.compare(old, None if old == new else new)
