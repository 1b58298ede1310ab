"""For those who run the server: whether it lives, whether it can answer, and figures for Prometheus."""

from __future__ import annotations

import time
from importlib.metadata import version

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.assistant import ParleyError
from parley.ui.library.libraries import Libraries
from parley.ui.server.api.failures import failure

_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_COUNTED = ("/api/v1/", "/v1/", "/mcp")
"""What is counted: calls of programs; the page's own traffic says little."""


class Figures:
    """Counts and times of the calls of programs. One object a server, so that two servers in a process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._calls = Counter("parley_requests", "Calls of programs, by route and status.", labels, registry=self.registry)
        self._seconds = Histogram(
            "parley_request_seconds", "Seconds until a call was answered.", ("route",), buckets=_BUCKETS, registry=self.registry
        )
        self._documents = Gauge(
            "parley_documents", "Documents in a library that was asked lately.", ("library",), registry=self.registry
        )
        about = Gauge("parley_build", "The version that runs; always 1.", ("version",), registry=self.registry)
        about.labels(version("parley-qa")).set(1)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one call."""
        self._calls.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, libraries: Libraries) -> bytes:
        """All figures in the form that Prometheus reads."""
        for name, assistant in libraries.awake():
            self._documents.labels(name).set(len(assistant.entries()))
        return generate_latest(self.registry)


class CallCounter:
    """ASGI middleware that counts the calls of programs and how long they take."""

    def __init__(self, app: ASGIApp, *, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it."""
        if scope["type"] != "http" or not scope["path"].startswith(_COUNTED):
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._figures.count(scope["method"], _route(scope), status, time.perf_counter() - started)


def _route(scope: Scope) -> str:
    """The path as declared, without ids, of which there would be too many."""
    route = scope.get("route")
    return getattr(route, "path", "") or "other"


def state_routes(libraries: Libraries, figures: Figures) -> APIRouter:
    """`/health`, `/ready` and `/metrics`."""
    router = APIRouter(tags=["server"])

    @router.get("/health")
    def health() -> dict[str, str]:
        """Whether the server lives; asks nothing of the libraries."""
        return {"status": "ok", "version": version("parley-qa")}

    @router.get("/ready", response_model=None)
    def ready() -> JSONResponse | dict[str, object]:
        """Whether questions can be answered: the first library can be read and its models are loaded."""
        try:
            workspace = libraries.workspace()
            documents = len(workspace.assistant.entries())
        except ParleyError as error:
            return failure(503, "not_ready", str(error))
        if not workspace.is_warm:
            return failure(503, "not_ready", "The models are being loaded. Ask again in a few seconds.")
        return {"status": "ready", "library": workspace.name, "documents": documents}

    @router.get("/metrics")
    def metrics() -> Response:
        """Figures for Prometheus: calls by route and status, seconds, documents."""
        return Response(figures.text(libraries), media_type=CONTENT_TYPE_LATEST)

    return router
