"""One exchange of a conversation as it is kept: the question, and as much of the answer as there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any, Literal, Protocol, cast

from parley.assistant import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    Citation,
    Document,
    DocumentNotFoundError,
    Passage,
    Span,
    Statement,
    Turn,
)
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


class EvidenceLookup(Protocol):
    """Where the documents of a stored answer are looked up again."""

    def document(self, document_id: str) -> Document:
        """The document with that id; raises DocumentNotFoundError."""
        ...

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document."""
        ...


def encode_answer(answer: Answer | None) -> str | None:
    """The answer as JSON text, without the documents' texts."""
    return json.dumps(answer_json(answer), ensure_ascii=True) if answer is not None else None


def answer_text(stored: str | None) -> str:
    """The sentences of an answer stored as JSON text, and the quotations they rest on."""
    if stored is None:
        return ""
    fields: dict[str, Any] = json.loads(stored)
    return "\n".join([*(item["text"] for item in fields["sentences"]), *(item["quote"] for item in fields["citations"])])


def decode_answer(stored: str | None, lookup: EvidenceLookup) -> Answer | None:
    """The answer again, its citations resolved against the library as it is now.

    A citation whose document has gone, or no longer has the quoted words at that place, comes back with
    `verified=False`; of a document that has gone, the particulars are kept and the text is empty.
    """
    if stored is None:
        return None
    fields: dict[str, Any] = json.loads(stored)
    return Answer(
        question=fields["question"],
        standalone_question=fields["standalone_question"],
        sentences=tuple(_sentence(item) for item in fields["sentences"]),
        citations=tuple(_citation(item, lookup) for item in fields["citations"]),
        status=cast("AnswerStatus", fields["status"]),
        nearest=tuple(_citation(item, lookup) for item in fields["nearest"]),
        notices=tuple(fields["notices"]),
        carried=tuple(fields.get("carried", ())),
        engine=fields["engine"],
        timings=fields["timings"],
    )


def _sentence(fields: dict[str, Any]) -> AnswerSentence:
    quoted, marked = (tuple(Span(start, end) for start, end in fields.get(name, ())) for name in ("quoted", "marked"))
    return AnswerSentence(fields["text"], tuple(fields["markers"]), quoted, marked)


def _citation(fields: dict[str, Any], lookup: EvidenceLookup) -> Citation:
    document = _document(fields["document"], lookup)
    start, end, quote = fields["start"], fields["end"], fields["quote"]
    passage = fields["passage"]
    return Citation(
        marker=fields["marker"],
        document=document,
        passage=Passage(passage["id"], document.id, passage["start"], passage["end"], 0, tuple(fields["headings"])),
        start=start,
        end=end,
        quote=quote,
        statement=_statement(fields["statement"], document, lookup),
        attribution=fields["attribution"],
        page=fields["page"],
        verified=bool(fields["verified"]) and document.text[start:end] == quote,
    )


def _document(fields: dict[str, Any], lookup: EvidenceLookup) -> Document:
    try:
        return lookup.document(fields["id"])
    except DocumentNotFoundError:
        day = Date.fromisoformat(fields["date"]) if fields["date"] else None
        return Document(fields["id"], "", fields["title"], outlet=fields["outlet"], author=fields["author"], date=day)


def _statement(fields: dict[str, Any] | None, document: Document, lookup: EvidenceLookup) -> Statement | None:
    """The stored statement as the library has it now; without it, one that keeps who said it and how."""
    if fields is None:
        return None
    content = tuple(Span(part["start"], part["end"]) for part in fields["content"])
    for statement in lookup.document_statements(document.id):
        if statement.content == content and statement.speaker == fields["speaker"]:
            return statement
    return Statement(
        document_id=document.id,
        content=content,
        cue=None,
        cue_lemma=fields["cue_lemma"],
        mode=fields["mode"],
        speaker=fields["speaker"],
        speaker_span=None,
        speaker_kind=fields["speaker_kind"],
        role=fields["role"],
        party=fields["party"],
        outlet=fields["outlet"],
        relay=tuple(fields["relay"]),
        stance=fields["stance"],
        status=fields["status"],
    )
