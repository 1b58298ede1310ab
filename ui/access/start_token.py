"""The token in the address that is printed at the start: without users, whoever has it may come in.

Any account of a shared machine can reach a port on it; only who started the server, or was told by them, knows the token.
"""

from __future__ import annotations

import logging
import secrets
import threading
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from parley.ui.access.guards import is_open
from parley.ui.access.identity import COOKIE as BROWSER_COOKIE
from parley.ui.access.identity import bearer_of, cookies_of, with_cookie
from parley.ui.access.refusing import refused

_log = logging.getLogger(__name__)

_MISSING = "Open the address that was printed when Parley was started: it ends in a token."
_DAY = 24 * 3600


def new_token() -> str:
    """An unguessable token."""
    return secrets.token_urlsafe(24)


class Ticket:
    """A token that lets in once: for the address that a browser is started with, which every account of the machine can see."""

    def __init__(self) -> None:
        self.text = new_token()
        self._lock = threading.Lock()
        self._is_used = False

    def takes(self, given: str) -> bool:
        """Whether this is the ticket, and comes for the first time; a second time is told in the log."""
        if not secrets.compare_digest(given.encode("utf-8", "replace"), self.text.encode("ascii")):
            return False
        with self._lock:
            first, self._is_used = not self._is_used, True
        if not first:
            _log.warning(
                "The address that the browser was opened with came a second time and is refused. If your browser was refused, "
                "another account of this machine was faster and is in: stop Parley and start it anew."
            )
        return first


class TokenGate:
    """Lets those through who have the token: in the address, which gives them a cookie, or in the Authorization header."""

    def __init__(self, app: ASGIApp, *, token: str, ticket: Ticket | None = None) -> None:
        self._app = app
        self._token = token
        self._ticket = ticket

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if is_open(scope) or self._is(cookies_of(scope).get(_cookie_name(scope), "")):
            await self._app(scope, receive, send)
        elif self._is(bearer_of(scope)):
            await self._app(with_cookie(scope, BROWSER_COOKIE, _program(self._token)), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": _MISSING})
        else:
            await self._answer(scope)(scope, receive, send)

    def _is(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode("ascii"))

    def _opens(self, given: str) -> bool:
        """Whether a token in an address lets in."""
        return self._is(given) or (self._ticket is not None and self._ticket.takes(given))

    def _answer(self, scope: Scope) -> Response:
        query = parse_qsl(scope["query_string"].decode("ascii", "replace"), keep_blank_values=True, max_num_fields=50)
        if scope["method"] == "GET" and any(name == "token" and self._opens(value) for name, value in query):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            # The token goes out of the address, so that it is in no history and on no screen.
            response = RedirectResponse(_path(scope) + (f"?{rest}" if rest else ""), 303)
            response.set_cookie(
                _cookie_name(scope), self._token, max_age=_DAY, httponly=True, samesite="lax", secure=scope["scheme"] == "https"
            )
            return response
        if "text/html" in Headers(scope=scope).get("accept", ""):
            return HTMLResponse(f"<!doctype html><title>Parley</title><p>{_MISSING}</p>", 401)
        return refused(scope, _MISSING, 401)


def _path(scope: Scope) -> str:
    """The path of a request, and never another server: browsers take two slashes for one."""
    return "/" + str(scope["path"]).lstrip("/\\")


def _cookie_name(scope: Scope) -> str:
    """Browsers give a cookie to every port of a host, so that two servers of one machine need two."""
    server = scope.get("server") or ("", 0)
    return f"parley_token_{server[1]}"


def _program(token: str) -> str:
    """The browser that programs with the token are: one and the same, so that they find what they began."""
    return urlsafe_b64encode(sha256(f"program:{token}".encode()).digest()).decode("ascii").rstrip("=")
