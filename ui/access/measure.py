"""How much one caller asks for: requests at once, and with time, by the work they are."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

from parley.ui.access.attempts import RequestRate
from parley.ui.access.route_table import Work

BURST: dict[Work, int] = {"asset": 3_000, "page": 600, "question": 180, "change": 120}
PER_SECOND: dict[Work, float] = {"asset": 300.0, "page": 30.0, "question": 4.0, "change": 4.0}
"""Requests of one caller at once, and with time. A page that is clicked through in haste sends some 3 events a second, and loads
some 100 files when it is opened."""

AT_ONCE: dict[Work, int] = {"asset": 64, "page": 64, "question": 24, "change": 8}
"""Requests of one caller in flight. A page holds two open; a browser sends at most 6 to one host beside them."""

WORKED_ON = 4
"""Questions of one caller that are worked on at once; further ones wait for these, and not for anybody else's.

What is asked may cost much: one who asks for the dearest in as many requests as may be in flight would have the machine alone.
"""

CALLERS_AT_AN_ADDRESS = 20
"""Who are not logged in are told apart by their browser's cookie, which anybody can make up: all those at one address together
may ask for so many times as much as one of them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody whose requests are counted, and for how many callers they stand."""

    name: str
    times: int = 1


class Measure:
    """Counts requests. For one event loop."""

    def __init__(self) -> None:
        self._rates = {
            (work, times): RequestRate(BURST[work] * times, PER_SECOND[work] * times)
            for work in BURST
            for times in (1, CALLERS_AT_AN_ADDRESS)
        }
        self._in_flight: Counter[tuple[Work, str]] = Counter()
        self._worked_on: dict[str, asyncio.Semaphore] = {}
        self._wanting: Counter[str] = Counter()

    def wait(self, work: Work, callers: Sequence[Counted]) -> float:
        """Count a request for each of the callers and return 0, or the seconds until all of them may make one."""
        if any(self._in_flight[work, caller.name] >= AT_ONCE[work] * caller.times for caller in callers):
            return 1.0
        return max(self._rates[work, caller.times].wait(caller.name) for caller in callers)

    @contextmanager
    def under_way(self, work: Work, callers: Sequence[Counted]) -> Iterator[None]:
        """A request in flight while the block lasts."""
        self._in_flight.update((work, caller.name) for caller in callers)
        try:
            yield
        finally:
            self._in_flight.subtract((work, caller.name) for caller in callers)
            for caller in callers:
                if self._in_flight[work, caller.name] <= 0:
                    del self._in_flight[work, caller.name]

    @asynccontextmanager
    async def turn(self, callers: Sequence[Counted]) -> AsyncIterator[None]:
        """Wait until fewer than `WORKED_ON` questions of each caller are worked on; the block counts as one while it lasts."""
        async with AsyncExitStack() as held:
            for caller in callers:
                await held.enter_async_context(self._one_turn(caller))
            yield

    @asynccontextmanager
    async def _one_turn(self, caller: Counted) -> AsyncIterator[None]:
        # Kept as long as somebody holds it or waits for it, and no longer.
        turns = self._worked_on.setdefault(caller.name, asyncio.Semaphore(WORKED_ON * caller.times))
        self._wanting[caller.name] += 1
        try:
            async with turns:
                yield
        finally:
            self._wanting[caller.name] -= 1
            if not self._wanting[caller.name]:
                del self._wanting[caller.name], self._worked_on[caller.name]
