"""How likely it is that the best sentence found answers the question: one calibrated probability for every kind of question.

The weights stand in `reading_model.tsv`; they were fitted on questions with and without an answer in the documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from parley.assistant.evidence.candidates import telling_hits
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.features import PRESENT, is_lately
from parley.assistant.reading.linear_model import reading_model
from parley.assistant.reading.scoring import Scored

NEAR_THE_TOP = 10
"""Candidates among which one from the time asked about must be."""


def probability(scored: Sequence[Scored], question: QuestionAnalysis, *, later: bool = False) -> float:
    """How surely the first of the candidates answers, 0 to 1; 0 without candidates. `later` for questions in a conversation."""
    if not scored:
        return 0.0
    return reading_model("answerable").probability(answerable_values(scored, question, later=later))


def answerable_values(scored: Sequence[Scored], question: QuestionAnalysis, *, later: bool = False) -> dict[str, float]:
    """The figures that the probability rests on, by name.

    `reader` and `score` are those of the best sentence; `together` the reader's log-odds that any sentence found answers;
    `ahead` how far the best one's score leads the next; `heard_on_it` the match with the asked speaker times `context`;
    `unheard` is 1 where somebody is asked for who does not speak in the passages found; `out_of_time` as the function of that
    name; the rest are features of the best sentence.
    """
    best = scored[0]
    features = best.features
    dense = [hit.dense or 0.0 for hit in telling_hits([item.candidate for item in scored])]
    following = next((item.score for item in scored if item is not best), best.score)
    largest = max(item.reading.score for item in scored)
    together = largest + math.log(sum(math.exp(item.reading.score - largest) for item in scored))
    heard = any(item.features.speaker or item.features.other_speaker for item in scored)
    return {
        "score": best.score,
        "reader": features.reader,
        "together": max(-10.0, min(10.0, together)),
        "ahead": min(3.0, best.score - following),
        "best_dense": max(dense, default=0.0),
        "coverage": features.coverage,
        "context": features.context,
        "missing_names": features.missing_names,
        "missing_numbers": features.missing_numbers,
        "title": features.title,
        "document": features.document,
        "rank": features.rank,
        "speaker": features.speaker,
        "heard_on_it": features.speaker * features.context,
        "unheard": float(question.speaker is not None and not heard),
        "later": float(later),
        "out_of_time": float(out_of_time(scored, question)),
    }


def out_of_time(scored: Sequence[Scored], question: QuestionAnalysis) -> bool:
    """Whether a question about "this week", with its day, finds no document from the weeks before that day near the top."""
    if question.asked_on is None or not PRESENT.search(question.core):
        return False
    return not any(is_lately(item.candidate, question) for item in scored[:NEAR_THE_TOP])
