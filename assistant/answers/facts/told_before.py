"""What an answer before has quoted: a question that goes on asks for something else, unless its own words stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.dialogue.carried import Told
from parley.assistant.evidence.matching import WeightedTerm, coverage, weigh
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.open_question import content_terms
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import stems_of

KNOWN_LOWER = 2.0
"""By how much the score of a sentence falls that an answer before quoted and that has none of the question's own words.
Over the 71 conversations of eval/questions/conversations.jsonl, on which it was chosen, this mended two answers and lost one."""


def fresh_first(scored: list[Scored], question: QuestionAnalysis, told: Sequence[Told], evidence: Evidence) -> list[Scored]:
    """The candidates, those set lower that were quoted before and lack the words which this question adds.

    After "Who leads the delegation?", "What did he offer?" asks not for the sentence that says who leads it, even though that
    one has all the words that the question takes over. "Why?" adds none, and lowers nothing.
    """
    own = _own_terms(question, evidence) if told else ()
    if not own:
        return scored
    lowered = [replace(item, score=item.score - _lacking(item, own, told)) for item in scored]
    return sorted(lowered, key=lambda item: -item.score)


def _lacking(item: Scored, own: Sequence[WeightedTerm], told: Sequence[Told]) -> float:
    return KNOWN_LOWER * (1 - coverage(own, item.candidate.stems)) if _is_known(item, told) else 0.0


def _own_terms(question: QuestionAnalysis, evidence: Evidence) -> tuple[WeightedTerm, ...]:
    """The words that the question has as typed, without the name of whoever is asked for."""
    named = stems_of(question.speaker or "")
    return weigh([term for term in content_terms(question.text) if term.stem not in named], evidence)


def _is_known(item: Scored, before: Sequence[Told]) -> bool:
    """Whether an answer before quoted any of the sentence."""
    span, name = item.candidate.span, item.candidate.document.id
    return any(known.document_id == name and known.span.start < span.end and span.start < known.span.end for known in before)
