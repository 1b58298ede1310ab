"""Means with intervals that say how they were made.

- A share (every value 0 or 1) of items that have nothing to do with each other has Wilson's interval, which keeps its
  width at the edge: 3 of 3 is [.44, 1], not [1, 1].
- Questions about one document, or of one conversation, go right or wrong together. Their intervals draw whole clusters
  again (cluster bootstrap: Cameron, Gelbach & Miller 2008, section 3). For a share they are never narrower than Wilson's.
- Below `FEWEST_CLUSTERS` clusters that bootstrap is known to be too narrow. Items are then taken one by one, and the
  estimate says how few clusters they come from.
- Fewer than `FEWEST_ITEMS` items have no interval: nothing can be told from them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

RESAMPLES = 2000
FEWEST_CLUSTERS = 10
FEWEST_ITEMS = 5
LEVEL = 0.95
Z = 1.959963984540054
"""The normal quantile that leaves 2.5 % above it."""
SEED = 0

Method = Literal["wilson", "clusters", "items", "none"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its interval.

    Attributes:
        value: mean of the scored items; `None` if there is none.
        low, high: ends of the 95 % interval; `None` where there is none.
        n: items scored.
        unscored: items that could not be judged by this metric.
        method: how the interval was made: Wilson's formula, or a bootstrap that draws clusters or items.
        clusters: how many documents and conversations the scored items come from; `n` where each stands alone.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unscored: int
    method: Method = "none"
    clusters: int = 0

    @property
    def told(self) -> str:
        """How the interval was made, in words; empty where nothing was scored."""
        if not self.n:
            return ""
        if self.method == "none":
            return f"no interval: {'all alike' if self.n >= FEWEST_ITEMS else f'fewer than {FEWEST_ITEMS} items'}"
        if self.method == "clusters":
            return f"bootstrap over {self.clusters} groups, questions of one document or conversation together"
        made = "Wilson" if self.method == "wilson" else "bootstrap"
        if self.clusters < self.n:
            what = "one document or conversation" if self.clusters == 1 else f"{self.clusters} documents and conversations"
            return f"{made}, as if independent; all from {what}, so too narrow"
        return f"{made} over {self.n} independent items"


def estimate(values: Sequence[float | None], clusters: Sequence[Hashable]) -> Estimate:
    """Mean of the values that are not `None`, with a 95 % interval.

    Args:
        values: one figure per item, `None` where it was not judged.
        clusters: the cluster of each item, in the same order.

    Raises:
        ValueError: the two differ in length.
    """
    figures, labels, unscored = _scored(values, clusters)
    if set(figures.tolist()) <= {0.0, 1.0}:
        return _share(figures, labels, unscored)
    return _mean(figures, labels, unscored)


def difference(one: Sequence[float | None], other: Sequence[float | None], clusters: Sequence[Hashable]) -> Estimate:
    """Mean of `one - other`, item by item, where both were judged, with a bootstrap interval. Raises ValueError as `estimate`."""
    pairs = [None if a is None or b is None else a - b for a, b in zip(one, other, strict=True)]
    return _mean(*_scored(pairs, clusters))


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval (1927, with neither correction) of `successes` in `n` >= 1 independent trials."""
    if not 0 <= successes <= n or n < 1:
        msg = f"needs 0 <= successes <= n and n >= 1, got {successes} of {n}"
        raise ValueError(msg)
    share, scale = successes / n, 1 + Z * Z / n
    middle = share + Z * Z / (2 * n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) of the values lie, linearly interpolated; `None` without values."""
    if not 0 <= share <= 1:
        msg = f"share must lie in [0, 1], got {share}"
        raise ValueError(msg)
    return float(np.quantile(np.asarray(values, dtype=np.float64), share)) if values else None


def _scored(values: Sequence[float | None], clusters: Sequence[Hashable]) -> tuple[np.ndarray, np.ndarray, int]:
    """The judged figures, the number of the cluster of each, and how many were not judged."""
    if len(values) != len(clusters):
        msg = f"{len(values)} values but {len(clusters)} clusters"
        raise ValueError(msg)
    scored = [(value, cluster) for value, cluster in zip(values, clusters, strict=True) if value is not None]
    numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(cluster for _, cluster in scored))}
    figures = np.array([value for value, _ in scored], dtype=np.float64)
    return figures, np.array([numbers[cluster] for _, cluster in scored], dtype=np.int64), len(values) - len(scored)


def _share(figures: np.ndarray, labels: np.ndarray, unscored: int) -> Estimate:
    n, groups = len(figures), len(set(labels.tolist()))
    if n < FEWEST_ITEMS:
        return _without_interval(figures, groups, unscored)
    low, high = wilson(int(figures.sum()), n)
    if groups == n or groups < FEWEST_CLUSTERS:
        return Estimate(float(figures.mean()), low, high, n, unscored, "wilson", groups)
    lower, upper = _bootstrap_interval(figures, labels)
    return Estimate(float(figures.mean()), min(low, lower), max(high, upper), n, unscored, "clusters", groups)


def _mean(figures: np.ndarray, labels: np.ndarray, unscored: int) -> Estimate:
    n, groups = len(figures), len(set(labels.tolist()))
    if n < FEWEST_ITEMS or len(set(figures.tolist())) == 1:
        return _without_interval(figures, groups, unscored)
    by_cluster = FEWEST_CLUSTERS <= groups < n
    low, high = _bootstrap_interval(figures, labels if by_cluster else np.arange(n))
    return Estimate(float(figures.mean()), low, high, n, unscored, "clusters" if by_cluster else "items", groups)


def _without_interval(figures: np.ndarray, groups: int, unscored: int) -> Estimate:
    value = float(figures.mean()) if len(figures) else None
    return Estimate(value, None, None, len(figures), unscored, "none", groups)


def _bootstrap_interval(figures: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Percentile interval of the mean when groups with equal `labels` (0..groups-1) are drawn with replacement."""
    totals = np.bincount(labels, weights=figures)
    sizes = np.bincount(labels)
    draws = np.random.default_rng(SEED).integers(0, len(sizes), size=(RESAMPLES, len(sizes)))
    means = totals[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
