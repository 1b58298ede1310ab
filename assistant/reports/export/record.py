"""What an export holds, the same for every format: questions, answers, numbered references and how they were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Literal

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.dialogue.conversation import Turn
from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.place_names import page_words
from parley.assistant.evidence.statement_query import AttributedStatement
from parley.index.errors import ParleyError
from parley.index.types import Document, Span, Statement, Status

ReferenceKind = Literal["citation", "nearest", "statement"]
ViewName = Literal["positions", "ledger", "timeline"]
OFFSETS = "Characters count from 0 in the text as Parley stores it; the end is not included."
DIGEST_LENGTH = 12
"""Hexadecimal digits of a document's SHA-256 that a footnote shows; the tables have all 64."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands in a view, and why.

    Attributes:
        section: the heading that it stands under.
        party: the party that it is filed under, on the ground of `party_basis`; `None` where nothing gives one.
        issues: those of the cell in a position table, otherwise all that it speaks of.
        status: as the view grades it, "none" where the matter is another's.
        date: since when in a ledger, when in a timeline; `None` where it is undated, and in a position table.
        date_words: the words of the document that give the date, if it is not the document's own.
        reported_by: who passed the words on, from the speaker outwards.
        reports: whose words it passes on.
    """

    view: ViewName
    section: str
    party: str | None
    party_basis: str | None
    issues: tuple[str, ...]
    status: Status
    date: Date | None = None
    date_basis: str | None = None
    date_words: Span | None = None
    reported_by: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A quotation of one or several spans of a document, with its number in the export (from 1, in order of mention)."""

    number: int
    kind: ReferenceKind
    document: Document
    spans: tuple[Span, ...]
    attribution: str
    statement: Statement | None
    marker: int | None = None
    verified: bool = True
    place: Place | None = None

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words at each span, verbatim."""
        return tuple(self.document.text[span.start : span.end] for span in self.spans)

    @property
    def page(self) -> str | None:
        """The label of the page on which the quotation begins."""
        return self.document.page_at(self.spans[0].start)

    @property
    def source(self) -> str:
        """Title, outlet, date, page, id, offsets and digest in a line; what is not known is said or left out."""
        document, page = self.document, self.page
        parts = (
            document.title,
            document.outlet,
            document.date.isoformat() if document.date else "undated",
            page_words(page, short=True),
            f"document {document.id}",
            "characters " + " and ".join(f"{span.start}–{span.end}" for span in self.spans),
            f"SHA-256 {document.sha256[:DIGEST_LENGTH]}" if document.sha256 else None,
            None if self.verified else "not verified against the stored document",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the export and the numbers of the references it rests on, or a heading of `level` 2 or 3."""

    text: str
    numbers: tuple[int, ...] = ()
    level: Literal[0, 2, 3] = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer, or one list of statements or view (then `question` is `None`)."""

    lines: tuple[Line, ...]
    references: tuple[Reference, ...]
    question: str | None = None
    understood: str | None = None
    status: str | None = None
    engine: str | None = None
    notices: tuple[str, ...] = ()

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What is known about how the answer came about, as label and value."""
        known = [("Asked", self.question), ("Understood as", self.understood), ("Status", self.status), ("Engine", self.engine)]
        return [(label, value) for label, value in known if value is not None] + [("Note", item) for item in self.notices]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one export holds. `exported` and `model_sha256` stay `None` unless the caller gave them."""

    title: str
    entries: tuple[Entry, ...]
    version: str
    model_sha256: str | None = None
    exported: Date | None = None

    @property
    def references(self) -> list[Reference]:
        """All references in order of their numbers."""
        return [reference for entry in self.entries for reference in entry.references]

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What the export was made with, as label and value."""
        known = [
            ("Product", f"Parley {self.version}"),
            ("SHA-256 of the library's embedding model", self.model_sha256),
            ("Exported", self.exported.isoformat() if self.exported else None),
            ("Offsets", OFFSETS),
        ]
        return [(label, value) for label, value in known if value is not None]


