"""What a question comes back with: sentences that rest on citations, and how sure the assistant is that they answer.

The same `Answer` object feeds the browser, Python, the command line, HTTP, MCP and the eval suite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from parley.assistant.citation import Citation
from parley.assistant.draft_report import KINDS, DraftedSentence, DraftReport, Failure, FailureKind, Outcome
from parley.assistant.particulars import SCHEMA_VERSION, DocumentLookup, JsonObject
from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.types import Hit, Span

__all__ = [
    "KINDS",
    "Answer",
    "AnswerSentence",
    "AnswerStatus",
    "Citation",
    "DraftReport",
    "DraftedSentence",
    "Failure",
    "FailureKind",
    "Outcome",
]

AnswerStatus = Literal[
    "answered", "partly", "accounts_differ", "premise_not_found", "not_in_documents", "out_of_scope", "conversational"
]
"""How far the documents answer; "conversational" is a reply to a remark ("thanks") that asks nothing of them."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer and the markers of the citations it rests on.

    `quoted` are the ranges within `text` that are verbatim from a document; the rest is Parley's wording (who said it, where).
    `marked` are the ranges within them that hold the words that answer. A `heading` only names what follows.
    """

    text: str
    markers: tuple[int, ...] = ()
    quoted: tuple[Span, ...] = ()
    marked: tuple[Span, ...] = ()
    heading: bool = False

    def to_dict(self) -> JsonObject:
        """The sentence as plain JSON values."""
        return {
            "text": self.text,
            "markers": list(self.markers),
            "quoted": [list(span) for span in self.quoted],
            "marked": [list(span) for span in self.marked],
            "heading": self.heading,
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> AnswerSentence:
        """The sentence again."""
        quoted, marked = (tuple(Span(start, end) for start, end in fields.get(name, ())) for name in ("quoted", "marked"))
        return cls(fields["text"], tuple(fields["markers"]), quoted, marked, bool(fields.get("heading", False)))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: as typed.
        standalone_question: as understood: the question, and in brackets what earlier turns add to it.
        sentences: in reading order; `text` joins them with their markers.
        status: set by the reader, never inferred from wording.
        nearest: what came closest, best first; shown when the documents do not answer.
        carried: what earlier turns add, in words for people: "about: compliance, Bonn", "document: “Bonn, 14 June 2001”".
        notices: remarks for the reader of the answer (what was searched, what was carried over, fallbacks).
        engine: "extractive", or the name of the language model that drafted it.
        asked: what was asked, as analysed: one for each question in the message; empty in an answer that was kept on disk.
        draft: what became of a language model's draft, also where the answer shown is the extractive one; else `None`.
        probability: how surely the best sentence found answers, 0 to 1; `None` where who said it or the very words decide.
        timings: seconds by stage; the only part that differs between two identical runs, and not compared.
    """

    question: str
    standalone_question: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    status: AnswerStatus
    nearest: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    notices: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    engine: str = "extractive"
    asked: tuple[QuestionAnalysis, ...] = field(default=(), compare=False, repr=False)
    draft: DraftReport | None = None
    probability: float | None = field(default=None, compare=False)
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """The sentences in order, each followed by its markers: `… agreed in principle to meet again. [1]`."""
        return " ".join(sentence.text + "".join(f" [{m}]" for m in sentence.markers) for sentence in self.sentences)

    @property
    def abstained(self) -> bool:
        """Whether the documents were found not to answer the question."""
        return self.status in ("not_in_documents", "out_of_scope", "premise_not_found")

    def to_dict(self) -> JsonObject:
        """The whole answer as plain JSON values, the same on every surface; offsets count characters of the document's text."""
        return {
            "schema_version": SCHEMA_VERSION,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "carried": list(self.carried),
            "text": self.text,
            "status": self.status,
            "abstained": self.abstained,
            "sentences": [item.to_dict() for item in self.sentences],
            "citations": [item.to_dict() for item in self.citations],
            "nearest": [item.to_dict() for item in self.nearest],
            "notices": list(self.notices),
            "engine": self.engine,
            "probability": None if self.probability is None else round(self.probability, 4),
            "draft": self.draft.to_dict() if self.draft is not None else None,
            "timings": {name: round(seconds, 4) for name, seconds in self.timings.items()},
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any], lookup: DocumentLookup | None = None) -> Answer:
        """An answer that `to_dict` wrote, its citations resolved against a library as it is now.

        A citation whose document has gone, or no longer has the quoted words at that place, comes back with `verified=False`.
        Of a document that has gone, and of all documents without `lookup`, the particulars are kept and the text is empty.

        Args:
            fields: what `to_dict` gave.
            lookup: where the documents are looked up; an `Assistant` is one.
        """
        draft = fields.get("draft")
        return cls(
            question=fields["question"],
            standalone_question=fields["standalone_question"],
            sentences=tuple(AnswerSentence.from_dict(item) for item in fields["sentences"]),
            citations=tuple(Citation.from_dict(item, lookup) for item in fields["citations"]),
            status=fields["status"],
            nearest=tuple(Citation.from_dict(item, lookup) for item in fields["nearest"]),
            notices=tuple(fields["notices"]),
            carried=tuple(fields.get("carried", ())),
            engine=fields["engine"],
            draft=DraftReport.from_dict(draft) if draft else None,
            probability=fields.get("probability"),
            timings=fields["timings"],
        )
