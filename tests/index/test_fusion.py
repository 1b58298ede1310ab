"""Reciprocal rank fusion against sums worked by hand."""

from __future__ import annotations

import pytest

from parley.index.store.fusion import reciprocal_rank_fusion


def test_scores_add_up_over_rankings() -> None:
    # 7: 1/6 + 1/7 = 0.30952; 3: 1/7 + 1/6 = 0.30952 (tie, lower id first); 9: 1/8 = 0.125
    fused = reciprocal_rank_fusion([[7, 3], [3, 7, 9]])
    assert [key for key, _ in fused] == [3, 7, 9]
    assert [score for _, score in fused] == pytest.approx([0.30952, 0.30952, 0.125], abs=1e-5)


def test_one_sure_engine_is_not_outvoted_by_two_middling_ranks() -> None:
    # 1: first in one ranking only, 1/6 = 0.1667; 2: eighth in both, 2/13 = 0.1538
    fused = dict(reciprocal_rank_fusion([[1, *range(10, 16), 2], [20, *range(30, 36), 2]]))
    assert fused[1] > fused[2]


def test_nothing_in_nothing_out() -> None:
    assert reciprocal_rank_fusion([[], []]) == []
