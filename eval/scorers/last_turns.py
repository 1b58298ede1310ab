"""The last turn of a conversation: right, wrong by what the turns before left behind, or a question back.

An answer that is wrong because the documents are hard to read is one thing. An answer that merely shows the last quotation again,
or takes a question about another matter for a follow-up, is carried over wrongly.
"""

from __future__ import annotations

from parley import Answer, Citation
from parley.eval.scorers.expectations import fully_right
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.scorers.stretches import asks_back, not_answerable_right, stretches_right


def last_turn_right(outcome: Outcome) -> Score:
    """1 if the last turn of a conversation is right, by whichever checks the set gives."""
    if not outcome.earlier:
        return Score.none("nothing was asked before")
    scores = (scorer(outcome) for scorer in (fully_right, stretches_right, not_answerable_right))
    return next((score for score in scores if not score.unscored), Score.none("the set gives no check"))


def carried_wrongly(outcome: Outcome) -> Score:
    """1 if the last turn is wrong by what came before.

    It leads with a quotation that an answer before had shown, or something was added to a question that needs nothing
    (`stands_alone` in the set).
    """
    right = last_turn_right(outcome)
    if right.unscored or outcome.answer is None:
        return Score.none(right.explanation)
    if right.value:
        return Score.of(False, "right")
    if outcome.question.stands_alone and outcome.answer.standalone_question != outcome.question.text:
        return Score.of(True, f"understood as {outcome.answer.standalone_question!r}")
    again = next((item for item in outcome.answer.citations[:1] if _was_shown(item, outcome.earlier)), None)
    return Score.of(again is not None, f"shows {again.quote!r} again" if again else "wrong, and by itself")


def asked_back(outcome: Outcome) -> Score:
    """1 if the last turn is met with a question back, be that right or wrong."""
    if not outcome.earlier or outcome.answer is None:
        return Score.none("nothing was asked before")
    return Score.of(not outcome.answer.citations and asks_back(outcome.answer), outcome.answer.status)


def _was_shown(citation: Citation, earlier: tuple[Answer, ...]) -> bool:
    """Whether an answer before cites any of the same words."""
    shown = (item for answer in earlier for item in answer.citations if item.document.id == citation.document.id)
    return any(item.start < citation.end and citation.start < item.end for item in shown)
