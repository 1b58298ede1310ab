"""The score by which candidate sentences are compared: the weighted sum of their features.

The weights stand in `reading_model.tsv`, which tells how they were come by. A difference of 1 between two scores means that
the better one was right about 2.7 times as often as the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.assistant.evidence.candidates import Candidate
from parley.assistant.evidence.matching import WeightedTerm
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.features import Features, features_of
from parley.assistant.reading.linear_model import reading_model
from parley.index.models.passage_reader import SentenceReading


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what the reader makes of it, its features and its score."""

    candidate: Candidate
    reading: SentenceReading
    features: Features
    score: float


def score_candidates(
    candidates: Sequence[Candidate],
    readings: Sequence[SentenceReading],
    question: QuestionAnalysis,
    terms: Sequence[WeightedTerm],
    held: frozenset[str] = frozenset(),
) -> list[Scored]:
    """The candidates, best first; ties in order of document id and position, so that the order never varies."""
    model = reading_model("sentence")
    features = features_of(candidates, readings, question, terms, held)
    scored = [
        Scored(candidate, reading, item, model.score(item.values()))
        for candidate, reading, item in zip(candidates, readings, features, strict=True)
    ]
    return _in_order(scored)


def rescored(scored: Sequence[Scored]) -> list[Scored]:
    """Candidates whose features have changed, with their scores made anew and in their order."""
    model = reading_model("sentence")
    return _in_order([replace(item, score=model.score(item.features.values())) for item in scored])


def _in_order(scored: Sequence[Scored]) -> list[Scored]:
    return sorted(scored, key=lambda item: (-round(item.score, 6), item.candidate.document.id, item.candidate.span.start))


def shares(scored: Sequence[Scored]) -> list[float]:
    """How likely each candidate is to be the one that answers, if one of them does: together 1, in their order.

    The softmax of the scores, as they were fitted. Over questions about telegrams, briefings and debates that nothing was fitted
    on, first candidates with shares of .3 to .4, .5 to .6, .8 to .9 and above .9 answered in .32, .55, .78 and .97 of the cases.
    """
    if not scored:
        return []
    highest = max(item.score for item in scored)
    weights = [math.exp(item.score - highest) for item in scored]
    total = sum(weights)
    return [weight / total for weight in weights]
