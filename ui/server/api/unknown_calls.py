"""Calls that there are not: told in the API's own form, so that a wrong path or method is not answered by the page behind."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.routing import BaseRoute, Match, Route

from parley.ui.server.api.failures import failure

_READING, _CHANGING = ["GET", "HEAD", "POST"], ["PUT", "PATCH", "DELETE"]


def unknown_call_routes(known: Sequence[BaseRoute]) -> APIRouter:
    """What answers the rest of the addresses for programs: 405 with the methods that a path has, 404 where it has none.

    Args:
        known: the routes of the API; these have to be asked before.
    """
    router = APIRouter(include_in_schema=False)

    def tell(request: Request) -> JSONResponse:
        here = [route for route in known if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE]
        methods = sorted({method for route in here for method in route.methods or ()})
        called = f"{request.method} {request.url.path}"
        if methods:
            told = f"There is no {called}. The path takes {' or '.join(methods)}. /docs describes every call."
            return failure(405, "wrong_method", told, {"allow": ", ".join(methods)})
        return failure(404, "unknown_call", f"There is no {called}. /docs describes every call.")

    for path in ("/api/v1/{rest:path}", "/v1/{rest:path}"):
        router.add_api_route(path, tell, methods=_READING)
    for path in ("/api/v1/documents", "/api/v1/documents/{rest:path}"):
        router.add_api_route(path, tell, methods=_CHANGING)
    return router
