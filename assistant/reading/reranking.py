"""Letting a cross-encoder that the user has re-order the best sentences; without one, nothing changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from parley.assistant.reading.scoring import Scored

RERANKED = 24
"""Sentences, the best by the ordinary score, that are read again."""

WEIGHT = 1.0
"""What a step of 1 in the reranker's log-odds adds to a score, which is in log-odds too."""

_SUREST = 0.999


class Reranker(Protocol):
    """Tells how well texts answer a question."""

    def relevance(self, question: str, texts: Sequence[str]) -> list[float]:
        """One figure per text in order, 0 to 1, higher for a better answer."""
        ...


def reranked(scored: Sequence[Scored], question: str, reranker: Reranker) -> list[Scored]:
    """The candidates with the reranker's log-odds added to the best ones' scores, best first; the rest follow as they were."""
    first, rest = list(scored[:RERANKED]), list(scored[RERANKED:])
    figures = reranker.relevance(question, [item.candidate.text for item in first])
    moved = [replace(item, score=item.score + WEIGHT * _log_odds(figure)) for item, figure in zip(first, figures, strict=True)]
    ordered = sorted(moved, key=lambda item: (-round(item.score, 6), item.candidate.document.id, item.candidate.span.start))
    return [*ordered, *rest]


def _log_odds(chance: float) -> float:
    bounded = min(_SUREST, max(1 - _SUREST, chance))
    return math.log(bounded / (1 - bounded))
