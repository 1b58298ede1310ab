"""Are two figures on the same questions really different? Tests question by question, and their correction for being many."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

EXACT_UP_TO = 14
"""So many differing pairs are permuted in all 2^14 ways; more are drawn."""
DRAWS = 20_000
SEED = 0


def mcnemar(won: int, lost: int) -> float:
    """Two-sided p of the exact McNemar test: `won` and `lost` pairs as if by a fair coin; 1 where none differs.

    >>> round(mcnemar(0, 9), 4)
    0.0039
    """
    if won < 0 or lost < 0:
        msg = f"counts cannot be negative, got {won} won and {lost} lost"
        raise ValueError(msg)
    differing = won + lost
    tail = sum(math.comb(differing, count) for count in range(min(won, lost) + 1))
    return min(1.0, float(2 * tail / 2**differing))


def permutation(differences: Sequence[float]) -> float:
    """Two-sided p of the paired permutation test: how often random signs give a sum as far from 0 as this one.

    All signs are tried for up to 14 differences that are not 0; for more, 20,000 are drawn (fixed seed), and p is never 0.
    """
    moved = np.array([value for value in differences if value], dtype=np.float64)
    if not len(moved):
        return 1.0
    seen = abs(float(moved.sum())) - 1e-9
    if len(moved) <= EXACT_UP_TO:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(moved))))
        return float((np.abs(signs @ moved) >= seen).mean())
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), size=(DRAWS, len(moved)))
    return float(((np.abs(signs @ moved) >= seen).sum() + 1) / (DRAWS + 1))


def permutation_of_clusters(differences: Sequence[float], labels: Sequence[int]) -> float:
    """The same, with one sign for all differences of a cluster: questions on one document are won and lost together.

    >>> permutation_of_clusters([-1.0] * 6, [0, 0, 0, 0, 0, 1])
    0.5
    """
    sums = np.bincount(np.asarray(labels, dtype=np.int64), weights=np.asarray(differences, dtype=np.float64))
    return permutation(sums.tolist())


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """The p values of several tests, raised so that the chance of a single false alarm in all of them stays what each says.

    Holm 1979: the smallest is multiplied by their number, the next by one less, and none falls below the one before.

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    corrected: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        highest = max(highest, min(1.0, p_values[name] * (len(p_values) - place)))
        corrected[name] = highest
    return corrected
