"""The score by which candidate sentences are compared: the weighted sum of their features.

The weights stand in `reading_model.tsv`, which tells how they were come by. A difference of 1 between two scores means that
the better one was right about 2.7 times as often as the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.evidence.candidates import Candidate
from parley.assistant.evidence.matching import WeightedTerm
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.features import Features, features_of
from parley.assistant.reading.linear_model import reading_model
from parley.index.models.word_vectors import packaged_words
from parley.index.types import Span


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features, score, and the span of the asked type, if it has one."""

    candidate: Candidate
    features: Features
    score: float
    lead: Span | None


def score_candidates(candidates: Sequence[Candidate], question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> list[Scored]:
    """The candidates, best first; ties in order of document id and position, so that the order never varies."""
    model = reading_model("sentence")
    scored = [
        Scored(candidate, features, model.score(features.values()), lead)
        for candidate, (features, lead) in zip(
            candidates, features_of(candidates, question, terms, packaged_words()), strict=True
        )
    ]
    return sorted(scored, key=lambda item: (-round(item.score, 6), item.candidate.document.id, item.candidate.span.start))