def conversation_entries(turns: Iterable[Turn]) -> tuple[Entry, ...]:
    """One entry per turn; the references are numbered through."""
    entries: list[Entry] = []
    count = 0
    for turn in turns:
        if turn.answer is None:
            note = "Only the text of this answer is known; its evidence was not kept."
            entries.append(Entry((Line(turn.answer_text),), (), turn.question, turn.standalone, notices=(note,)))
        else:
            entries.append(answer_entry(turn.answer, count))
            count += len(entries[-1].references)
    return tuple(entries)


def answer_entry(answer: Answer, count: int = 0) -> Entry:
    """The entry of one answer, its references numbered from `count + 1` in the order in which the sentences name them.

    Raises ParleyError if a citation's quotation is not what stands at its offsets.
    """
    mentioned = [marker for sentence in answer.sentences for marker in sentence.markers]
    by_marker = {citation.marker: citation for citation in answer.citations}
    order = [marker for marker in dict.fromkeys((*mentioned, *by_marker)) if marker in by_marker]
    numbers = {marker: count + place for place, marker in enumerate(order, start=1)}
    cited = [_citation(by_marker[marker], numbers[marker], "citation") for marker in order]
    nearest = [_citation(item, count + len(cited) + place, "nearest") for place, item in enumerate(answer.nearest, start=1)]
    lines = [_line(item, numbers) for item in answer.sentences]
    unmentioned = tuple(numbers[marker] for marker in order if marker not in mentioned)
    others = [("Also cited:", unmentioned), ("What came closest:", tuple(item.number for item in nearest))]
    lines += [Line(text, given) for text, given in others if given]
    return Entry(
        lines=tuple(lines),
        references=(*cited, *nearest),
        question=answer.question,
        understood=answer.standalone_question,
        status=answer.status,
        engine=answer.engine,
        notices=answer.notices,
    )


def brief_entry(told: Answer) -> Entry:
    """The entry of an overview: headings of its own, and no question above them. Raises as `answer_entry` does."""
    whole = answer_entry(told)
    lines = tuple(replace(line, level=2) if line.level else line for line in whole.lines)
    return Entry(lines, whole.references, notices=told.notices)


def _line(sentence: AnswerSentence, numbers: Mapping[int, int]) -> Line:
    if sentence.heading:
        return Line(sentence.text.rstrip(":"), level=3)
    return Line(sentence.text, tuple(numbers[marker] for marker in sentence.markers if marker in numbers))


def statements_entry(items: Iterable[AttributedStatement], notices: Sequence[str] = ()) -> Entry:
    """One entry that lists statements in the order given."""
    lines, references = [], []
    for number, item in enumerate(items, start=1):
        statement = item.statement
        attribution = attribution_line(item.document, statement)
        status = f" [{statement.status}]" if statement.status != "none" else ""
        lines.append(Line(f"{attribution}{status}: “{item.quote}”", (number,)))
        references.append(Reference(number, "statement", item.document, statement.content, attribution, statement))
    return Entry(tuple(lines), tuple(references), notices=tuple(notices))


def cited_documents(record: Record) -> Iterator[Document]:
    """Each document that a citation or statement rests on, once, in order of first mention."""
    seen: set[str] = set()
    for reference in record.references:
        if reference.kind != "nearest" and reference.document.id not in seen:
            seen.add(reference.document.id)
            yield reference.document


def _citation(citation: Citation, number: int, kind: ReferenceKind) -> Reference:
    document = citation.document
    if document.text[citation.start : citation.end] != citation.quote:
        msg = (
            f"Citation [{citation.marker}] does not stand at characters {citation.start} to {citation.end} of {document.id}. "
            "Nothing was exported. Ask the question again and export its answer."
        )
        raise ParleyError(msg)
    return Reference(
        number,
        kind,
        document,
        (Span(citation.start, citation.end),),
        citation.attribution,
        citation.statement,
        citation.marker,
        citation.verified,
    )


def one_line(text: str) -> str:
    """The text on one line, without what is not printable: a line of its own would be a field of its own."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
