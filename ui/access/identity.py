"""Telling browsers apart: an unguessable token in a cookie that only this server reads."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.ui.access.roles import Role
from parley.ui.conversations.store import owner_of

COOKIE = "parley_browser"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 24 * 3600


class Identity(Protocol):
    """Tells whose conversations a request may see."""

    def owner(self, cookies: Mapping[str, str]) -> str | None:
        """The name under which the conversations are kept; `None` for a request that nobody vouches for."""
        ...

    def user(self, cookies: Mapping[str, str]) -> str:
        """The name of who is logged in, for showing it; empty without login."""
        ...

    def role(self, cookies: Mapping[str, str]) -> Role | None:
        """What the sender of a request may do; `None` for one that nobody vouches for."""
        ...


class BrowserIdentity:
    """Each browser is somebody of its own; for a server without login."""

    def owner(self, cookies: Mapping[str, str]) -> str | None:
        """The name that belongs to the browser's token."""
        return owner_from(cookies)

    def user(self, cookies: Mapping[str, str]) -> str:  # noqa: ARG002  (the protocol's signature)
        """Nobody logs in here."""
        return ""

    def role(self, cookies: Mapping[str, str]) -> Role:  # noqa: ARG002
        """Whoever may reach the server may do everything."""
        return "administrator"


def owner_from(cookies: Mapping[str, str]) -> str | None:
    """Under which name this browser's conversations are kept; `None` without a valid cookie."""
    token = cookies.get(COOKIE, "")
    return owner_of(token) if _TOKEN.fullmatch(token) else None


class BrowserCookie:
    """ASGI middleware that gives each browser its token on the first page it loads.

    `SameSite=Lax`, since with `Strict` whoever follows a link from another site would come without the cookie, be taken for
    a new browser, and lose the conversations of the old one. Requests that change anything are kept from other sites by
    `parley.ui.access.guards.CallerCheck`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and set the cookie on the page if the browser has none."""
        if scope["type"] != "http" or scope["path"] != "/" or owner_from(cookies_of(scope)) is not None:
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure = "; Secure" if scope["scheme"] == "https" else ""
                value = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("set-cookie", value)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def with_cookie(scope: Scope, name: str, value: str) -> Scope:
    """The request with this cookie alone, for a program that vouches for itself in another way than by a cookie."""
    kept = [(key, held) for key, held in scope["headers"] if key != b"cookie"]
    return {**scope, "headers": [*kept, (b"cookie", f"{name}={value}".encode("latin-1"))]}


def bearer_of(scope: Scope) -> str:
    """The key in the Authorization header of a request; "" where there is none."""
    given = Headers(scope=scope).get("authorization", "")
    kind, _, key = given.partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request; none where they are malformed."""
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(raw).items()}
    except CookieError:
        return {}
