"""Waiting for what happens elsewhere: long enough for the busiest machine, and no longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 120.0
"""Seconds after which nothing is expected any more. A test that passes never waits so long."""

_Found = TypeVar("_Found")


def wait_until(condition: Callable[[], _Found]) -> _Found:
    """What the condition returns once that is true, or something that counts as true."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
    return found
