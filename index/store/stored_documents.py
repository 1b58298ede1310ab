"""Documents in the catalogue: their texts and what is known about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from parley.index.store.database import IN_LIST, Connection, Database
from parley.index.store.records import ENTRY_COLUMNS, description_values, document_of, document_values, entry_of
from parley.index.types import Document, DocumentEntry

_DESCRIBE = (
    "UPDATE documents SET title = ?, outlet = ?, author = ?, date = ?, language = ?, basis = ?, genre = ?, place = ?, "
    "addressees = ?, symbol = ? WHERE row = ?"
)
_INSERT = (
    "INSERT INTO documents (id, title, outlet, author, date, language, source_path, sha256, pages, headings, basis, text, "
    "genre, place, addressees, symbol, warnings) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


class StoredDocuments:
    """Reads the table of documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Document]:
        """All documents, in the order in which they were added."""
        return [document_of(row) for row in self._database.all("SELECT * FROM documents ORDER BY row")]

    def one(self, document_id: str) -> Document | None:
        """The document with that id, if there is one."""
        row = self._database.one("SELECT * FROM documents WHERE id = ?", (document_id,))
        return document_of(row) if row else None

    def holds(self, document_id: str) -> bool:
        """Whether there is a document with that id."""
        return self._database.one("SELECT 1 FROM documents WHERE id = ?", (document_id,)) is not None

    def lengths(self) -> Iterator[tuple[int, int]]:
        """Row and length of the text, in characters, of every document; one text is in memory at a time."""
        last = 0
        while found := self._database.one("SELECT row, text FROM documents WHERE row > ? ORDER BY row LIMIT 1", (last,)):
            last = int(found[0])
            yield last, len(found[1])

    def count(self) -> int:
        """How many documents there are."""
        row = self._database.one("SELECT count(*) FROM documents")
        assert row is not None
        return int(row[0])

    def last_row(self) -> int:
        """The row of the document that was stored last; 0 where there is none."""
        row = self._database.one("SELECT max(row) FROM documents")
        return int(row[0] or 0) if row else 0

    def count_after(self, row: int, ids: Iterable[str]) -> int:
        """How many of these documents are there and were stored after the one in that row."""
        query = f"SELECT count(*) FROM documents WHERE row > ? AND id IN {IN_LIST}"  # noqa: S608
        found = self._database.one(query, (row, json.dumps(sorted(ids), ensure_ascii=False)))
        assert found is not None
        return int(found[0])

    def entries(self, ids: Sequence[str] | None = None) -> list[tuple[int, DocumentEntry]]:
        """Documents without their texts, all or those with these ids, each with a number by which they are in order."""
        where, values = ("", ()) if ids is None else (f"WHERE id IN {IN_LIST}", (json.dumps(list(ids)),))
        rows = self._database.all(f"SELECT row, {ENTRY_COLUMNS} FROM documents {where} ORDER BY row", values)  # noqa: S608
        return [(int(row[0]), entry_of(row[1:])) for row in rows]

    def sources(self) -> dict[str, tuple[str, str]]:
        """Document id and content digest by source path."""
        rows = self._database.all("SELECT source_path, id, sha256 FROM documents WHERE source_path IS NOT NULL")
        return {row[0]: (row[1], row[2]) for row in rows}

    def digests(self) -> dict[str, str]:
        """Content digest by document id."""
        return dict(self._database.all("SELECT id, sha256 FROM documents"))


def insert_document(connection: Connection, document: Document) -> int:
    """Store a document in place of one with its id or source path; returns its row."""
    connection.execute("DELETE FROM documents WHERE id = ? OR source_path = ?", (document.id, document.source_path))
    row = connection.execute(_INSERT, document_values(document)).lastrowid
    assert row is not None
    return row


def describe_document(connection: Connection, document: Document, row: int) -> None:
    """Store what is known about a document anew."""
    connection.execute(_DESCRIBE, (*description_values(document), row))


def row_of(connection: Connection, document_id: str) -> int | None:
    """The row of the document with that id, if there is one."""
    found = connection.execute("SELECT row FROM documents WHERE id = ?", (document_id,)).fetchone()
    return int(found[0]) if found else None
