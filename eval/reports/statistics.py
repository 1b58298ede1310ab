"""Means with intervals, where the items may not be independent of each other.

Questions about one document, or turns of one conversation, tend to go right or wrong together. Intervals therefore
resample whole clusters (cluster bootstrap: Cameron, Gelbach & Miller 2008, section 3) and take percentiles. With few
clusters that interval is known to be too narrow, so below `FEWEST_CLUSTERS` single items are resampled instead; the
estimate says which was done.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

RESAMPLES = 2000
FEWEST_CLUSTERS = 10
LEVEL = 0.95
SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its interval.

    Attributes:
        value: mean of the scored items; `None` if there is none.
        low, high: ends of the 95 % interval; `None` with fewer than two items.
        n: items scored.
        unscored: items that could not be judged by this metric.
        resampled: what the bootstrap drew, "clusters" or "items".
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unscored: int
    resampled: Literal["clusters", "items"] = "items"


def estimate(values: Sequence[float | None], clusters: Sequence[Hashable]) -> Estimate:
    """Mean of the values that are not `None`, with a percentile bootstrap interval over clusters.

    Args:
        values: one figure per item, `None` where it was not judged.
        clusters: the cluster of each item, in the same order.

    Raises:
        ValueError: the two differ in length.
    """
    if len(values) != len(clusters):
        msg = f"{len(values)} values but {len(clusters)} clusters"
        raise ValueError(msg)
    scored = [(value, cluster) for value, cluster in zip(values, clusters, strict=True) if value is not None]
    unscored = len(values) - len(scored)
    if not scored:
        return Estimate(None, None, None, 0, unscored)
    figures = np.array([value for value, _ in scored], dtype=np.float64)
    mean = float(figures.mean())
    if len(scored) < 2:
        return Estimate(mean, None, None, 1, unscored)
    numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(cluster for _, cluster in scored))}
    by_cluster = len(numbers) >= FEWEST_CLUSTERS
    labels = np.array([numbers[cluster] for _, cluster in scored]) if by_cluster else np.arange(len(scored))
    low, high = _bootstrap_interval(figures, labels)
    return Estimate(mean, low, high, len(scored), unscored, "clusters" if len(numbers) < len(scored) and by_cluster else "items")


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) of the values lie, linearly interpolated; `None` without values."""
    if not 0 <= share <= 1:
        msg = f"share must lie in [0, 1], got {share}"
        raise ValueError(msg)
    return float(np.quantile(np.asarray(values, dtype=np.float64), share)) if values else None


def _bootstrap_interval(figures: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Percentile interval of the mean when groups with equal `labels` (0..groups-1) are drawn with replacement."""
    totals = np.bincount(labels, weights=figures)
    sizes = np.bincount(labels)
    draws = np.random.default_rng(SEED).integers(0, len(sizes), size=(RESAMPLES, len(sizes)))
    means = totals[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
