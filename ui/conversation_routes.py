"""The HTTP routes that hand a conversation to its owner: a page for printing, and files in the formats of the export."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from assistant import ParleyError
from ui.identity import Identity
from ui.libraries import Libraries
from ui.payload import PayloadError

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
}

_Library = Annotated[str, Query(max_length=200)]


def conversation_routes(libraries: Libraries, identity: Identity) -> APIRouter:
    """`GET /parley/conversations/{id}/brief` and `/parley/conversations/{id}/export.{md|docx|csv|jsonl|bib|html}`."""
    router = APIRouter(prefix="/parley/conversations")

    @router.get("/{conversation}/brief")
    def brief(conversation: str, request: Request, library: _Library = "") -> Response:
        return _exported(conversation, ".html", request, library, download=False)

    @router.get("/{conversation}/export.{kind}")
    def export(conversation: str, kind: str, request: Request, library: _Library = "") -> Response:
        if f".{kind}" not in MEDIA_TYPES:
            return PlainTextResponse(f"There is no export as {kind}. There is: {' '.join(MEDIA_TYPES)}", 404)
        return _exported(conversation, f".{kind}", request, library, download=True)

    def _exported(conversation: str, suffix: str, request: Request, library: str, *, download: bool) -> Response:
        owner = identity.owner(request.cookies) or ""
        try:
            conversations = libraries.workspace(library).conversations
            title, content = conversations.export(owner, conversation, suffix, day=datetime.now(UTC).date())
        except (PayloadError, ParleyError) as error:
            return PlainTextResponse(str(error), 404)
        headers = {"cache-control": "no-store"}
        if download:
            name = percent_encoded(title[:80] + suffix, safe="")
            headers["content-disposition"] = f"attachment; filename=\"conversation{suffix}\"; filename*=UTF-8''{name}"
        return Response(content, media_type=MEDIA_TYPES[suffix], headers=headers)

    return router
