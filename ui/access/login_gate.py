"""ASGI middleware in front of everything: without a session there is nothing but the page to log in."""

from __future__ import annotations

import logging
from urllib.parse import quote as percent_encoded

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.ui.access.accounts import AccountError, UserFile
from parley.ui.access.guards import is_open
from parley.ui.access.identity import bearer_of, cookies_of, with_cookie
from parley.ui.access.proxy import TrustedProxy
from parley.ui.access.refusing import refused
from parley.ui.access.sessions import COOKIE, Sessions

_log = logging.getLogger(__name__)

_OPEN = ("/login", "/logout")
_NOT_LOGGED_IN = (
    "You are not logged in. Open the page and log in, or send the header `Authorization: Bearer KEY` with a key of yours."
)
_NO_USERS = "Nobody can log in at the moment: the file of users cannot be read. Ask whoever runs this server; its log says more."


class LoginGate:
    """Lets those through who are logged in, sends pages to `/login` and answers 401 to anything else."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions, users: UserFile, proxy: TrustedProxy | None = None) -> None:
        """`proxy` is one that tells who the user is."""
        self._app = app
        self._sessions = sessions
        self._users = users
        self._proxy = proxy
        self._problem = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or refuse it."""
        if is_open(scope):
            await self._app(scope, receive, send)
        elif not self._readable():
            await _shut(scope, receive, send, _NO_USERS, 503)
        elif scope["type"] == "http" and scope["path"] in _OPEN:
            await self._app(scope, receive, send)
        elif (token := self._token(scope)) is not None:
            await self._app(with_cookie(scope, COOKIE, token), receive, _unstored(send))
        elif self._sessions.name(cookies_of(scope)) is not None:
            await self._app(scope, receive, _unstored(send))
        elif _wants_page(scope):
            await _to_login(scope)(scope, receive, send)
        else:
            await _shut(scope, receive, send, _NOT_LOGGED_IN, 401)

    def _readable(self) -> bool:
        """Whether it can be told who the users are. What is wrong is logged once, however many requests come."""
        problem = ""
        try:
            self._users.names()
        except AccountError as error:
            problem = str(error)
        if problem and problem != self._problem:
            _log.error("%s", problem)
        self._problem = problem
        return not problem

    def _token(self, scope: Scope) -> str | None:
        """The token of a session for who vouches for themselves by a key or through the proxy."""
        key = bearer_of(scope)
        name = self._users.name_of_key(key) if key else None
        if name is None and self._proxy is not None:
            name = self._proxy.user_of(scope)
            key = f"proxy {name}"
        if name is None or self._users.account(name) is None:
            return None
        return self._sessions.standing(name, key)


def _wants_page(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def _to_login(scope: Scope) -> RedirectResponse:
    query = scope["query_string"].decode("ascii", "replace")
    goal = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={percent_encoded(goal, safe='')}", 303)


async def _shut(scope: Scope, receive: Receive, send: Send, reason: str, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
    elif _wants_page(scope):
        await HTMLResponse(f"<!doctype html><title>Parley</title><p>{reason}</p>", status)(scope, receive, send)
    else:
        await refused(scope, reason, status)(scope, receive, send)


def _unstored(send: Send) -> Send:
    """Keep pages and data from the browser's cache, where they would outlive logging out."""

    async def send_unstored(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith(("text/html", "application/json")):
                headers["cache-control"] = "no-store"
        await send(message)

    return send_unstored
