"""One question, what was answered, and the gold it is compared with, in the library's own ids and offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parley import Answer, Conversation, Document, Hit
from parley.eval.question_set import Question
from parley.index.types import Span


class AnsweringAssistant(Protocol):
    """What the eval suite needs of an assistant."""

    def ask(self, question: str, *, conversation: Conversation | None = None) -> Answer:
        """Answer a question, after an earlier conversation if one is given."""
        ...

    def search(self, query: str, *, k: int = 10, conversation: Conversation | None = None) -> list[Hit]:
        """Passages, best first, as a follow-up question of that conversation is searched for."""
        ...

    def document(self, document_id: str) -> Document:
        """A document by its id."""
        ...

    def documents(self) -> Sequence[Document]:
        """All documents."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document holds what the answer should rest on; several ranges are parts of one statement."""

    document_id: str
    ranges: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold documents and evidence as the library knows them.

    Attributes:
        documents: those that the retrieval figures count as relevant.
        also: others that hold the answer too; citing them is right as well.
        evidence: places to cite, each on its own.
        missing: why evidence that the set gives could not be placed, empty if all was.
    """

    documents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        answer: `None` where the question could not be asked; `error` then says why.
        ranking: document ids in the order in which the search first met them.
        seconds: wall time of the scored question alone.
    """

    question: Question
    gold: Gold
    answer: Answer | None
    ranking: tuple[str, ...]
    seconds: float
    error: str = ""

    @property
    def answer_text(self) -> str:
        """The answer's sentences without markers; empty if it abstained, as an abstention answers nothing."""
        if self.answer is None or self.answer.abstained:
            return ""
        return plain_text(self.answer)


def plain_text(answer: Answer) -> str:
    """The sentences in order without their markers, so that a "[1]" never counts as a word."""
    return " ".join(sentence.text for sentence in answer.sentences)
