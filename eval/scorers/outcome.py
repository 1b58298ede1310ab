"""One question, what was answered, and the gold it is compared with, in the library's own ids and offsets."""

from __future__ import annotations

from dataclasses import dataclass

from parley import Answer
from parley.eval.sets.gold import Gold, belongs_to
from parley.eval.sets.question_set import Question


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        answer: `None` where the question could not be asked; `error` then says why.
        ranking: document ids in the order in which the search first met them.
        seconds: wall time of the scored question alone.
        earlier: the answers to the turns before, oldest first, without those of which only a text was given.
    """

    question: Question
    gold: Gold
    answer: Answer | None
    ranking: tuple[str, ...]
    seconds: float
    error: str = ""
    earlier: tuple[Answer, ...] = ()

    @property
    def belongs_to(self) -> tuple[str, ...]:
        """What the question shares with others that go right or wrong with it: its document, its conversation."""
        return belongs_to(self.question, self.gold)

    @property
    def answer_text(self) -> str:
        """The answer's sentences without markers; empty if it abstained, as an abstention answers nothing."""
        if self.answer is None or self.answer.abstained:
            return ""
        return plain_text(self.answer)


def plain_text(answer: Answer) -> str:
    """The sentences in order without their markers, so that a "[1]" never counts as a word."""
    return " ".join(sentence.text for sentence in answer.sentences)
