"""ASGI middlewares around the whole application: what a page may load, who may call, and a friendly "busy"."""

from __future__ import annotations

import ipaddress
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


# Our own pages hold no script, and nothing that a page could load but its own pictures.
_OWN_DIRECTIVES = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)

_GRADIO_PAGES = ("/gradio_api/", "/assets/", "/static/", "/config", "/theme.css", "/docs")
"""Gradio's, and the page that describes the HTTP API and lets it be tried, which others' scripts make."""


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
                own = not scope["path"].startswith(_GRADIO_PAGES) and scope["path"] != "/"
                headers["content-security-policy"] = "; ".join(_OWN_DIRECTIVES if own else _DIRECTIVES)
                headers["cross-origin-opener-policy"] = headers["cross-origin-resource-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = "max-age=31536000"
                headers["x-content-type-options"] = "nosniff"
                # Not "no-referrer", with which browsers send `Origin: null` with the forms of our own pages.
                headers["referrer-policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, send_with_policy)


class CallerCheck:
    """Refuses requests made for another host name (DNS rebinding) and state-changing ones sent by other sites' pages."""

    def __init__(self, app: ASGIApp, *, host_names: Collection[str], any_address: bool = False) -> None:
        """Args: host_names: names under which this server may be called; any_address: whether numeric addresses count as well.

        A page that rebinds a name of its own to this server is under that name, never under a number.
        """
        self._app = app
        self._host_names = frozenset(name.lower() for name in host_names)
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(_without_port(host)):
            await PlainTextResponse(f"This server does not answer for {host!r}.", 403)(scope, receive, send)
            return
        if _is_foreign(headers, host, changing=scope["method"] not in ("GET", "HEAD")):
            await PlainTextResponse("Other sites' pages may not use this server.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, name: str) -> bool:
        return name in self._host_names or (self._any_address and _is_number(name))


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
        if scope["type"] != "http" or not is_queued(scope["path"]):
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


def is_queued(path: str) -> bool:
    """Whether a request to this path waits in Gradio's queue: an event of the page, or a call of the HTTP API."""
    return path.startswith((f"{_GRADIO}queue/join", f"{_GRADIO}call/"))


def is_open(scope: Scope) -> bool:
    """Whether anybody may ask: whether the server lives, which tells nothing of its libraries, and the server's own start."""
    return scope["type"] == "lifespan" or (scope["type"], scope.get("path")) == ("http", "/health")


def _is_foreign(headers: Headers, host: str, *, changing: bool) -> bool:
    """Whether a browser says that another site's page sent the request; programs say nothing of the kind.

    A link on another site may lead here, so what changes nothing is refused only where a script wants to read the answer.
    """
    origin = headers.get("origin")
    from_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
    return (changing and from_elsewhere) or (origin is not None and urlsplit(origin).netloc != host)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return path.removeprefix(_GRADIO).partition("/")[0] not in _USED_OF_GRADIO
    return path.startswith(_UNUSED)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
