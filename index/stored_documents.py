"""What a library reads of the documents that it holds: each by its id, and what was found in it when it was added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager

from parley.index.errors import DocumentNotFoundError
from parley.index.store.caches import Caches
from parley.index.store.catalog import Catalog
from parley.index.store.change_log import Moment
from parley.index.store.memory import Memory
from parley.index.store.middle import nearness_to_middle
from parley.index.store.soundness import Soundness
from parley.index.store.stored_statements import StatementConditions
from parley.index.structure.provisions import Provision, provisions_of
from parley.index.types import Document, DocumentEntry, Passage, Statement, Turn


class StoredDocuments:
    """The reading half of a `Library`. What is read is remembered until the library changes."""

    _catalog: Catalog
    _caches: Caches
    _memory: Memory
    _soundness: Soundness

    @property
    def moment(self) -> Moment:
        """Where the library stands now, for `holds_since`."""
        return self._catalog.moment

    def holds_since(self, moment: Moment, documents: Collection[str]) -> bool:
        """Whether these documents are held as they were held then, or were added since; others may have changed or gone."""
        return self._catalog.holds_since(moment, documents)

    def pinned(self, documents: set[str]) -> AbstractContextManager[None]:
        """Within it this thread looks only once whether the library has changed; `documents` takes the ids of what it reads."""
        return self._memory.pinned.hold(documents)

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added; only changed ones are read again."""
        return list(self._memory.entries())

    def documents(self) -> list[Document]:
        """All documents in the order in which they were added."""
        return self._catalog.documents()

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises DocumentNotFoundError, and LibraryDamagedError where it is not what was stored."""
        self._soundness.require(document_id, ("text", "description"))
        found = self._memory.remember_of("document", document_id, lambda: self._catalog.document(document_id))
        if found is None:
            raise not_found(document_id)
        return found

    def passages(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order; empty for an unknown id. Raises LibraryDamagedError."""
        self._soundness.require(document_id, ("passages",))
        return self._memory.remember_of("passages", document_id, lambda: self._catalog.passages_of(document_id))

    def statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order; empty for an unknown id. Raises LibraryDamagedError."""
        self._soundness.require(document_id, ("statements",))
        return self._memory.remember_of("statements", document_id, lambda: self._catalog.statements_of(document_id))

    def statements_narrowed(self, wanted: StatementConditions) -> Iterator[tuple[str, Statement]]:
        """All statements that may meet the conditions, each with its document's id, in order of document and position.

        Those of damaged documents are left out; `damaged` then names these.
        """
        return self._catalog.statements_narrowed(wanted, self._can_be_quoted)

    def _can_be_quoted(self, document_id: str) -> bool:
        """Whether what stands in a view of a document is what was stored: its statements, and the text that they are words of."""
        return self._soundness.holds(document_id, ("statements",)) and self._soundness.holds(document_id, ("text", "description"))

    def turns(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order: who speaks or writes where, and which turns ask; empty for an unknown id."""
        self._soundness.require(document_id, ("statements",))
        return self._memory.remember_of("turns", document_id, lambda: self._catalog.turns_of(document_id))

    def provisions(self, document_id: str) -> tuple[Provision, ...]:
        """The articles, sections, annexes and numbered paragraphs of a document in reading order; empty for an unknown id."""
        self._soundness.require(document_id, ("text",))
        found = self._memory.remember_of("document", document_id, lambda: self._catalog.document(document_id))
        return self._memory.remember_of("provisions", document_id, lambda: provisions_of(found) if found is not None else ())

    def centrality(self, document_ids: Sequence[str]) -> dict[int, float]:
        """How near each passage of these documents is to what they are about together: passage id -> cosine, -1 to 1."""
        key = "\n".join(document_ids)
        return self._memory.remember("centrality", key, lambda: self._nearness(document_ids))

    def _nearness(self, document_ids: Sequence[str]) -> dict[int, float]:
        found = [self._catalog.vectors([passage.id for passage in self.passages(name)]) for name in document_ids]
        values = nearness_to_middle([vectors for _, vectors in found])
        return {key: value for (ids, _), row in zip(found, values, strict=True) for key, value in zip(ids, row, strict=True)}

    def passage_frequency(self, word: str) -> int:
        """How many passages contain the word or phrase, in any English inflection; 0 means it occurs nowhere."""
        return self._memory.remember_found("frequency", word, lambda: self._caches.fulltext.frequency(word))

    def documents_quoting(self, parts: Sequence[Sequence[str]]) -> list[DocumentEntry]:
        """The documents that may hold a quotation, in the order in which they were added.

        `parts` are its words, folded as `parley.index.language.quoted_words` folds them; those of each part stand together. All
        documents that hold the quotation are among those found, with or without others.
        """
        caches = self._memory.search_caches()
        unindexed = caches.unindexed()
        if unindexed is None:
            return self.entries()
        names = self._catalog.documents_of([*caches.fulltext.quoting(parts), *unindexed])
        self._memory.pinned.note(names)
        return [entry for _, entry in self._catalog.entries(sorted(names))]

    def documents_with(self, word: str) -> frozenset[str]:
        """Ids of the documents that contain the word or phrase, in any English inflection, or have it in title or headings."""
        found = self._memory.remember_found(
            "holding", word, lambda: self._catalog.documents_of(self._caches.fulltext.holding(word))
        )
        self._memory.pinned.note(found)
        return found.difference(self._soundness.damaged)


def not_found(document_id: str) -> DocumentNotFoundError:
    """The error for an id that no document has."""
    return DocumentNotFoundError(f"No document has the id {document_id!r}. `parley list` shows the ids.")
