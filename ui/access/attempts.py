"""Counting attempts within a window of time, so that passwords cannot be tried at will."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_KEYS_KEPT = 10_000


class AttemptLimit:
    """At most `most` attempts in `seconds` for each key. Safe to use from several threads."""

    def __init__(self, most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Count an attempt and return 0, or the seconds until one is free; then nothing is counted."""
        now = self._clock()
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            while len(self._times) > _KEYS_KEPT:
                self._times.popitem(last=False)
        return 0.0

    def take_back(self, key: str) -> None:
        """Do not count the last attempt for a key, since it was right."""
        with self._lock:
            if self._times.get(key):
                self._times[key].pop()

    def forget(self, key: str) -> None:
        """Begin anew for a key."""
        with self._lock:
            self._times.pop(key, None)
