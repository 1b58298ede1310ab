"""A refused request's answer, in the form in which its route answers errors."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse
from starlette.types import Scope

_TYPES = {
    401: "not_logged_in",
    403: "forbidden",
    404: "unknown_call",
    408: "timeout",
    413: "too_large",
    429: "too_many_requests",
    503: "no_users",
}


def refused(scope: Scope, reason: str, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The reason as JSON: with its type on the routes of programs, for people elsewhere."""
    if scope["path"].startswith(("/api/", "/v1/")):
        return JSONResponse({"error": {"type": _TYPES[status], "message": reason}}, status, headers)
    # "detail" is what Gradio's page shows, "error" what our own routes answer with.
    return JSONResponse({"error": reason, "detail": reason}, status, headers)
