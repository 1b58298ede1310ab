"""`GET /parley/changes`: who changed what in a library, for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from parley.ui.html.markup import text_html
from parley.ui.html.styles import view_style
from parley.ui.library.change_log import Change
from parley.ui.library.libraries import Libraries


def change_routes(libraries: Libraries) -> APIRouter:
    """The route: a page, or JSON for programs. Who may call it stands in the route table."""
    router = APIRouter(prefix="/parley")

    @router.get("/changes")
    def changes(request: Request, library: Annotated[str, Query(max_length=200)] = "") -> Response:
        found = libraries.workspace(library).changes.latest()
        if "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(_page(found))
        fields = [{"at": change.at.isoformat(), **{name: getattr(change, name) for name in _FIELDS}} for change in found]
        return JSONResponse({"changes": fields})

    return router


_FIELDS = ("who", "action", "document", "detail")


def _page(changes: Sequence[Change]) -> str:
    rows = "".join(
        f"<tr><td>{change.at:%Y-%m-%d %H:%M:%S} UTC</td>"
        + "".join(f"<td>{text_html(getattr(change, name))}</td>" for name in _FIELDS)
        + "</tr>"
        for change in changes
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("When", "Who", "Did", "Document", "Particulars"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Changes · Parley</title>'
        f"<style>{view_style(None)}</style></head><body><main><h1>Changes</h1>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></main></body></html>"
    )
