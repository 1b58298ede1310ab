from __future__ import annotations

import pytest

from parley.eval.reports.clusters import clusters
from parley.eval.reports.statistics import FEWEST_CLUSTERS, difference, estimate, percentile, wilson
from parley.eval.scorers.score import Score


def test_unscored_items_are_counted_and_left_out_of_the_mean() -> None:
    found = estimate([1.0, None, 0.0, 1.0, None], ["a", "b", "c", "d", "e"])
    # (1 + 0 + 1) / 3, not / 5.
    assert found.value == pytest.approx(2 / 3)
    assert (found.n, found.unscored) == (3, 2)


def test_nothing_scored_gives_no_figure() -> None:
    found = estimate([None, None], ["a", "b"])
    assert (found.value, found.low, found.high, found.n, found.unscored) == (None, None, None, 0, 2)


def test_below_five_items_there_is_no_interval() -> None:
    four = estimate([1.0, 0.0, 1.0, 1.0], ["a", "b", "c", "d"])
    assert (four.value, four.low, four.high, four.told) == (0.75, None, None, "no interval: fewer than 5 items")
    five = estimate([1.0, 0.0, 1.0, 1.0, 1.0], list("abcde"))
    assert five.low is not None


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # By hand: z = 1.96, middle (p + z²/2n) / (1 + z²/n), half z·√(p(1-p)/n + z²/4n²) / (1 + z²/n).
    [
        (3, 3, 0.4385, 1.0),
        (8, 8, 0.6756, 1.0),
        (24, 25, 0.8046, 0.9929),
        (0, 10, 0.0, 0.2775),
        (50, 100, 0.4038, 0.5962),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_wilsons_interval_of_worked_cases(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_wilsons_interval_refuses_what_is_no_share() -> None:
    for successes, n in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="needs"):
            wilson(successes, n)


def test_a_share_of_independent_items_has_wilsons_interval() -> None:
    found = estimate([1.0, 0.0] * 50, list(range(100)))
    assert (found.low, found.high) == wilson(50, 100)
    assert found.told == "Wilson over 100 independent items"


def test_a_share_at_the_edge_keeps_its_width_with_clusters_too() -> None:
    # 25 questions about 12 documents, all right: every bootstrap sample is 1, and that is not certainty.
    found = estimate([1.0] * 25, [number % 12 for number in range(25)])
    assert (found.low, found.high) == (pytest.approx(0.8668, abs=1e-4), 1.0)


def test_items_that_go_together_widen_the_interval() -> None:
    # 20 clusters of 5 equal items each carry the information of 20 items: standard error sqrt(.25 / 20) = .112.
    values = [float(cluster % 2) for cluster in range(20) for _ in range(5)]
    clusters = [cluster for cluster in range(20) for _ in range(5)]
    found = estimate(values, clusters)
    assert (found.method, found.clusters) == ("clusters", 20)
    assert found.told == "bootstrap over 20 groups, questions of one document or conversation together"
    assert found.low == pytest.approx(0.5 - 1.96 * 0.112, abs=0.04)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.112, abs=0.04)


def test_the_bootstrap_interval_covers_95_percent() -> None:
    # 400 values from 0 to 1: standard error sqrt(1/12 / 400) = .01443, so -+ 1.96 * .01443 = .0283 and not the .0302 of 96.4 %.
    found = estimate([number / 399 for number in range(400)], list(range(400)))
    assert (found.method, found.value) == ("items", pytest.approx(0.5))
    assert found.high is not None
    assert found.low is not None
    assert (found.high - found.low) / 2 == pytest.approx(0.0283, abs=0.0009)


@pytest.mark.parametrize(("groups", "told"), [(FEWEST_CLUSTERS - 1, "9 documents and conversations"), (1, "one document")])
def test_with_few_clusters_the_interval_says_that_it_is_too_narrow(groups: int, told: str) -> None:
    found = estimate([float(number % 2) for number in range(20)], [number % groups for number in range(20)])
    assert (found.method, found.low, found.high) == ("wilson", *wilson(10, 20))
    assert "too narrow" in found.told
    assert told in found.told
    lengths = estimate([float(number) for number in range(20)], [number % groups for number in range(20)])
    assert lengths.method == "items"
    assert "too narrow" in lengths.told


def test_from_ten_clusters_on_clusters_are_drawn() -> None:
    values = [float(number % 2) for number in range(20)]
    assert estimate(values, [number % FEWEST_CLUSTERS for number in range(20)]).method == "clusters"


@pytest.mark.parametrize("groups", [FEWEST_CLUSTERS, 20])
def test_lengths_that_go_together_widen_the_interval_too(groups: int) -> None:
    values = [float(cluster) for cluster in range(groups) for _ in range(8)]
    together = estimate(values, [cluster for cluster in range(groups) for _ in range(8)])
    apart = estimate(values, list(range(8 * groups)))
    assert (together.method, apart.method) == ("clusters", "items")
    # Eight equal values tell what one does: the interval is about the root of eight as wide.
    assert together.low is not None
    assert together.high is not None
    assert apart.low is not None
    assert apart.high is not None
    assert (together.high - together.low) / (apart.high - apart.low) == pytest.approx(8**0.5, rel=0.15)


def test_pairs_must_be_of_the_same_questions() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        difference([1.0, 0.0], [1.0], ["a", "b"])


def test_a_difference_is_taken_pair_by_pair_and_is_no_share() -> None:
    one = [1.0, 1.0, 1.0, None, 1.0, 0.0, 1.0]
    other = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, None]
    found = difference(one, other, list(range(7)))
    # Judged in both: 5 pairs, differences 1, 0, 1, 0, 0.
    assert (found.value, found.n, found.unscored, found.method) == (pytest.approx(0.4), 5, 2, "items")


def test_differences_that_are_all_alike_have_no_interval() -> None:
    found = difference([1.0] * 8, [1.0] * 8, list(range(8)))
    assert (found.value, found.low, found.told) == (0.0, None, "no interval: all alike")


def test_clusters_are_joined_by_any_key_and_by_chains_of_keys() -> None:
    assert clusters([["a"], ["b"], [], ["b", "a"], ["c"], []]) == [0, 0, 1, 0, 2, 3]
    assert clusters([["x"], ["y"], ["x"], ["y"]]) == [0, 1, 0, 1]


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
