"""What a program is told when something does not go: a status, a kind, and a sentence with what to do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from parley.assistant import (
    DocumentNotFoundError,
    LanguageModelError,
    LibraryBusyError,
    LibraryError,
    MetadataError,
    ParleyError,
    QuestionError,
    TermListError,
)

_KINDS: tuple[tuple[type[ParleyError], int, str], ...] = (
    (DocumentNotFoundError, 404, "unknown_document"),
    (QuestionError, 422, "invalid_request"),
    (MetadataError, 422, "invalid_request"),
    (TermListError, 422, "no_issues"),
    (LibraryBusyError, 409, "library_busy"),
    (LanguageModelError, 502, "language_model"),
    (LibraryError, 404, "unknown_library"),
)


class ReportingRoute(APIRoute):
    """A route that tells errors in the one form in which the whole API tells them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors turned into answers."""
        handle = super().get_route_handler()

        async def reporting(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return failure(422, "invalid_request", _told(error))
            except ParleyError as error:
                return failure(*status_of(error), str(error))
            except HTTPException as error:
                # FastAPI's own, for a body that is no JSON or is nested without end.
                return failure(error.status_code, "invalid_request", str(error.detail))

        return reporting


def status_of(error: ParleyError) -> tuple[int, str]:
    """The HTTP status and the kind of an error."""
    return next(((status, kind) for wanted, status, kind in _KINDS if isinstance(error, wanted)), (400, "refused"))


def failure(status: int, kind: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that tells an error; clients of OpenAI's protocol find the message where they look for it."""
    return JSONResponse(failure_json(kind, message), status, headers)


def failure_json(kind: str, message: str) -> dict[str, object]:
    """The body that tells an error."""
    return {"error": {"type": kind, "message": message}}


def _told(error: RequestValidationError) -> str:
    """What is wrong with a request: each field with its fault."""
    faults = []
    for item in error.errors():
        place = ".".join(str(part) for part in item["loc"] if part not in ("body", "query", "path"))
        faults.append(f"{place}: {item['msg']}" if place else str(item["msg"]).removeprefix("Value error, "))
    return "; ".join(faults)
