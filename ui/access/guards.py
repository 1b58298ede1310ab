"""ASGI middlewares around the whole application: what a page may load, who may call, and a friendly "busy"."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUSY_MESSAGE = "Parley is busy with other questions just now. Please ask again in a few seconds."

# Gradio compiles its HTML templates in the page, hence 'unsafe-eval'. The rest keeps a page from loading or sending
# anything elsewhere, even if a document's text were ever taken for markup.
_DIRECTIVES = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


class PagePolicy:
    """Adds the headers that confine a page to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = "; ".join(_DIRECTIVES)
                headers["x-content-type-options"] = "nosniff"
                # Not "no-referrer", with which browsers send `Origin: null` with the forms of our own pages.
                headers["referrer-policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, send_with_policy)


class CallerCheck:
    """Refuses requests made for another host name (DNS rebinding) and state-changing ones sent by other sites' pages."""

    def __init__(self, app: ASGIApp, *, host_names: Collection[str] | None) -> None:
        """Args: host_names: names under which this server may be called; `None` for any (it listens to a network)."""
        self._app = app
        self._host_names = host_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._host_names is not None and _without_port(host) not in self._host_names:
            await PlainTextResponse(f"This server does not answer for {host!r}.", 403)(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _is_foreign(headers, host):
            await PlainTextResponse("Other sites' pages may not use this server.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class ClosedRoutes:
    """Leaves of Gradio's own routes only what the page, the HTTP API and the MCP server use.

    Its uploads can be read by whoever knows their path, and its other routes hand out files, statistics and code.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 404."""
        if scope["type"] == "http" and _is_closed(scope["path"]):
            await PlainTextResponse("There is nothing here.", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class FriendlyBusy:
    """Says in plain words that the queue of questions is full."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a 503 from the queue is answered in our words."""
        if scope["type"] != "http" or not scope["path"].endswith("/queue/join"):
            await self._app(scope, receive, send)
            return
        refused = False

        async def send_in_words(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] == 503:
                refused = True
                # The page has words of its own for 503; for 429 it shows ours.
                await JSONResponse({"detail": BUSY_MESSAGE}, 429, headers={"retry-after": "5"})(scope, receive, send)
            elif not refused:
                await send(message)

        await self._app(scope, receive, send_in_words)


_GRADIO = "/gradio_api/"
_USED_OF_GRADIO = (
    *("info", "openapi.json", "startup-events", "theme.css", "app_id", "heartbeat", "login_check", "user", "token"),
    *("run", "api", "call", "queue", "cancel", "reset", "mcp"),
)
_UNUSED = ("/monitoring", "/login/", "/svelte", "/pwa_icon")


def _is_foreign(headers: Headers, host: str) -> bool:
    """Whether a browser says that another site's page sent the request; programs say nothing of the kind."""
    origin = headers.get("origin")
    from_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
    return from_elsewhere or (origin is not None and urlsplit(origin).netloc != host)


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return path.removeprefix(_GRADIO).partition("/")[0] not in _USED_OF_GRADIO
    return path.startswith(_UNUSED)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
