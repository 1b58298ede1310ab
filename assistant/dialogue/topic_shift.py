"""Whether a question goes on from the turn before, or turns to another matter, which then takes nothing along.

A logistic regression: what the question leaves out speaks for going on; its own words, those that the documents at hand lack,
and passages elsewhere that are nearer to it speak against. Fitted by `python -m parley.eval.fitting.topic_shift` on the last
questions of 154 written conversations over telegrams, briefings, agreements and debates, and 308 questions of other documents put
in their place: 96 % right there, 97 % of 171 of the same kind that were held back.
"""

from __future__ import annotations

import math

from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.open_question import (
    content_terms,
    is_ellipsis,
    is_joined,
    refers_to_person,
    refers_to_thing,
)
from parley.index.types import Hit, SearchFilter

WEIGHTS = {
    "constant": 2.62,
    "joined": 2.47,
    "ellipsis": 0.48,
    "person": 1.33,
    "thing": 1.02,
    "size": -4.01,
    "absent": -0.97,
    "nearer": -2.67,
    "names": -2.09,
}

_FULL_SIZE, _MANY_NAMES = 8, 3
_PASSAGES = 8


def features(question: str, held: tuple[str, ...], evidence: Evidence) -> dict[str, float]:
    """What speaks for and against going on, each from 0 to 1, by name.

    Args:
        question: as typed.
        held: ids of the documents at hand; without any, nothing is said of them.
        evidence: the documents.
    """
    terms = content_terms(question)
    absent = sum(not evidence.documents_with(term.surface) & set(held) for term in terms) if held else 0
    return {
        "constant": 1.0,
        "joined": float(is_joined(question)),
        "ellipsis": float(is_ellipsis(question)),
        "person": float(refers_to_person(question)),
        "thing": float(refers_to_thing(question)),
        "size": min(len(terms), _FULL_SIZE) / _FULL_SIZE,
        "absent": absent / max(1, len(terms)),
        "nearer": _nearer_elsewhere(question, held, evidence) if held else 0.0,
        "names": min(len(analyse_question(question).names), _MANY_NAMES) / _MANY_NAMES,
    }


def goes_on(question: str, held: tuple[str, ...], evidence: Evidence) -> float:
    """How probable it is, 0 to 1, that a question goes on from the turn before."""
    found = features(question, held, evidence)
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in found.items())))


def _nearer_elsewhere(question: str, held: tuple[str, ...], evidence: Evidence) -> float:
    """By how much the nearest passage of all is nearer in meaning than the nearest one of the documents at hand."""
    inside = evidence.search(question, k=_PASSAGES, filter=SearchFilter(document_ids=held))
    return max(0.0, _nearest(evidence.search(question, k=_PASSAGES)) - _nearest(inside))


def _nearest(hits: list[Hit]) -> float:
    return max((hit.dense for hit in hits if hit.dense is not None), default=0.0)
