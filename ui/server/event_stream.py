"""An ASGI middleware around Gradio's stream of results, so that what is clicked in quick succession is shown at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSING_SECONDS = 0.3
"""How long a page may take to notice that its stream of results was closed."""


class StreamHandover:
    """Holds back the acknowledgement of an event for a moment where the page's stream of results has just been closed.

    Gradio closes a page's stream when nothing is pending any more. An event that the page sends just then would be taken by it
    for one whose results come on that stream: it opens no other, and shows the results with those of the next event only.

    A page has its browser's cookie. Programs that come without one read their streams themselves and are not held back.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app = app
        self._clock = clock
        self._sleep = sleep
        self._closed: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path.endswith("/queue/data"):
            await self._streamed(scope, receive, send)
        elif path.endswith("/queue/join"):
            await self._app(scope, receive, self._held(_caller(scope), send))
        else:
            await self._app(scope, receive, send)

    async def _streamed(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            if b"close_stream" in message.get("body", b"") and (caller := _caller(scope)):
                self._note(caller)
            await send(message)

        await self._app(scope, receive, noting)

    def _held(self, caller: str, send: Send) -> Send:
        async def holding(message: Message) -> None:
            if message["type"] == "http.response.start":
                left = self._closed[caller] + CLOSING_SECONDS - self._clock() if caller in self._closed else 0.0
                if left > 0:
                    await self._sleep(left)
            await send(message)

        return holding

    def _note(self, caller: str) -> None:
        now = self._clock()
        self._closed = {key: then for key, then in self._closed.items() if now - then < CLOSING_SECONDS} | {caller: now}


def _caller(scope: Scope) -> str:
    """The browser, which may have several pages open; "" for a program without a cookie."""
    return Headers(scope=scope).get("cookie", "")
