"""The lead where no rule finds one: the words of the chosen sentence that a trained reader points at."""

from __future__ import annotations

from dataclasses import replace

from assistant.inquiry import Inquiry
from assistant.question import QuestionAnalysis
from assistant.scoring import Scored
from assistant.words import words_of
from index.types import Span

SURE, SURER = 0.15, 0.5
"""Least probability of the words pointed at for them to stand in front; the second where a rule has found a span of the asked
type. On questions of SQuAD 2.0 and RealTime QA the mean token F1 of words in front was .32 just above the first, .54 above the
second, against .46 of what rules found there."""

AROUND = 120
"""Characters of the passage before and after the sentence that are read with it."""

_NO_LEAD = frozenset({"whether", "list", "compare"})
_FORMS = frozenset({"date", "number", "money", "percent", "person", "place", "reason", "speaker"})
"""Types of answer whose form a rule knows: what it finds is preferred to what is read without much certainty."""


def with_lead(best: Scored, inquiry: Inquiry) -> Scored:
    """The sentence with the lead to put in front of it, or with none.

    What somebody said gets one only where a thing of a kind is asked for ("which country"), or one that a rule finds: an opinion
    must not stand without its speaker, and a name must not be taken for another because of what the names are.
    """
    question = inquiry.question
    by_rule = best.lead if has_lead(question) else None
    known_form = by_rule is not None and question.answer_type in _FORMS
    said = best.candidate.statement is not None
    if question.kind in _NO_LEAD or (said and (known_form or not has_lead(question))):
        return replace(best, lead=by_rule)
    return replace(best, lead=_read(best, inquiry, SURER if known_form else SURE) or by_rule)


def has_lead(question: QuestionAnalysis) -> bool:
    """Whether a rule's name, date, number or thing can stand in front: not for questions of whether, how, and open ones."""
    return question.kind not in {"whether", "how"} and (question.kind != "what" or question.wanted is not None)


def _read(best: Scored, inquiry: Inquiry, least: float) -> Span | None:
    candidate = best.candidate
    passage, document = candidate.hit.passage, candidate.document
    start = min(candidate.span.start, max(passage.start, candidate.span.start - AROUND))
    end = max(candidate.span.end, min(passage.end, candidate.span.end + AROUND))
    within = Span(candidate.span.start - start, candidate.span.end - start)
    found = inquiry.span_reader.read(inquiry.question.core, document.text[start:end], within, title=document.title)
    if found is None or found.probability < least:
        return None
    span = Span(found.span.start + start, found.span.end + start)
    return None if _repeats(document.text, span, inquiry.question) else span


def _repeats(text: str, span: Span, question: QuestionAnalysis) -> bool:
    """Whether all words of a span stand in the question, which it then only repeats."""
    asked = {word.stem for word in words_of(question.core)}
    return all(word.stem in asked for word in words_of(text, span.start, span.end))
