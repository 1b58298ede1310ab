"""Selecting statements over a whole library by who, what, how firm and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from parley.index.language.folding import fold_text
from parley.index.store.stored_statements import StatementConditions
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

    def statements_narrowed(self, wanted: StatementConditions) -> Iterable[tuple[str, Statement]]:
        """All statements that may meet the conditions, each with its document's id, in order of document and position."""
        ...


def statements_found(
    source: StatementSource, wanted: StatementConditions, issue: Sequence[str] = ()
) -> Iterator[AttributedStatement]:
    """Statements that meet every condition, in order of document and position; read some hundreds at a time.

    Names match in part, and without regard to accents or case. Of several terms in `issue`, one must occur in what was said.
    """
    for document_id, of_document in groupby(source.statements_narrowed(wanted), key=itemgetter(0)):
        document = source.document(document_id)
        for _, statement in of_document:
            item = AttributedStatement(document, statement)
            met = (
                _names(wanted.party, statement.party) or _is_filed(wanted.party, statement.speaks_for),
                _names(wanted.speaker, statement.speaker) or _is_filed(wanted.speaker, statement.also_called),
                not issue or any(fold_text(term) in fold_text(item.quote) for term in issue),
                wanted.stance in (None, statement.stance),
                wanted.status in (None, statement.status),
                _names(wanted.outlet, document.outlet) or _names(wanted.outlet, statement.outlet),
                not (wanted.firsthand_only and statement.relay),
            )
            if all(met):
                yield item


def _names(wanted: str | None, found: str | None) -> bool:
    return wanted is None or (found is not None and fold_text(wanted) in fold_text(found))


def _is_filed(wanted: str | None, forms: Sequence[str]) -> bool:
    """Whether a list of the user's has the whole name for the speaker; part of one is too little."""
    return wanted is not None and any(fold_text(wanted) == fold_text(form) for form in forms)


OLDER_STATEMENTS = (
    "Who says what in these documents was found by another version of Parley; this one may tell it otherwise. `parley extract`, "
    "or “Find it anew” above the list of documents, finds it anew."
)


_MOST_DAMAGED_TOLD = 3
"""Names of damaged documents in a notice."""


class KnowsItsState(Protocol):
    """Knows what is to be told beside whatever is made of it."""

    @property
    def has_current_statements(self) -> bool:
        """Whether this version of Parley found who says what."""
        ...

    @property
    def damaged(self) -> tuple[str, ...]:
        """Ids of documents that were found not to be what was stored."""
        ...


def state_notices(library: KnowsItsState) -> tuple[str, ...]:
    """What stands below whatever was made of the statements: nothing where they are this version's and all were sound."""
    age = () if library.has_current_statements else (OLDER_STATEMENTS,)
    return age + damage_notices(library)


def damage_notices(library: KnowsItsState) -> tuple[str, ...]:
    """Which documents were left out because they are not what was stored."""
    damaged = library.damaged
    if not damaged:
        return ()
    names = ", ".join(damaged[:_MOST_DAMAGED_TOLD]) + (" and others" if len(damaged) > _MOST_DAMAGED_TOLD else "")
    return (f"Left out, because what is stored of it is damaged: {names}. `parley doctor` mends what can be mended.",)
