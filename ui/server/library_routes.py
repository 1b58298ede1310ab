"""`POST /parley/libraries` makes a library and goes on to it; `GET /libraries/{name}/` shows one."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from parley.assistant import ParleyError
from parley.ui.access.identity import Identity
from parley.ui.library.libraries import Libraries
from parley.ui.library.library_switcher import library_address
from parley.ui.views.view_pages import error_page

_LONGEST_BODY = 4_096


def library_routes(libraries: Libraries, identity: Identity) -> APIRouter:
    """The route; whoever may use the server may make a library."""
    router = APIRouter()

    @router.get("/libraries/{library}/")
    def show(library: str) -> Response:
        return RedirectResponse(library_address(library), 303)

    @router.post("/parley/libraries")
    async def create(request: Request) -> Response:
        if identity.owner(request.cookies) is None:
            return HTMLResponse(error_page("Open the chat page first, then make a library there."), 403)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LONGEST_BODY:
                return HTMLResponse(error_page("That name is too long for a library."), 413)
        try:
            given = parse_qs(body.decode("utf-8", "replace"), max_num_fields=5).get("name", [""])[0]
        except ValueError:
            return HTMLResponse(error_page("That form is not this page's. Open the page anew."), 400)
        try:
            name = await run_in_threadpool(libraries.create, given)
            changes = (await run_in_threadpool(libraries.workspace, name)).changes
            changes.note(identity.user(request.cookies), "made the library")
        except ParleyError as error:
            return HTMLResponse(error_page(str(error)), 400)
        return RedirectResponse(library_address(name), 303)

    return router
