"""What each move is answered with: a remark, or the last answer in another shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.answers.conversing import last_answer as again
from parley.assistant.answers.conversing import remarks
from parley.assistant.dialogue.moves import POLITE, Move
from parley.assistant.evidence.source import Evidence

_SHAPES: dict[Move, Callable[[Answer, Evidence], Answer]] = {
    "repeat": lambda last, _: again.repeated(last),
    "shorter": again.shorter,
    "longer": again.longer,
    "exact": again.exact,
    "source": again.sources,
    "go_on": again.going_on,
}
"""Moves that show the last answer in another shape."""


def reply(moves: Sequence[Move], message: str, last: Answer | None, evidence: Evidence, questions: Sequence[str]) -> Answer:
    """The reply to a message that makes these moves and asks nothing else.

    Args:
        moves: in order, at least one; polite ones are not heard beside one that asks for something.
        message: as typed.
        last: the last answer from the documents, `None` where there is none.
        evidence: the documents.
        questions: what may be asked, for "help".
    """
    asking = [move for move in moves if move not in POLITE]
    if not asking:
        return _remark(message, [remarks.POLITE_WORDS[_politest(moves)]])
    declined = next((move for move in asking if move in remarks.NOT_DONE), None)
    if declined is not None:
        return replace(_remark(message, [remarks.NOT_DONE[declined]]), status="out_of_scope")
    shapes = [move for move in asking if move in _SHAPES]
    if last is not None and shapes:
        shown = last
        for move in shapes:
            shown = _SHAPES[move](shown, evidence)
        return replace(shown, question=message, timings={})
    move = asking[0]
    if move == "help":
        return _remark(message, remarks.help_words(questions))
    if last is None:
        return _remark(message, [remarks.NOTHING_YET])
    return _about(move, message, last, evidence)


def _about(move: Move, message: str, last: Answer, evidence: Evidence) -> Answer:
    """A remark about the last answer."""
    if move == "sure":
        return _remark(message, remarks.sure_words(last, evidence))
    if move == "lost":
        return _remark(message, remarks.lost_words(last))
    near = again.others(last, evidence)
    if move == "other":
        near = remarks.to_choose_from(last, near)
    words = remarks.other_words(near) if move == "other" else remarks.wrong_words(last)
    return replace(_remark(message, words), nearest=near)


def _politest(moves: Sequence[Move]) -> Move:
    """Which of several polite moves is replied to: a farewell or thanks rather than "ok", else the last one."""
    return next((move for move in ("never_mind", "bye", "thanks", "hello") if move in moves), moves[-1])


def _remark(message: str, sentences: Sequence[str]) -> Answer:
    return Answer(message, message, tuple(AnswerSentence(text) for text in sentences), (), "conversational")
