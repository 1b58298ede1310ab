"""The one door that every request goes through: who may do what, and how much one caller may ask for."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NoReturn

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.ui.access.guards import is_queued
from parley.ui.access.identity import Identity, cookies_of
from parley.ui.access.known_browsers import network_of
from parley.ui.access.measure import CALLERS_AT_AN_ADDRESS, Counted, Measure
from parley.ui.access.refusing import refused
from parley.ui.access.roles import Role, may, refusal
from parley.ui.access.route_table import Rule, rule_for

MOST_PENDING, MOST_PENDING_AT_AN_ADDRESS = 16, 48
"""Events of one caller that wait in the queue, and of all who are not logged in at one address; the queue holds 64."""

BODY_SECONDS = 60.0
"""Between two pieces of a request's body."""

Pending = Callable[[], Iterable[Scope]]
"""The requests whose events wait in the queue."""


class Door:
    """Lets a request through that its sender may make and has not made too often; else 403, 404, 408, 413 or 429."""

    def __init__(self, app: ASGIApp, *, identity: Identity, pending: Pending = lambda: ()) -> None:
        self._app = app
        self._identity = identity
        self._pending = pending
        self._measure = Measure()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        rule = rule_for(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if rule is None:
            await _shut(scope, receive, send)
            return
        callers = self._callers(scope)
        # For routes that tell the log of changes who it was, and for pages that offer what their reader may do.
        cookies = cookies_of(scope)
        known = {"user": self._identity.user(cookies), "may_edit": may(self._identity.role(cookies), "editor")}
        scope["state"] = {**scope.get("state", {}), **known}
        answer = self._refused(rule, scope, callers)
        if answer is not None:
            await answer(scope, receive, send)
            return
        passage = _Passage(self._app, rule)
        with self._measure.under_way(rule.work, callers):
            if not _is_worked_on(rule, scope):
                await passage.go(scope, receive, send)
                return
            async with self._measure.turn(callers):
                await passage.go(scope, receive, send)

    def _callers(self, scope: Scope) -> list[Counted]:
        """Whoever is to be counted: a user, wherever they are; else a browser, and all at its address together."""
        cookies = cookies_of(scope)
        if user := self._identity.user(cookies):
            return [Counted(f"user {user}")]
        address = f"address {network_of((scope.get('client') or ('',))[0])}"
        browser = self._identity.owner(cookies)
        return [Counted(f"browser {browser}" if browser else f"nobody at {address}"), Counted(address, CALLERS_AT_AN_ADDRESS)]

    def _refused(self, rule: Rule, scope: Scope, callers: Sequence[Counted]) -> Response | None:
        role: Role | None = self._identity.role(cookies_of(scope))
        if rule.role is not None and not may(role, rule.role):
            return refused(scope, refusal(role, rule.role) if role is not None else "You are not logged in.", 403)
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > rule.body:
            return refused(scope, _too_large(rule), 413)
        wait = self._measure.wait(rule.work, callers)
        if not wait and is_queued(scope["path"]) and self._fills_the_queue(callers):
            wait = 5.0
        if wait:
            seconds = math.ceil(wait)
            told = f"That is too much at once. Try again in {seconds} s."
            return refused(scope, told, 429, {"retry-after": str(seconds)})
        return None

    def _fills_the_queue(self, callers: Sequence[Counted]) -> bool:
        waiting = Counter(caller.name for scope in self._pending() for caller in self._callers(scope))
        return any(
            waiting[caller.name] >= (MOST_PENDING if caller.times == 1 else MOST_PENDING_AT_AN_ADDRESS) for caller in callers
        )


class _BrokenOffError(Exception):
    """A body breaks a bound of its route."""


class _Passage:
    """One request on its way, its body bounded in size and in the time between two pieces."""

    def __init__(self, app: ASGIApp, rule: Rule) -> None:
        self._app = app
        self._rule = rule
        self._size = 0
        self._whole = False
        self._answered = False
        self._refusal: Response | None = None

    async def go(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a body that breaks a bound is answered by us, unless an answer was begun before."""

        async def bounded() -> Message:
            return await self._piece(scope, receive)

        async def ours_first(message: Message) -> None:
            # The application may make an error of its own of a body that broke off.
            if self._refusal is None or self._answered:
                self._answered = self._answered or message["type"] == "http.response.start"
                await send(message)

        with suppress(_BrokenOffError):
            await self._app(scope, bounded, ours_first)
        if self._refusal is not None and not self._answered:
            await self._refusal(scope, receive, send)

    async def _piece(self, scope: Scope, receive: Receive) -> Message:
        if self._whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError:
            self._break_off(refused(scope, "The rest of the request did not come.", 408))
        self._whole = message["type"] != "http.request" or not message.get("more_body", False)
        self._size += len(message.get("body", b""))
        if self._size > self._rule.body:
            self._break_off(refused(scope, _too_large(self._rule), 413))
        return message

    def _break_off(self, refusal: Response) -> NoReturn:
        self._refusal = refusal
        raise _BrokenOffError


def _is_worked_on(rule: Rule, scope: Scope) -> bool:
    """Whether a request is answered by work: a question or a view. Those of the page wait in a queue of their own.

    What an agent reads from stands open without end, and is not.
    """
    return rule.work == "question" and not is_queued(scope["path"]) and (scope["method"] == "POST" or "/views/" in scope["path"])


async def _shut(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "There is nothing here."})
    else:
        await refused(scope, "There is nothing here.", 404)(scope, receive, send)


def _too_large(rule: Rule) -> str:
    return f"That is more than {rule.body // 1024} kB, the most that is taken here."
