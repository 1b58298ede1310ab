from __future__ import annotations

import pytest

from parley.eval.reports.wordings import gaps, paired_p
from parley.eval.scorers.metrics import score_all
from parley.eval.scorers.outcome import Outcome
from tests.eval.build import answer, outcome, question


def _run(rights: list[bool]) -> list[Outcome]:
    asked = [question(id=f"q{number}", answerable=True, gold_answers=["fee"]) for number in range(len(rights))]
    return [outcome(item, answer("A fee." if right else "A toll.")) for item, right in zip(asked, rights, strict=True)]


def test_the_gap_is_second_minus_first_question_by_question() -> None:
    first, second = _run([True] * 8 + [False] * 2), _run([True] * 2 + [False] * 8)
    found = gaps(first, score_all(first, lambda _: ""), score_all(second, lambda _: ""))["contains_gold"]
    assert (found.first.value, found.second.value, found.gap.value) == (0.8, 0.2, pytest.approx(-0.6))
    assert found.p == pytest.approx(2 / 2**6)


def test_a_figure_without_a_question_in_both_has_no_gap() -> None:
    first = _run([True])
    assert "first_speaker" not in gaps(first, score_all(first, lambda _: ""), score_all(first, lambda _: ""))


def test_shares_are_tested_as_shares_and_others_by_permutation() -> None:
    assert paired_p([1.0, 1.0, 0.0], [0.0, 0.0, 0.0]) == pytest.approx(2 / 4)
    # Permuted: |.2 + .3| in two of four ways.
    assert paired_p([0.5, 0.5], [0.7, 0.8]) == pytest.approx(0.5)
    assert paired_p([0.5, 0.5], [0.7, 0.3]) == 1.0
