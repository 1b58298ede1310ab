"""Times that sentences tell of: "in November" and "now" are two, and a question for one is not answered by the other.

A sentence without a time of its own may be of any.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.reading.features import PRESENT
from parley.assistant.reading.scoring import Scored
from parley.index.language.times import find_times

AS_NEAR = 3.0
"""How far the score of a sentence of the asked time may stay behind that of the best one, which is of another time."""

_LOOKED_AT = 8


def of_other_times(left: str, right: str) -> bool:
    """Whether both texts tell their time, and the times exclude each other."""
    return _differ(left, right) or _differ(right, left)


def asked_time_first(scored: Sequence[Scored], core: str) -> list[Scored]:
    """The candidates; where the question sets a time and the best is of another one, a sentence of the asked time goes first."""
    if not scored or not (find_times(core) or PRESENT.search(core)) or not of_other_times(core, scored[0].candidate.text):
        return list(scored)
    near = (item for item in scored[1:_LOOKED_AT] if item.score >= scored[0].score - AS_NEAR)
    fitting = next((item for item in near if _tells_asked_time(item.candidate.text, core)), None)
    return list(scored) if fitting is None else [fitting, *(item for item in scored if item is not fitting)]


def _tells_asked_time(text: str, core: str) -> bool:
    asked, told = find_times(core), find_times(text)
    same = any(one.may_be(other) and one.grain == other.grain for one in asked for other in told)
    return same or bool(PRESENT.search(core) and PRESENT.search(text))


def _differ(left: str, right: str) -> bool:
    first, second = find_times(left), find_times(right)
    if first and second:
        return not any(one.may_be(other) for one in first for other in second)
    return bool(first and PRESENT.search(right))
