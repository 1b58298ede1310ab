"""How many of the machine's cores encoding passages may use: all, less one for questions while there are some."""

from __future__ import annotations

import os
import time

_ASKED_LATELY = 10.0
"""Seconds after a question in which another one is likely."""


class Cores:
    """The cores of this process, shared between questions and adding."""

    def __init__(self) -> None:
        self._asked = -_ASKED_LATELY

    def note_question(self) -> None:
        """Somebody asks now."""
        self._asked = time.monotonic()

    def for_passages(self) -> int:
        """Cores that encoding passages may use now, at least one."""
        free = _available()
        return max(1, free - 1) if time.monotonic() - self._asked < _ASKED_LATELY else free


def _available() -> int:
    """Cores that this process may run on; systems without processor sets tell only how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
