"""Joining ranked lists by reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Sequence

RANK_CONSTANT = 60
"""`k` of Cormack, Clarke and Büttcher (SIGIR 2009), who found 60 to work across collections."""


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Fuse rankings of ids, each best first.

    The score of an id is the sum of `1 / (60 + rank)` over the rankings that hold it, ranks from 1. Ties go to the
    lower id, so that the order never depends on chance. Returns (id, score), best first.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
