"""Selecting statements over a whole library by who, what, how firm and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Protocol

from parley.index.types import Document, DocumentEntry, Statement


@dataclass(frozen=True, slots=True)
class AttributedStatement:
    """A statement with its document."""

    document: Document
    statement: Statement

    @property
    def quote(self) -> str:
        """What was said, verbatim; parts that the speaker clause interrupts are joined by " … "."""
        return " … ".join(self.document.text[span.start : span.end] for span in self.statement.content)

    @property
    def cue(self) -> str | None:
        """The reporter's cue words as written."""
        span = self.statement.cue
        return self.document.text[span.start : span.end] if span else None


class StatementSource(Protocol):
    """What holds documents and their statements."""

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added."""
        ...

    def document(self, document_id: str) -> Document:
        """The document with that id."""
        ...

    def statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order."""
        ...


def select_statements(
    source: StatementSource,
    *,
    party: str | None,
    speaker: str | None,
    issue: tuple[str, ...],
    stance: str | None,
    status: str | None,
    outlet: str | None,
    since: Date | None,
    until: Date | None,
    firsthand_only: bool,
    documents: Sequence[str] = (),
) -> list[AttributedStatement]:
    """Statements that meet every condition given, in order of document and position.

    Names match in part, and without regard to accents or case. `documents` are ids; without any, all documents count.
    """
    found = []
    for item in _all(source, since, until, frozenset(documents)):
        statement = item.statement
        wanted = (
            _names(party, statement.party),
            _names(speaker, statement.speaker),
            not issue or any(fold(term) in fold(item.quote) for term in issue),
            stance in (None, statement.stance),
            status in (None, statement.status),
            _names(outlet, item.document.outlet) or _names(outlet, statement.outlet),
            not (firsthand_only and statement.relay),
        )
        if all(wanted):
            found.append(item)
    return found


def fold(text: str) -> str:
    """The text without accents and case, for comparing names only; its offsets mean nothing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def _names(wanted: str | None, found: str | None) -> bool:
    return wanted is None or (found is not None and fold(wanted) in fold(found))


def _all(
    source: StatementSource, since: Date | None, until: Date | None, documents: frozenset[str]
) -> Iterator[AttributedStatement]:
    for entry in source.entries():
        if documents and entry.id not in documents:
            continue
        day = entry.date
        too_early = since is not None and (day is None or day < since)
        too_late = until is not None and (day is None or day > until)
        if too_early or too_late:
            continue
        if statements := source.statements(entry.id):
            document = source.document(entry.id)
            yield from (AttributedStatement(document, statement) for statement in statements)
