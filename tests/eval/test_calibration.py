from __future__ import annotations

from dataclasses import replace

import pytest

from parley.eval.reports.calibration import Point, calibrate
from parley.eval.scorers.metrics import score_all
from parley.eval.scorers.outcome import Outcome
from tests.eval.build import answer, outcome, question

REFUSED = answer("No.", status="not_in_documents")


def _answered(probability: float | None, *, right: bool) -> Outcome:
    asked = question(answerable=True, gold_answers=["fee"])
    return outcome(asked, replace(answer("A fee." if right else "A toll."), probability=probability))


def _calibrate(outcomes: list[Outcome]):
    return calibrate(outcomes, score_all(outcomes, lambda _: ""))


def test_the_surest_answers_come_first_and_refusals_are_not_covered() -> None:
    outcomes = [
        _answered(0.9, right=True),
        _answered(0.3, right=False),
        _answered(0.8, right=False),
        _answered(0.7, right=True),
        outcome(question(answerable=True, gold_answers=["fee"]), replace(REFUSED, probability=0.1)),
    ]
    found = _calibrate(outcomes)
    # In order .9 right, .8 wrong, .7 right, .3 wrong of five asked: risks 0, 1/2, 1/3, 1/2.
    third = Point(0.6, pytest.approx(1 / 3), 0.7)
    assert found.curve == (Point(0.2, 0.0, 0.9), Point(0.4, 0.5, 0.8), third, Point(0.8, 0.5, 0.3))
    assert found.area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    # (.1² + .3² + .8² + .3²) / 4
    assert found.brier == pytest.approx((0.01 + 0.09 + 0.64 + 0.09) / 4)


def test_the_reliability_table_sets_probability_beside_truth() -> None:
    found = _calibrate([_answered(0.62, right=True), _answered(0.68, right=False), _answered(1.0, right=True)])
    assert [(item.low, item.n, item.right) for item in found.bins] == [(0.6, 2, 0.5), (0.9, 1, 1.0)]
    assert found.bins[0].probability == pytest.approx(0.65)
    # Two of three are .15 off, the third not at all.
    assert found.error == pytest.approx(2 / 3 * 0.15)


def test_answering_what_cannot_be_answered_is_wrong() -> None:
    asked = question(answerable=False)
    found = _calibrate([outcome(asked, replace(answer("A fee."), probability=0.9))])
    assert found.curve == (Point(1.0, 1.0, 0.9),)


def test_answers_without_a_probability_are_counted_and_left_out() -> None:
    found = _calibrate([_answered(None, right=False), _answered(0.5, right=True)])
    assert (found.n, found.without, found.curve) == (1, 1, (Point(1.0, 0.0, 0.5),))
    assert _calibrate([_answered(None, right=True)]) is None
