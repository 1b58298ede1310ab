"""The catalogue: one SQLite file that holds documents, passages, statements and vectors. It is the only truth.

Everything else in a library folder is a cache that can be rebuilt from here. A document goes in or out in one
transaction, so a process killed at any moment leaves the last complete state. Passage ids are AUTOINCREMENT and never
used twice; what came and went since a known change is told by the log of changes, which is what lets the caches catch up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.index.errors import LibraryDamagedError, LibraryMismatchError
from parley.index.language.quotation_terms import ANY, quotation_terms
from parley.index.passage_header import words_around
from parley.index.store.change_log import ChangeLog, Moment, count_change
from parley.index.store.database import Connection, Database
from parley.index.store.passage_text import PassageText
from parley.index.store.records import reading_record
from parley.index.store.seals import PARTS, Part, broken_parts, is_sealed, seal
from parley.index.store.stored_documents import StoredDocuments, describe_document, insert_document, row_of
from parley.index.store.stored_passages import StoredPassages, batches, insert_passages, renumber_passages
from parley.index.store.stored_statements import (
    StatementConditions,
    StoredStatements,
    insert_statements,
    insert_turns,
    replace_statements,
)
from parley.index.types import Document, DocumentEntry, FloatMatrix, LibraryManifest, Passage, SearchFilter, Statement, Turn


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document with everything that is stored of it: `vectors` has one row per passage."""

    document: Document
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    vectors: FloatMatrix
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What reading a stored document anew gave: the document as it is known now, its turns and its statements."""

    document: Document
    turns: tuple[Turn, ...]
    statements: tuple[Statement, ...]


class Catalog:
    """Reads and writes one catalogue file. Reading is safe from many threads; writing is for the holder of the write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path)
        self._documents = StoredDocuments(self._database)
        self._passages = StoredPassages(self._database)
        self._statements = StoredStatements(self._database)
        self.log = ChangeLog(self._database)

    @property
    def generation(self) -> int:
        """How often another file was put in this one's place since it was opened."""
        return self._database.generation

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        self._database.close()

    def rest(self) -> bool:
        """Close the file until the next use opens it again; returns false, and does nothing, while it is in use."""
        return self._database.rest()

    @property
    def manifest(self) -> LibraryManifest | None:
        """What the library was made with, or `None` before the first one is stored."""
        row = self._database.one("SELECT value FROM meta WHERE key = 'manifest'")
        if row is None:
            return None
        try:
            return LibraryManifest(**json.loads(row[0]))
        except (TypeError, ValueError) as error:
            msg = (
                f"The catalogue {self.path} was made by another version of Parley, and this one cannot read its manifest "
                f"({error}). Use that version, or add the documents to a new library folder."
            )
            raise LibraryMismatchError(msg) from error

    def store_manifest(self, manifest: LibraryManifest) -> None:
        """Record what the library is made with."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('manifest', ?)", (json.dumps(asdict(manifest)),))

    @property
    def change(self) -> int:
        """Number of committed changes of content; equal numbers mean equal content."""
        return self.log.number

    @property
    def moment(self) -> Moment:
        """Where the library stands now, for `holds_since`."""
        # The state first: what is stored in between then counts as if it had been there, and is told as changed.
        state = self.log.state
        return Moment(state, self._documents.last_row())

    def holds_since(self, moment: Moment, documents: Collection[str]) -> bool:
        """Whether these documents are held as they were held then, or were added since; others may have changed or gone."""
        changes = self.log.since(moment.state)
        if changes is None:
            return False
        touched = changes.known.intersection(documents)
        # Ids of what was purged are forgotten: whether it was read is told by what is still held.
        all_held = changes.documents is not None or self._documents.count_after(0, documents) == len(documents)
        # Where passages went, a touched document may stand in the place of an earlier one of its id.
        is_new = not changes.removed and self._documents.count_after(moment.last_row, touched) == len(touched)
        return all_held and (not touched or is_new)

    def replace(self, prepared: Sequence[PreparedDocument]) -> list[list[Passage]]:
        """Store documents in one transaction, each in place of one with its id; returns their passages with ids."""
        with self._database.transaction() as connection:
            change = count_change(connection)
            stored = []
            for item in prepared:
                row = insert_document(connection, item.document)
                stored.append(insert_passages(connection, row, item.document.id, item.passages, item.vectors, change))
                insert_statements(connection, row, item.statements)
                insert_turns(connection, row, item.turns)
                seal(connection.execute, row)
        return stored

    def replace_readings(self, readings: Sequence[ReadAgain]) -> None:
        """Store genre, author, turns and statements of documents anew in one transaction; unknown documents are ignored.

        Where other words are said around a speaker clause, the passages get new ids: the full text holds these words together.
        """
        with self._database.transaction() as connection:
            change = count_change(connection)
            for reading in readings:
                row = row_of(connection, reading.document.id)
                if row is not None:
                    describe_document(connection, reading.document, row)
                    connection.execute("DELETE FROM turns WHERE document = ?", (row,))
                    if replace_statements(connection, row, reading.statements):
                        renumber_passages(connection, row, change)
                    insert_turns(connection, row, reading.turns)
                    seal(connection.execute, row, ("description", "statements"))

    def describe(self, document: Document) -> None:
        """Store what is known about a document anew; its text, passages and statements stay.

        The passages get new ids, since the full text holds the title with them.
        """
        with self._database.transaction() as connection:
            change = count_change(connection)
            row = row_of(connection, document.id)
            assert row is not None
            describe_document(connection, document, row)
            seal(connection.execute, row, ("description",))
            renumber_passages(connection, row, change)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Forget documents with their passages, statements and vectors; unknown ids are ignored."""
        ids = list(document_ids)
        with self._database.transaction() as connection:
            change = count_change(connection)
            connection.executemany("DELETE FROM documents WHERE id = ?", [(item,) for item in ids])
            unfinished = sorted({*_unfinished(connection), *ids})
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished_removals', ?)", (json.dumps(unfinished),))
            # At least one, for a document without passages.
            connection.execute(
                "INSERT INTO meta SELECT 'unpurged', max(1, count(*)) FROM removed_passages WHERE change = ? "
                "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER)",
                (change,),
            )

    @property
    def unfinished_removals(self) -> tuple[str, ...]:
        """Ids of removed documents whose words may still stand outside this file, as in conversations that quote them."""
        return tuple(_names_in(self._database.one("SELECT value FROM meta WHERE key = 'unfinished_removals'")))

    def finish_removals(self, document_ids: Iterable[str]) -> None:
        """Note that nothing of these removed documents is left anywhere, and leave not even their ids."""
        with self._database.transaction() as connection:
            left = sorted(set(_unfinished(connection)) - set(document_ids))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished_removals', ?)", (json.dumps(left),))
        self._database.empty_log()

    @property
    def removed_count(self) -> int:
        """Passages of removed documents of which traces may still be in the write-ahead log or in a cache."""
        row = self._database.one("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'unpurged'")
        return int(row[0]) if row else 0

    def purge(self) -> None:
        """Leave no trace of removed content in the write-ahead log; the caches must have been purged before."""
        with self._database.transaction() as connection:
            self.log.forget_names(connection)
            connection.execute("DELETE FROM meta WHERE key = 'unpurged'")
        self._database.empty_log()

    def documents(self) -> list[Document]:
        """All documents, in the order in which they were added."""
        return self._documents.all()

    def entries(self, ids: Sequence[str] | None = None) -> list[tuple[int, DocumentEntry]]:
        """Documents without their texts, all or those with these ids, each with a number by which they are in order."""
        return self._documents.entries(ids)

    def document(self, document_id: str) -> Document | None:
        """The document with that id, if there is one."""
        return self._documents.one(document_id)

    def holds(self, document_id: str) -> bool:
        """Whether there is a document with that id."""
        return self._documents.holds(document_id)

    def document_count(self) -> int:
        """How many documents the library holds."""
        return self._documents.count()

    def sources(self) -> dict[str, tuple[str, str]]:
        """Document id and content digest by source path."""
        return self._documents.sources()

    def digests(self) -> dict[str, str]:
        """Content digest by document id."""
        return self._documents.digests()

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with those ids; ids that are gone are left out."""
        return self._passages.by_id(ids)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        return self._passages.of_document(document_id)

    def statements_of(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order."""
        return self._statements.of_document(document_id)

    def statements_narrowed(
        self, wanted: StatementConditions, is_sound: Callable[[str], bool]
    ) -> Iterator[tuple[str, Statement]]:
        """All statements of sound documents that may meet the conditions, each with its document's id, in their order."""
        return self._statements.narrowed(wanted, is_sound)

    def wrongly_filed(self) -> list[int]:
        """Ids of the statements that narrowing down may miss, because they are filed under what their records do not have."""
        return self._statements.wrongly_filed()

    def file_anew(self, ids: Sequence[int]) -> None:
        """File these statements under what their records have."""
        self._statements.file_anew(ids)

    def turns_of(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order."""
        return self._statements.turns_of(document_id)

    def passage_ids(self) -> list[int]:
        """Ids of all passages, ascending."""
        ids: list[int] = self._passages.ids().tolist()
        return ids

    def passage_numbers(self) -> NDArray[np.int64]:
        """The same, eight bytes each."""
        return self._passages.ids()

    def allowed_ids(self, allowed: SearchFilter) -> NDArray[np.int64]:
        """Ids of the passages whose document passes the filter, ascending."""
        return self._passages.allowed_ids(allowed)

    def passage_count(self) -> int:
        """How many passages the library holds."""
        return self._passages.count()

    def documents_of(self, passage_ids: Sequence[int]) -> frozenset[str]:
        """Ids of the documents that the passages belong to; unknown passages are left out."""
        return self._passages.documents_of(passage_ids)

    def passage_texts(self, ids: Sequence[int]) -> Iterator[PassageText]:
        """What the full text takes of the passages that exist, by id."""
        loaded: tuple[Document, tuple[Turn, ...], int | None] | None = None
        for chunk in batches(ids):
            for _, passage in sorted(self.passages(chunk).items()):
                if loaded is None or loaded[0].id != passage.document_id:
                    document = self.document(passage.document_id)
                    if document is None:  # removed meanwhile
                        continue
                    loaded = (document, self.turns_of(document.id), self._passages.first_of(document.id))
                known, turns, first = loaded
                # Cut here and not in SQL, whose substr() stops at a NUL character.
                text = known.text[passage.start : passage.end]
                quoted = self._quoted(known) if passage.id == first else ""
                yield PassageText(passage.id, text, words_around(known, passage, turns), quoted)

    def _quoted(self, document: Document) -> str:
        """The terms by which quotations are found in a document."""
        try:
            return quotation_terms(document.text, self._statements.interrupted(document.id))
        except LibraryDamagedError:
            return ANY

    def vectors(self, ids: Sequence[int]) -> tuple[list[int], FloatMatrix]:
        """Vectors of the ids that exist, with those ids, in ascending order of id; shape `(found, dimension)`."""
        return self._passages.vectors(ids)

    def vector_batches(self) -> Iterator[FloatMatrix]:
        """The vectors of all passages, some thousands at a time."""
        return self._passages.vector_batches()

    def broken_parts(self, document_id: str, parts: Sequence[Part] = PARTS) -> tuple[Part, ...]:
        """The parts of a document that are not what was stored; none for an unknown one."""
        # In one state: a document removed between its digest and its text would look damaged.
        with self._database.snapshot() as run:
            row = run("SELECT row FROM documents WHERE id = ?", (document_id,)).fetchone()
            return broken_parts(run, row[0], parts) if row is not None else ()

    def seal_all(self) -> int:
        """Record digests of documents of earlier versions, which have none, as they are now; returns of how many."""
        rows = [row for (row,) in self._database.all("SELECT row FROM documents") if not is_sealed(self._database.all, row)]
        for row in rows:
            with self._database.transaction() as connection:
                seal(connection.execute, row)
        return len(rows)

    def make_indexes_anew(self) -> None:
        """Make the indexes that SQLite finds rows by from the rows themselves. Raises LibraryDamagedError."""
        with self._database.transaction() as connection:
            connection.execute("REINDEX")

    def integrity_problems(self) -> list[str]:
        """What SQLite's own check and our conservation laws find wrong; empty when all is well."""
        problems = [row[0] for row in self._database.all("PRAGMA integrity_check") if row[0] != "ok"]
        outside = sum(self._passages.outside_count(row, length) for row, length in self._documents.lengths())
        if outside:
            problems.append(f"{outside} passages do not lie within their document")
        return problems


def _unfinished(connection: Connection) -> list[str]:
    return _names_in(connection.execute("SELECT value FROM meta WHERE key = 'unfinished_removals'").fetchone())


def _names_in(row: tuple[object, ...] | None) -> list[str]:
    with reading_record("The list of removed documents"):
        return [str(name) for name in json.loads(str(row[0]))] if row else []
