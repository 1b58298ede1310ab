"""The HTTP routes that hand a conversation to its owner: a page for printing, and files in the formats of the export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import PlainTextResponse

from parley.assistant import ParleyError
from parley.ui.access.identity import Identity
from parley.ui.conversations.conversation_handlers import ConversationHandlers
from parley.ui.conversations.payload import PayloadError
from parley.ui.html.downloads import MEDIA_TYPES, export_response, unknown_format
from parley.ui.library.libraries import Libraries

_Made = Callable[[ConversationHandlers, str, str], tuple[str, bytes]]
"""Makes the title and the content of a file, for an owner and a suffix."""

_Library = Annotated[str, Query(max_length=200)]
_Exchange = Annotated[int, PathParameter(le=2**63 - 1)]
"""As large as SQLite's numbers."""


def conversation_routes(libraries: Libraries, identity: Identity) -> APIRouter:
    """`GET /parley/conversations/{id}/brief`, and `export.{md|docx|csv|jsonl|bib|html}` of a conversation or of one answer."""
    router = APIRouter(prefix="/parley")

    @router.get("/conversations/{conversation}/brief")
    def brief(conversation: str, request: Request, library: _Library = "") -> Response:
        return exported(request, library, ".html", partial(_whole, conversation), download=False)

    @router.get("/conversations/{conversation}/export.{kind}")
    def export(conversation: str, kind: str, request: Request, library: _Library = "") -> Response:
        return exported(request, library, f".{kind}", partial(_whole, conversation), download=True)

    @router.get("/answers/{exchange}/export.{kind}")
    def export_answer(exchange: _Exchange, kind: str, request: Request, library: _Library = "") -> Response:
        return exported(request, library, f".{kind}", partial(_answer, exchange), download=True)

    def exported(request: Request, library: str, suffix: str, made: _Made, *, download: bool) -> Response:
        if suffix not in MEDIA_TYPES:
            return unknown_format(suffix)
        try:
            title, content = made(libraries.workspace(library).conversations, identity.owner(request.cookies) or "", suffix)
        except (PayloadError, ParleyError) as error:
            return PlainTextResponse(str(error), 404)
        return export_response(title, content, suffix, download=download)

    return router


def _whole(conversation: str, conversations: ConversationHandlers, owner: str, suffix: str) -> tuple[str, bytes]:
    return conversations.export(owner, conversation, suffix, day=datetime.now(UTC).date())


def _answer(exchange: int, conversations: ConversationHandlers, owner: str, suffix: str) -> tuple[str, bytes]:
    return conversations.export_answer(owner, exchange, suffix, day=datetime.now(UTC).date())
