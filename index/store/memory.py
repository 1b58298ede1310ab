"""What was read from a library, remembered until the library changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from filelock import FileLock

from parley.index.store.caches import Caches

_Value = TypeVar("_Value")

_MOST_REMEMBERED = 20_000
"""Things remembered at a time; a question about a large library asks for some hundreds."""


class Memory:
    """Things by kind and key, for several threads; all are forgotten when the library's content changes."""

    def __init__(self, caches: Caches, write_lock: FileLock) -> None:
        self._caches = caches
        self._write_lock = write_lock
        self._lock = threading.RLock()
        self._memory_state = (-1, -1)
        self._memory: dict[tuple[str, str], object] = {}

    def remember(self, kind: str, key: str, load: Callable[[], _Value]) -> _Value:
        """What `load` returned for this key since the library last changed."""
        state = self._caches.refresh(self._write_lock)
        with self._lock:
            if state != self._memory_state or len(self._memory) > _MOST_REMEMBERED:
                self._memory.clear()
                self._memory_state = state
            if (kind, key) not in self._memory:
                self._memory[kind, key] = load()
            return self._memory[kind, key]  # type: ignore[return-value]
