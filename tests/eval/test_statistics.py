from __future__ import annotations

import pytest

from parley.eval.reports.statistics import FEWEST_CLUSTERS, estimate, percentile
from parley.eval.scorers.score import Score


def test_unscored_items_are_counted_and_left_out_of_the_mean() -> None:
    found = estimate([1.0, None, 0.0, 1.0, None], ["a", "b", "c", "d", "e"])
    # (1 + 0 + 1) / 3, not / 5.
    assert found.value == pytest.approx(2 / 3)
    assert (found.n, found.unscored) == (3, 2)


def test_nothing_scored_gives_no_figure() -> None:
    found = estimate([None, None], ["a", "b"])
    assert (found.value, found.low, found.high, found.n, found.unscored) == (None, None, None, 0, 2)


def test_one_item_has_no_interval() -> None:
    found = estimate([0.5], ["a"])
    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_the_interval_of_independent_items_agrees_with_the_binomial() -> None:
    # 50 of 100: standard error sqrt(.25 / 100) = .05, so the interval is about .5 -+ 1.96 * .05 = [.402, .598].
    found = estimate([1.0, 0.0] * 50, list(range(100)))
    assert found.value == 0.5
    assert found.low == pytest.approx(0.402, abs=0.02)
    assert found.high == pytest.approx(0.598, abs=0.02)
    assert found.resampled == "items"


def test_items_that_go_together_widen_the_interval() -> None:
    # 20 clusters of 5 equal items each carry the information of 20 items: standard error sqrt(.25 / 20) = .112.
    values = [float(cluster % 2) for cluster in range(20) for _ in range(5)]
    clusters = [cluster for cluster in range(20) for _ in range(5)]
    found = estimate(values, clusters)
    assert found.resampled == "clusters"
    assert found.low == pytest.approx(0.5 - 1.96 * 0.112, abs=0.04)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.112, abs=0.04)


def test_with_few_clusters_items_are_resampled() -> None:
    values = [float(number % 2) for number in range(20)]
    found = estimate(values, [number % (FEWEST_CLUSTERS - 1) for number in range(20)])
    assert found.resampled == "items"
    assert found.low is not None
    assert found.low < 0.5


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0, 0.2, 0.9, 0.4]
    assert estimate(values, list(range(6))) == estimate(values, list(range(6)))


def test_values_and_clusters_must_match() -> None:
    with pytest.raises(ValueError, match="1 values but 2 clusters"):
        estimate([1.0], ["a", "b"])


def test_percentiles_interpolate() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    # Position 0.95 * 3 = 2.85, so 3 + 0.85 * 1.
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.95) == pytest.approx(3.85)
    assert percentile([], 0.5) is None
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], 95)


def test_a_score_is_a_figure_or_unscored() -> None:
    assert Score.of(True, "yes").value == 1.0
    assert Score.none("no gold") == Score(None, "no gold", unscored=True)
    with pytest.raises(AssertionError):
        Score(None, "neither")
