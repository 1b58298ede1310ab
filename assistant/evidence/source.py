"""What a reader may ask of a library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from parley.index.store.stored_statements import StatementConditions
from parley.index.structure.provisions import Provision
from parley.index.types import Document, DocumentEntry, Hit, Passage, SearchFilter, Statement, Turn

NO_FILTER = SearchFilter()


class Evidence(Protocol):
    """Documents with search and statements; `parley.index.library.Library` is one."""

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        ...

    @property
    def document_count(self) -> int:
        """How many documents there are."""
        ...

    def search(self, query: str, *, k: int = 10, filter: SearchFilter = NO_FILTER) -> list[Hit]:  # noqa: A002
        """The passages that fit best, best first."""
        ...

    def document(self, document_id: str) -> Document:
        """The document with that id."""
        ...

    def documents(self) -> list[Document]:
        """All documents with their texts; for many documents, `entries` is lighter."""
        ...

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts."""
        ...

    def passages(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        ...

    def statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order."""
        ...

    def statements_narrowed(self, wanted: StatementConditions) -> Iterable[tuple[str, Statement]]:
        """All statements that may meet the conditions, each with its document's id, in order of document and position."""
        ...

    def provisions(self, document_id: str) -> tuple[Provision, ...]:
        """The articles, sections and numbered paragraphs of a document in reading order."""
        ...

    def turns(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order: who speaks or writes where."""
        ...

    def centrality(self, document_ids: Sequence[str]) -> dict[int, float]:
        """How near each passage of these documents is to what they are about together: passage id -> cosine."""
        ...

    def passage_frequency(self, word: str) -> int:
        """How many passages hold the word or phrase in any English inflection; 0 means it occurs nowhere."""
        ...

    def documents_quoting(self, parts: Sequence[Sequence[str]]) -> list[DocumentEntry]:
        """The documents that may hold a quotation of these folded words, in the order in which they were added."""
        ...

    def documents_with(self, word: str) -> frozenset[str]:
        """Ids of the documents that contain the word or phrase, in any English inflection."""
        ...
