"""Scored sentences made by hand, for tests of what is done with them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date as Date

from parley.assistant.evidence.candidates import Candidate
from parley.assistant.reading.features import Features
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import stems_of
from parley.index.models.passage_reader import SentenceReading
from parley.index.types import Document, Hit, Passage, Span, Statement


def statement_of(speaker: str, text: str, **known: object) -> Statement:
    """All of a text as the words of a speaker called by name."""
    return Statement("d", (Span(0, len(text)),), None, "say", "indirect", speaker, None, "named", **known)  # type: ignore[arg-type]


def scored(
    text: str,
    *,
    id: str = "d",  # noqa: A002
    score: float = 0.0,
    reader: float = 0.0,
    statement: Statement | None = None,
    voices: tuple[Statement, ...] = (),
    words: str = "",
    before: str = "",
    around: str = "",
    passage: int = 1,
    dense: float | None = None,
    date: Date | None = None,
    **features: float,
) -> Scored:
    """A sentence that is its whole document. `words` are those that answer best; features that are not given are 0."""
    document = Document.from_text(text, id=id, date=date)
    hit = Hit(Passage(passage, id, 0, len(text), 0), 1.0, passage, dense=dense)
    own = stems_of(text)
    candidate = Candidate(
        document,
        hit,
        Span(0, len(text)),
        statement,
        own,
        stems_of(before),
        frozenset(),
        own | stems_of(around),
        voices or ((statement,) if statement else ()),
    )
    figures = {field.name: 0.0 for field in fields(Features)} | {"reader": reader} | features
    span = Span(text.index(words), text.index(words) + len(words)) if words else None
    return Scored(candidate, SentenceReading(reader, span, 0.0, ()), Features(**figures), score)
