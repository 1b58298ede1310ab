"""What a question comes back with: sentences that rest on citations, and how sure the assistant is that they answer.

The same `Answer` object feeds the browser, Python, the command line, HTTP, MCP and the eval suite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.types import Document, Hit, Passage, Span, Statement

AnswerStatus = Literal[
    "answered", "partly", "accounts_differ", "premise_not_found", "not_in_documents", "out_of_scope", "conversational"
]
"""How far the documents answer; "conversational" is a reply to a remark ("thanks") that asks nothing of them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One piece of evidence. `document.text[start:end] == quote` for every citation; `verified` records that check.

    Attributes:
        marker: number shown in square brackets, from 1 in order of appearance.
        passage: the passage that was retrieved; contains or overlaps the quotation.
        start, end: half-open character offsets of the quotation in `document.text`.
        statement: the attribution that covers the quotation; `None` means the document's own voice.
        attribution: one line for people, e.g. "an unnamed Turkish official, to CNN: direct quotation".
        page: page label for paged formats.
    """

    marker: int
    document: Document
    passage: Passage
    start: int
    end: int
    quote: str
    statement: Statement | None
    attribution: str
    page: str | None
    verified: bool


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer and the markers of the citations it rests on.

    `quoted` are the ranges within `text` that are verbatim from a document; the rest is Parley's wording (who said it, where).
    `marked` are the ranges within them that hold the words that answer.
    """

    text: str
    markers: tuple[int, ...] = ()
    quoted: tuple[Span, ...] = ()
    marked: tuple[Span, ...] = ()


FailureKind = Literal[
    "uncited",
    "unknown_source",
    "quotation",
    "name",
    "number",
    "date",
    "speaker",
    "firmness",
    "instruction",
    "unsupported",
    "beside",
    "unfinished",
    "reference",
]

KINDS: dict[FailureKind, str] = {
    "uncited": "no source given",
    "unknown_source": "a source that does not exist",
    "quotation": "words in quotation marks that the source does not have",
    "name": "a name that the source does not have",
    "number": "a number that the source does not have",
    "date": "a date that the source does not have",
    "speaker": "not said by that speaker, or the speaker left out",
    "firmness": "firmer or weaker than the source has it",
    "instruction": "rests on an order that a document gives to machines",
    "unsupported": "not supported by the source",
    "beside": "not about the question",
    "unfinished": "broken off in mid-sentence",
    "reference": "refers to what is not shown",
}
"""The kinds of failure in words for people."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One check that a sentence did not pass: its kind, and what exactly is wrong."""

    kind: FailureKind
    detail: str


Outcome = Literal["kept", "recited", "rewritten", "replaced", "dropped", "refused"]
"""Shown as written; shown with another source than it gave; shown as rewritten; its source's own words shown instead; not
shown; or the model said that the sources do not answer."""


@dataclass(frozen=True, slots=True)
class DraftedSentence:
    """A sentence as the model wrote it, what became of it, and which checks it failed."""

    text: str
    outcome: Outcome
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftReport:
    """The whole draft.

    Attributes:
        engine: the model's name.
        prompt: name and version of the prompt, "answer 1".
        sentences: in the order in which they were written.
    """

    engine: str
    prompt: str
    sentences: tuple[DraftedSentence, ...]

    @property
    def changed(self) -> str:
        """What was not shown as written and why, in a sentence for people; "" if all of it was."""
        counts = Counter(item.outcome for item in self.sentences)
        told = [f"{counts[outcome]} {words}" for outcome, words in _TOLD.items() if counts[outcome]]
        if not told:
            return ""
        kinds = dict.fromkeys(failure.kind for item in self.sentences if item.outcome in _TOLD for failure in item.failures)
        reasons = "; ".join(KINDS[kind] for kind in kinds)
        total = len(self.sentences)
        return f"Of {total} draft {'sentence' if total == 1 else 'sentences'}, {_joined(told)} ({reasons})."


_TOLD: dict[Outcome, str] = {
    "recited": "was given another source",
    "rewritten": "was rewritten",
    "replaced": "was replaced by the document's own words",
    "dropped": "was left out",
}


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


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
