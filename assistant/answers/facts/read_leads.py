"""Which lead stands in front of the chosen sentence: what a rule finds, the words that a trained reader points at, or none."""

from __future__ import annotations

from dataclasses import replace

from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.rules.asked_circumstances import tells_of_another
from parley.assistant.reading.rules.lead_bounds import bounded
from parley.assistant.reading.rules.lead_denials import is_vouched_for
from parley.assistant.reading.rules.lead_fit import fitting
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import words_of
from parley.index.models.span_reader import ReadSpan
from parley.index.types import Span, Statement

SURE, SURER = 0.15, 0.5
"""Least probability of the words pointed at for them to stand in front; the second where a rule has found a span of the asked
type. Set by `eval/fitting/lead_thresholds.py` on SQuAD 2.0's development questions and our own: mean token F1 of what stands in
front is .514 with all that is pointed at, .505 from the first on and .214 without; for the second .747, .802 and .744."""

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
    by_rule = lead_by_rule(best, question)
    found = read_span(best, inquiry) if may_be_read(best, question) else None
    # Written so that a probability that is no number is not enough.
    if found is not None and found.probability >= (SURER if has_known_form(best, question) else SURE):
        return replace(best, lead=found.span)
    return replace(best, lead=by_rule)


def has_lead(question: QuestionAnalysis) -> bool:
    """Whether a rule's name, date, number or thing can stand in front: not for questions of whether, how, and open ones."""
    return question.kind not in {"whether", "how"} and (question.kind != "what" or question.wanted is not None)


def has_known_form(best: Scored, question: QuestionAnalysis) -> bool:
    """Whether a rule has found a span of a type whose form it knows."""
    return best.lead is not None and has_lead(question) and question.answer_type in _FORMS


def may_be_read(best: Scored, question: QuestionAnalysis) -> bool:
    """Whether the words of this sentence that the reader points at may stand in front."""
    said = best.candidate.statement is not None
    return question.kind not in _NO_LEAD and not (said and (has_known_form(best, question) or not has_lead(question)))


def lead_by_rule(best: Scored, question: QuestionAnalysis) -> Span | None:
    """What a rule has found, if it may stand in front."""
    return _standing(best, best.lead, question) if best.lead is not None and has_lead(question) else None


def read_span(best: Scored, inquiry: Inquiry) -> ReadSpan | None:
    """What the reader points at, in the document's offsets, if it may stand in front; however unsure it is."""
    candidate = best.candidate
    passage, document = candidate.hit.passage, candidate.document
    start = min(candidate.span.start, max(passage.start, candidate.span.start - AROUND))
    end = max(candidate.span.end, min(passage.end, candidate.span.end + AROUND))
    within = Span(candidate.span.start - start, candidate.span.end - start)
    found = inquiry.span_reader.read(inquiry.question.core, document.text[start:end], within, title=document.title)
    if found is None:
        return None
    span = _standing(best, Span(found.span.start + start, found.span.end + start), inquiry.question)
    if span is None or _holds_cue(candidate.statement, span) or _repeats(document.text, span, inquiry.question):
        return None
    return ReadSpan(span, found.probability)


def _standing(best: Scored, lead: Span, question: QuestionAnalysis) -> Span | None:
    """The lead with all that belongs to it, if it is what is asked for and its sentence vouches for it."""
    text, sentence = best.candidate.document.text, best.candidate.span
    fit = None if tells_of_another(best.candidate, question) else fitting(text, sentence, lead, question)
    whole = bounded(text, sentence, fit) if fit is not None else None
    reason = question.answer_type == "reason"
    return whole if whole and is_vouched_for(text, sentence, whole, question.core, reason=reason) else None


def _holds_cue(statement: Statement | None, span: Span) -> bool:
    """Whether the reporter's own words ("the official said") stand in the span, which mixes them with what was said."""
    cue = statement.cue if statement else None
    return cue is not None and span.start < cue.end and cue.start < span.end


def _repeats(text: str, span: Span, question: QuestionAnalysis) -> bool:
    """Whether all words of a span stand in the question, which it then only repeats."""
    asked = {word.stem for word in words_of(question.core)}
    return all(word.stem in asked for word in words_of(text, span.start, span.end))
