"""One exchange of a conversation as it is kept: the question, and as much of the answer as there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from parley.assistant import (
    Answer,
    AnswerSentence,
    Citation,
    ParleyError,
    Turn,
)
from parley.assistant.forgetting import DAMAGED
from parley.assistant.particulars import DocumentLookup
from parley.assistant.serialization import answer_json
from parley.ui.conversations.feedback import Feedback

TurnState = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer in a conversation.

    Attributes:
        id: number that no other exchange of the store has or will have.
        question: as typed.
        standalone: as understood; the question itself until that is known.
        state: "running" while sentences arrive; "stopped" if the user stopped it; "failed" with `message` saying why.
        answer: what there is of the answer, `None` before its first sentence.
        message: for people, where the state needs one: what a running exchange waits for, why one failed.
        feedback: what the user says of the answer, if anything.
    """

    id: int
    question: str
    standalone: str
    state: TurnState = "running"
    answer: Answer | None = None
    message: str = ""
    feedback: Feedback | None = None

    def as_turn(self) -> Turn:
        """The exchange as the assistant takes it for understanding a follow-up question."""
        return Turn(self.question, self.standalone, self.answer, self.answer.text if self.answer else "")

    def with_sentence(self, sentence: AnswerSentence, citations: Sequence[Citation]) -> Exchange:
        """This exchange with one more sentence of an answer that is not complete yet."""
        before = self.answer or Answer(self.question, self.standalone, (), (), "answered")
        longer = replace(before, sentences=(*before.sentences, sentence), citations=(*before.citations, *citations))
        return replace(self, answer=longer)


def encode_answer(answer: Answer | None) -> str | None:
    """The answer as JSON text, without the documents' texts."""
    return json.dumps(answer_json(answer), ensure_ascii=True) if answer is not None else None


def answer_text(stored: str | None) -> str:
    """The sentences of an answer stored as JSON text, and the quotations they rest on."""
    if stored is None:
        return ""
    try:
        fields: dict[str, Any] = json.loads(stored)
        return "\n".join([*(item["text"] for item in fields["sentences"]), *(item["quote"] for item in fields["citations"])])
    except DAMAGED:
        return ""


def decode_answer(stored: str | None, lookup: DocumentLookup) -> Answer | None:
    """The answer again, its citations resolved against the library as it is now. Raises AnswerDamagedError."""
    if stored is None:
        return None
    try:
        # Other characters are kept escaped: one that is not ASCII came by damage.
        return Answer.from_dict(json.loads(stored.encode("ascii")), lookup)
    except DAMAGED as error:
        msg = "This answer was damaged on the disk and is not shown. Ask again."
        raise AnswerDamagedError(msg) from error


class AnswerDamagedError(ParleyError):
    """A kept answer cannot be read any more."""
