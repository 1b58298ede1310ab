"""Does it say so when the documents do not answer, and only then?

Abstaining is the positive class. Each figure is a mean over the questions it is scored on, so that precision is the mean
of "was it unanswerable?" over the abstentions. They are reported only where a group holds both classes.
"""

from __future__ import annotations

from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.sets.question_set import Question

ABSTAINING = ("not_in_documents", "out_of_scope", "premise_not_found")
"""Statuses of `Answer.abstained`."""


def abstention_precision(outcome: Outcome) -> Score:
    """Scored on abstentions: 1 if the question was unanswerable."""
    seen = _classes(outcome)
    if isinstance(seen, Score):
        return seen
    answerable, abstained = seen
    return Score.of(not answerable, _describe(answerable)) if abstained else Score.none("answered")


def abstention_recall(outcome: Outcome) -> Score:
    """Scored on unanswerable questions: 1 if it abstained."""
    seen = _classes(outcome)
    if isinstance(seen, Score):
        return seen
    answerable, abstained = seen
    return Score.none("answerable") if answerable else Score.of(abstained, _status(outcome))


def false_refusal(outcome: Outcome) -> Score:
    """Scored on answerable questions: 1 if it abstained, which is wrong."""
    seen = _classes(outcome)
    if isinstance(seen, Score):
        return seen
    answerable, abstained = seen
    return Score.of(abstained, _status(outcome)) if answerable else Score.none("unanswerable")


def abstained(outcome: Outcome) -> Score:
    """Scored on every question: 1 if it abstained, be that right or wrong."""
    return (
        Score.none(f"not asked: {outcome.error}")
        if outcome.answer is None
        else Score.of(outcome.answer.abstained, _status(outcome))
    )


def _classes(outcome: Outcome) -> tuple[bool, bool] | Score:
    """Whether the question is answerable and whether it was abstained from; a score where either is unknown."""
    if outcome.answer is None:
        return Score.none(f"not asked: {outcome.error}")
    answerable = is_answerable(outcome.question)
    if answerable is None:
        return Score.none("the set does not say whether it is answerable")
    return answerable, outcome.answer.abstained


def is_answerable(question: Question) -> bool | None:
    """Whether it should be answered; `None` where the set leaves it open.

    Expected statuses say more than `answerable`: a question on a false premise has an answer of sorts, yet "the documents do
    not say that" is the right one.
    """
    if not question.expected_status:
        return question.answerable
    abstaining = {status in ABSTAINING for status in question.expected_status}
    return not abstaining.pop() if len(abstaining) == 1 else None


def _describe(answerable: bool) -> str:
    return "abstained from an answerable question" if answerable else "abstained from an unanswerable question"


def _status(outcome: Outcome) -> str:
    return f"status {outcome.answer.status}" if outcome.answer else "no answer"
