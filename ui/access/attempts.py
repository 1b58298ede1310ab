"""Counting attempts within a window of time: those to log in, so that passwords cannot be tried at will, and requests."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

_KEYS_KEPT = 10_000
_LONGEST_FACTOR = 16
"""A window grows to so many times itself: four hours for one of 15 minutes."""


@dataclass(slots=True)
class _Attempts:
    times: deque[float] = field(default_factory=deque)
    factor: int = 1
    blocked_until: float = 0.0


class AttemptLimit:
    """At most `most` attempts in `seconds` for each key; each time that is reached, the next wait is twice as long.

    Safe to use from several threads.
    """

    def __init__(self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: OrderedDict[str, _Attempts] = OrderedDict()

    def wait(self, key: str) -> float:
        """Count an attempt and return 0, or the seconds until one is free; then nothing is counted."""
        now = self._clock()
        with self._lock:
            known = self._keys.setdefault(key, _Attempts())
            self._keys.move_to_end(key)
            if now < known.blocked_until:
                return known.blocked_until - now
            while known.times and known.times[0] <= now - self._seconds:
                known.times.popleft()
            if len(known.times) >= self._most:
                known.blocked_until = known.times[0] + self._seconds * known.factor
                known.factor = min(2 * known.factor, _LONGEST_FACTOR)
                known.times.clear()
                return known.blocked_until - now
            known.times.append(now)
            while len(self._keys) > _KEYS_KEPT:
                self._keys.popitem(last=False)
        return 0.0

    def take_back(self, key: str) -> None:
        """Do not count the last attempt for a key, since it was right."""
        with self._lock:
            if key in self._keys and self._keys[key].times:
                self._keys[key].times.pop()

    def forget(self, key: str) -> None:
        """Begin anew for a key."""
        with self._lock:
            self._keys.pop(key, None)


class RequestRate:
    """A bucket for each key: `burst` requests at once, `per_second` more with time. For one event loop."""

    def __init__(self, burst: int, per_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one request out of the bucket and return 0, or the seconds until there is one."""
        now = self._clock()
        left, then = self._buckets.pop(key, (float(self._burst), now))
        left = min(float(self._burst), left + (now - then) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        while len(self._buckets) > _KEYS_KEPT:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._per_second
