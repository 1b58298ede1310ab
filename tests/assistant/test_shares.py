"""How likely each candidate is to be the one that answers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import pytest

from parley.assistant.reading.scoring import Scored, shares


@dataclass(frozen=True)
class OnlyScore:
    """As much of a candidate as shares look at."""

    score: float


def shares_of(*scores: float) -> list[float]:
    return shares([cast("Scored", OnlyScore(score)) for score in scores])


def test_a_difference_of_one_makes_2_7_times_as_likely() -> None:
    first, second = shares_of(4.0, 3.0)
    assert first / second == pytest.approx(math.e)


def test_they_sum_to_one_and_keep_the_order() -> None:
    found = shares_of(1.0, 6.5, -800.0, 6.5)
    assert sum(found) == pytest.approx(1.0)
    assert found[1] == found[3] > found[0] > found[2] == 0.0


def test_nothing_has_no_shares() -> None:
    assert shares_of() == []
