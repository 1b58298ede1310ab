"""Telling browsers apart: an unguessable token in a cookie that only this server reads."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.conversations import owner_of

COOKIE = "parley_browser"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 24 * 3600


def owner_from(cookies: Mapping[str, str]) -> str | None:
    """Under which name this browser's conversations are kept; `None` without a valid cookie."""
    token = cookies.get(COOKIE, "")
    return owner_of(token) if _TOKEN.fullmatch(token) else None


class BrowserCookie:
    """ASGI middleware that gives each browser its token on the first page it loads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and set the cookie on the page if the browser has none."""
        if scope["type"] != "http" or scope["path"] != "/" or owner_from(_cookies(scope)) is not None:
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                value = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Strict"
                MutableHeaders(scope=message).append("set-cookie", value)
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _cookies(scope: Scope) -> dict[str, str]:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(raw).items()}
    except CookieError:
        return {}
