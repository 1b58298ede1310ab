"""Passages in the catalogue: where they lie in their documents, and their vectors (half floats)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from parley.index.store.database import IN_LIST, Connection, Database
from parley.index.store.records import load_headings, reading_record
from parley.index.types import FloatMatrix, Passage, SearchFilter

_SELECT = (
    'SELECT passages.id, documents.id, start, "end", paragraph, passages.headings FROM passages '
    "JOIN documents ON documents.row = document"
)
_Item = TypeVar("_Item")

_BATCH = 500
"""Passages read at a time."""


class StoredPassages:
    """Reads the table of passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_id(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with those ids; ids that are gone are left out."""
        rows = self._database.all(f"{_SELECT} WHERE passages.id IN {IN_LIST}", (json.dumps(list(ids)),))
        return {row[0]: _passage(row) for row in rows}

    def of_document(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        rows = self._database.all(f"{_SELECT} WHERE documents.id = ? ORDER BY passages.start", (document_id,))
        return [_passage(row) for row in rows]

    def first_of(self, document_id: str) -> int | None:
        """Id of the first passage of a document, which is the smallest."""
        query = "SELECT min(passages.id) FROM passages JOIN documents ON documents.row = document WHERE documents.id = ?"
        row = self._database.one(query, (document_id,))
        return row[0] if row else None

    def ids(self) -> NDArray[np.int64]:
        """Ids of all passages, ascending."""
        # Read from the index alone: the table's pages hold the vectors too.
        return np.sort(self._database.numbers("SELECT id FROM passages INDEXED BY passages_by_document"))

    def allowed_ids(self, allowed: SearchFilter) -> NDArray[np.int64]:
        """Ids of the passages whose document passes the filter, ascending.

        A document's passages are stored together, so most often two numbers tell all of them.
        """
        where, values = _conditions(allowed)
        rows = self._database.all(
            "SELECT min(passages.id), max(passages.id), count(*), documents.row FROM documents "  # noqa: S608
            f"JOIN passages ON documents.row = document {where} GROUP BY documents.row",
            values,
        )
        parts = [np.arange(first, last + 1) for first, last, count, _ in rows if last - first + 1 == count]
        for first, last, count, document in rows:
            if last - first + 1 != count:
                found = self._database.all("SELECT id FROM passages WHERE document = ?", (document,))
                parts.append(np.array([row[0] for row in found], dtype=np.int64))
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)

    def count(self) -> int:
        """How many passages there are."""
        row = self._database.one("SELECT count(*) FROM passages")
        assert row is not None
        return int(row[0])

    def documents_of(self, passage_ids: Sequence[int]) -> frozenset[str]:
        """Ids of the documents that the passages belong to; unknown passages are left out."""
        query = (
            "SELECT DISTINCT documents.id FROM passages JOIN documents ON documents.row = document "  # noqa: S608
            f"WHERE passages.id IN {IN_LIST}"
        )
        return frozenset(row[0] for row in self._database.all(query, (json.dumps(list(passage_ids)),)))

    def vectors(self, ids: Sequence[int]) -> tuple[list[int], FloatMatrix]:
        """Vectors of the ids that exist, with those ids, in ascending order of id; shape `(found, dimension)`."""
        found: list[int] = []
        blobs: list[bytes] = []
        for chunk in batches(sorted(ids)):
            query = f"SELECT id, vector FROM passages WHERE id IN {IN_LIST} ORDER BY id"  # noqa: S608
            for row in self._database.all(query, (json.dumps(list(chunk)),)):
                found.append(row[0])
                blobs.append(row[1])
        with reading_record("A vector"):
            matrix = np.frombuffer(b"".join(blobs), dtype=np.float16).astype(np.float32)
            return found, matrix.reshape(len(found), -1 if found else 0)

    def vector_batches(self) -> Iterator[FloatMatrix]:
        """The vectors of all passages, some thousands at a time."""
        ids = self.ids()
        for start in range(0, len(ids), 10 * _BATCH):
            yield self.vectors(ids[start : start + 10 * _BATCH].tolist())[1]

    def outside_count(self, document_row: int, length: int) -> int:
        """How many passages of a document do not lie within its text of that length."""
        query = 'SELECT count(*) FROM passages WHERE document = ? AND NOT (0 <= start AND start < "end" AND "end" <= ?)'
        row = self._database.one(query, (document_row, length))
        assert row is not None
        return int(row[0])


def insert_passages(
    connection: Connection, row: int, document_id: str, passages: Sequence[Passage], vectors: FloatMatrix, change: int
) -> list[Passage]:
    """Store the passages of the document in a row; `vectors` has one row per passage. Returns them with their ids."""
    stored = []
    for passage, vector in zip(passages, vectors.astype(np.float16), strict=True):
        inserted = connection.execute(
            'INSERT INTO passages (document, start, "end", paragraph, headings, vector, change) VALUES (?,?,?,?,?,?,?)',
            (row, passage.start, passage.end, passage.paragraph, json.dumps(passage.headings), vector.tobytes(), change),
        )
        assert inserted.lastrowid is not None
        stored.append(Passage(inserted.lastrowid, document_id, passage.start, passage.end, passage.paragraph, passage.headings))
    return stored


def renumber_passages(connection: Connection, row: int, change: int) -> None:
    """Give the passages of a document new ids: what is kept of them elsewhere holds its title too."""
    (last,) = connection.execute("SELECT max(id) FROM passages WHERE document = ?", (row,)).fetchone()
    columns = 'document, start, "end", paragraph, headings, vector'
    connection.execute(
        f"INSERT INTO passages ({columns}, change) SELECT {columns}, ? FROM passages WHERE document = ? ORDER BY id",  # noqa: S608
        (change, row),
    )
    connection.execute("DELETE FROM passages WHERE document = ? AND id <= ?", (row, last))


def batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """The items in order, some hundreds at a time."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _passage(row: tuple[Any, ...]) -> Passage:
    return Passage(row[0], row[1], row[2], row[3], row[4], load_headings(row[5]))


def _conditions(allowed: SearchFilter) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = []
    values: list[object] = []
    for column, wanted in (("id", allowed.document_ids), ("outlet", allowed.outlets), ("language", allowed.languages)):
        if wanted:
            conditions.append(f"documents.{column} IN {IN_LIST}")
            values.append(json.dumps(list(wanted), ensure_ascii=False))
    for comparison, day in ((">=", allowed.since), ("<=", allowed.until)):
        if day is not None:
            conditions.append(f"documents.date {comparison} ?")
            values.append(day.isoformat())
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), tuple(values)
