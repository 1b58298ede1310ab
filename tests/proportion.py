"""Whether work grows in proportion to its text, told by a ratio within one run: how fast the machine is does not matter."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES_LONGER = 4
MOST = 9
"""Times as long that `TIMES_LONGER` as much text may take; it would be 16 where work grows with the square."""
LEAST_SECONDS = 0.05
"""Below this the clock and the memory's caches say more than the work does."""
TRIES = 3


def assert_in_proportion(work: Callable[[str], object], unit: str, length: int) -> None:
    """Do `work` on about `length` characters, and on `TIMES_LONGER` as many, of nothing but `unit`."""
    seconds = [_fastest(work, unit * (size // len(unit))) for size in (length, TIMES_LONGER * length)]
    assert seconds[1] < MOST * seconds[0] + LEAST_SECONDS, seconds


def _fastest(work: Callable[[str], object], text: str) -> float:
    return min(_seconds(work, text) for _ in range(TRIES))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
