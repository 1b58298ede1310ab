"""Whether work grows in proportion to its text, told by a ratio within one run: how fast the machine is does not matter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES_LONGER = 8
MOST = 24
"""Times as long that `TIMES_LONGER` as much text may take; it would be 64 where work grows with the square."""
LEAST_SECONDS = 0.05
"""Below this the clock and the memory's caches say more than the work does."""
TRIES = 4
"""Pairs of a short and a long run, each side by side: a machine that changes its pace spoils one pair, not all."""


def assert_in_proportion(work: Callable[[str], object], unit: str, length: int) -> None:
    """Do `work` on about `length` characters of nothing but `unit`, and on `TIMES_LONGER` as many."""
    assert_grows_in_proportion(work, lambda count: unit * count, length // len(unit), f"times {unit!r}")


def assert_grows_in_proportion(work: Callable[[str], object], text_of: Callable[[int], str], count: int, told: str) -> None:
    """Do `work` on a text of `count` parts, and on one of `TIMES_LONGER` as many; `told` names the parts where it fails."""
    seen: list[tuple[float, float]] = []
    for _ in range(TRIES):
        short, long = (_seconds(work, text_of(size)) for size in (count, TIMES_LONGER * count))
        if long < MOST * short + LEAST_SECONDS:
            return
        seen.append((short, long))
    raise AssertionError(f"seconds for {count} and {TIMES_LONGER * count} {told}: {seen}")


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Processor time without garbage collection, which goes through all that the tests before have left in memory."""
    gc.disable()
    try:
        begin = time.process_time()
        work(text)
        return time.process_time() - begin
    finally:
        gc.enable()
