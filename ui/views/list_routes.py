"""The routes for editing dossiers and issues: a page with a form, and what keeps what is sent with it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from parley.assistant import ParleyError
from parley.ui.interfaces import ChatAssistant
from parley.ui.views.list_pages import dossiers_given, fields_of, issues_given, lists_html
from parley.ui.views.view_pages import list_page

LONGEST_FORM = 2_000_000
"""Bytes of what is sent; a library of some thousand documents stays below it."""


def add_list_routes(router: APIRouter, assistant_of: Callable[[Request], ChatAssistant]) -> None:
    """`GET /lists` and `POST /lists`; `assistant_of` gives the library that a request is about, or raises ParleyError."""

    @router.get("/lists")
    def show(request: Request) -> HTMLResponse:
        # The door tells it; who embeds these routes without one decides alone.
        return _page(assistant_of(request), may_edit=getattr(request.state, "may_edit", True))

    @router.post("/lists")
    async def keep(request: Request) -> HTMLResponse:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_FORM:
                return HTMLResponse("The lists are too long to be kept in one go.", 413)
        # A library that is opened for it takes a while, in which the others go on.
        assistant = await run_in_threadpool(assistant_of, request)
        return await run_in_threadpool(_kept, assistant, body.decode("utf-8", "replace"))


def _kept(assistant: ChatAssistant, form: str) -> HTMLResponse:
    """Keep what a form holds; where something cannot stand in a list, nothing is kept and the page says why."""
    given = parse_qs(form, keep_blank_values=True)
    try:
        issues = issues_given("\n".join(fields_of(given, "issues")).replace("\r\n", "\n"))
        dossiers = dossiers_given(fields_of(given, "document"), fields_of(given, "dossier"))
        assistant.keep_issues(issues)
        assistant.keep_dossiers(dossiers)
    except ParleyError as error:
        return _page(assistant, problem=str(error), status=400)
    return _page(assistant, kept=True)


def _page(
    assistant: ChatAssistant, *, kept: bool = False, problem: str = "", may_edit: bool = True, status: int = 200
) -> HTMLResponse:
    content = lists_html(
        assistant.entries(), assistant.dossiers(), assistant.issues(), kept=kept, problem=problem, may_edit=may_edit
    )
    return HTMLResponse(list_page(content), status)
