from __future__ import annotations

from math import comb

import pytest

from parley.eval.reports.paired_tests import EXACT_UP_TO, holm, mcnemar, permutation


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    # Two-sided binomial tails: 2 / 2^9; 2 (1 + 8) / 2^8; 2 (1 + 10 + 45) / 2^10; at most 1.
    [(0, 9, 2 / 512), (1, 7, 18 / 256), (2, 8, 112 / 1024), (7, 1, 18 / 256), (5, 5, 1.0), (0, 0, 1.0), (0, 1, 1.0)],
)
def test_mcnemar_is_the_exact_binomial(won: int, lost: int, p: float) -> None:
    assert mcnemar(won, lost) == pytest.approx(p)


def test_mcnemar_refuses_negative_counts() -> None:
    with pytest.raises(ValueError, match="negative"):
        mcnemar(-1, 2)


def test_few_differences_are_permuted_in_all_ways() -> None:
    # 1, 2, 3 with signs: |sum| = 6 in two of eight ways.
    assert permutation([1.0, 2.0, 3.0]) == pytest.approx(2 / 8)
    # 3 - 1: sums are 4, 2, -2, -4; all but none are at least 2 away from 0.
    assert permutation([3.0, -1.0]) == 1.0
    assert permutation([0.0, 0.0]) == 1.0
    assert permutation([]) == 1.0


def test_differences_of_zero_do_not_count() -> None:
    assert permutation([0.5] * 6 + [0.0] * 50) == pytest.approx(2 / 64)


def test_many_differences_are_drawn_and_agree_with_mcnemar() -> None:
    # Of 1 and -1 the permutation test is the sign test, which is McNemar's.
    won, lost = 6, 16
    assert won + lost > EXACT_UP_TO
    exact = 2 * sum(comb(22, count) for count in range(7)) / 2**22
    assert permutation([1.0] * won + [-1.0] * lost) == pytest.approx(exact, abs=0.006)
    assert permutation([1.0] * 60) > 0


def test_holm_multiplies_the_smallest_most_and_never_falls() -> None:
    # .01 * 4, .02 * 3, .04 * 2, .5 * 1.
    assert holm({"d": 0.5, "a": 0.01, "c": 0.04, "b": 0.02}) == pytest.approx({"a": 0.04, "b": 0.06, "c": 0.08, "d": 0.5})
    # .03 * 2 = .06, then .04 * 1 would be less.
    assert holm({"a": 0.03, "b": 0.04}) == pytest.approx({"a": 0.06, "b": 0.06})
    assert holm({"a": 0.6, "b": 0.9}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}
