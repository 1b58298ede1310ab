"""The catalogue: one SQLite file that holds documents, passages, statements and vectors. It is the only truth.

Everything else in a library folder is a cache that can be rebuilt from here. A document goes in or out in one
transaction, so a process killed at any moment leaves the last complete state. Passage ids are AUTOINCREMENT and never
used twice, which is what lets the caches catch up by comparing sets of ids.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parley.index.errors import LibraryDamagedError, LibraryError, LibraryMismatchError
from parley.index.passage_header import words_around
from parley.index.store.records import (
    ENTRY_COLUMNS,
    description_values,
    document_of,
    document_values,
    dump_statement,
    dump_turn,
    entry_of,
    load_headings,
    load_statement,
    load_turn,
    reading_record,
)
from parley.index.store.seals import PARTS, TABLE, Part, broken_parts, is_sealed, seal
from parley.index.types import Document, DocumentEntry, FloatMatrix, LibraryManifest, Passage, SearchFilter, Statement, Turn

_log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, outlet TEXT, author TEXT, date TEXT, language TEXT,
    source_path TEXT UNIQUE, sha256 TEXT NOT NULL,
    pages TEXT NOT NULL, headings TEXT NOT NULL, basis TEXT NOT NULL,
    text TEXT NOT NULL,
    genre TEXT, place TEXT, addressees TEXT, symbol TEXT, warnings TEXT
);
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
    record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS turns_by_document ON turns(document);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, paragraph INTEGER NOT NULL, headings TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages(document);
CREATE TABLE IF NOT EXISTS statements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
    record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS statements_by_document ON statements(document);
"""


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
        self._lock = threading.RLock()
        self.generation = 0
        with self._explained():
            self._connection = _connect(path)
            self._file = _identity(path)

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    @property
    def manifest(self) -> LibraryManifest | None:
        """What the library was made with, or `None` before the first one is stored."""
        row = self._one("SELECT value FROM meta WHERE key = 'manifest'")
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
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('manifest', ?)", (json.dumps(asdict(manifest)),))

    @property
    def change(self) -> int:
        """Number of committed changes of content; equal numbers mean equal content."""
        row = self._one("SELECT value FROM meta WHERE key = 'change'")
        with reading_record("The number of changes"):
            return int(row[0]) if row else 0

    def replace(self, prepared: Sequence[PreparedDocument]) -> list[list[Passage]]:
        """Store documents in one transaction, each in place of one with its id; returns their passages with ids."""
        with self._transaction() as connection:
            stored = [_insert(connection, item) for item in prepared]
            _count_change(connection)
        return stored

    def replace_readings(self, readings: Sequence[ReadAgain]) -> None:
        """Store genre, author, turns and statements of documents anew in one transaction; unknown documents are ignored."""
        with self._transaction() as connection:
            for reading in readings:
                row = connection.execute("SELECT row FROM documents WHERE id = ?", (reading.document.id,)).fetchone()
                if row is not None:
                    connection.execute(_DESCRIBE, (*description_values(reading.document), *row))
                    connection.execute("DELETE FROM statements WHERE document = ?", row)
                    connection.execute("DELETE FROM turns WHERE document = ?", row)
                    _insert_statements(connection, row[0], reading.statements)
                    _insert_turns(connection, row[0], reading.turns)
                    seal(connection.execute, row[0], ("description", "statements"))
            _count_change(connection)

    def describe(self, document: Document) -> None:
        """Store what is known about a document anew; its text, passages and statements stay.

        The passages get new ids, since the full text holds the title with them.
        """
        with self._transaction() as connection:
            (row,) = connection.execute("SELECT row FROM documents WHERE id = ?", (document.id,)).fetchone()
            connection.execute(
                _DESCRIBE,
                (*description_values(document), row),
            )
            seal(connection.execute, row, ("description",))
            (last,) = connection.execute("SELECT max(id) FROM passages WHERE document = ?", (row,)).fetchone()
            columns = 'document, start, "end", paragraph, headings, vector'
            connection.execute(
                f"INSERT INTO passages ({columns}) SELECT {columns} FROM passages WHERE document = ? ORDER BY id",  # noqa: S608
                (row,),
            )
            connection.execute("DELETE FROM passages WHERE document = ? AND id <= ?", (row, last))
            _count_change(connection)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Forget documents with their passages, statements and vectors; unknown ids are ignored."""
        ids = list(document_ids)
        with self._transaction() as connection:
            connection.executemany("DELETE FROM documents WHERE id = ?", [(item,) for item in ids])
            unfinished = sorted({*_unfinished(connection), *ids})
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished_removals', ?)", (json.dumps(unfinished),))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unpurged', '1')")
            _count_change(connection)

    @property
    def unfinished_removals(self) -> tuple[str, ...]:
        """Ids of removed documents whose words may still stand outside this file, as in conversations that quote them."""
        row = self._one("SELECT value FROM meta WHERE key = 'unfinished_removals'")
        return tuple(json.loads(row[0])) if row else ()

    def finish_removals(self, document_ids: Iterable[str]) -> None:
        """Note that nothing of these removed documents is left anywhere."""
        with self._transaction() as connection:
            left = sorted(set(_unfinished(connection)) - set(document_ids))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished_removals', ?)", (json.dumps(left),))

    @property
    def is_unpurged(self) -> bool:
        """Whether traces of a removed document may still be in the write-ahead log or in a cache."""
        return self._one("SELECT 1 FROM meta WHERE key = 'unpurged'") is not None

    def purge(self) -> None:
        """Leave no trace of removed content in the write-ahead log; the caches must have been purged before."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM meta WHERE key = 'unpurged'")
        with self._lock, self._explained():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def documents(self) -> list[Document]:
        """All documents, in the order in which they were added."""
        return [document_of(row) for row in self._all("SELECT * FROM documents ORDER BY row")]

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added."""
        return [entry_of(row) for row in self._all(f"SELECT {ENTRY_COLUMNS} FROM documents ORDER BY row")]  # noqa: S608

    def document(self, document_id: str) -> Document | None:
        """The document with that id, if there is one."""
        row = self._one("SELECT * FROM documents WHERE id = ?", (document_id,))
        return document_of(row) if row else None

    def sources(self) -> dict[str, tuple[str, str]]:
        """Document id and content digest by source path."""
        rows = self._all("SELECT source_path, id, sha256 FROM documents WHERE source_path IS NOT NULL")
        return {row[0]: (row[1], row[2]) for row in rows}

    def digests(self) -> dict[str, str]:
        """Content digest by document id."""
        return dict(self._all("SELECT id, sha256 FROM documents"))

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with those ids; ids that are gone are left out."""
        rows = self._all(f"{_SELECT_PASSAGE} WHERE passages.id IN {_IN_LIST}", (json.dumps(list(ids)),))
        return {row[0]: _passage(row) for row in rows}

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        rows = self._all(f"{_SELECT_PASSAGE} WHERE documents.id = ? ORDER BY passages.start", (document_id,))
        return [_passage(row) for row in rows]

    def statements_of(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order."""
        query = (
            "SELECT record FROM statements JOIN documents ON documents.row = document WHERE documents.id = ? "
            "ORDER BY statements.id"
        )
        return tuple(load_statement(row[0]) for row in self._all(query, (document_id,)))

    def turns_of(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order."""
        query = "SELECT record FROM turns JOIN documents ON documents.row = document WHERE documents.id = ? ORDER BY turns.id"
        return tuple(load_turn(row[0]) for row in self._all(query, (document_id,)))

    def passage_ids(self, allowed: SearchFilter | None = None) -> list[int]:
        """Ids of all passages, or of those whose document passes the filter, ascending."""
        if allowed is None or allowed.is_empty:
            # Read from the index alone: the table's pages hold the vectors too.
            return sorted(row[0] for row in self._all("SELECT id FROM passages INDEXED BY passages_by_document"))
        where, values = _conditions(allowed)
        query = f"SELECT passages.id FROM passages JOIN documents ON documents.row = document {where}"  # noqa: S608
        return sorted(row[0] for row in self._all(query, values))

    def passage_count(self) -> int:
        """How many passages the library holds."""
        row = self._one("SELECT count(*) FROM passages")
        assert row is not None
        return int(row[0])

    def documents_of(self, passage_ids: Sequence[int]) -> frozenset[str]:
        """Ids of the documents that the passages belong to; unknown passages are left out."""
        found: set[str] = set()
        for chunk in _chunks(passage_ids, 500):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT documents.id FROM passages JOIN documents ON documents.row = document WHERE passages.id IN ({marks})"  # noqa: S608
            found.update(row[0] for row in self._all(query, tuple(chunk)))
        return frozenset(found)

    def passage_texts(self, ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """(passage id, text, context) for the ids that exist, by id; context is what is known of it from elsewhere."""
        loaded: tuple[Document, tuple[Turn, ...]] | None = None
        for chunk in _chunks(ids, 500):
            for _, passage in sorted(self.passages(chunk).items()):
                if loaded is None or loaded[0].id != passage.document_id:
                    document = self.document(passage.document_id)
                    if document is None:  # removed meanwhile
                        continue
                    loaded = (document, self.turns_of(passage.document_id))
                known, turns = loaded
                # Cut here and not in SQL, whose substr() stops at a NUL character.
                yield passage.id, known.text[passage.start : passage.end], words_around(known, passage, turns)

    def vectors(self, ids: Sequence[int]) -> tuple[list[int], FloatMatrix]:
        """Vectors of the ids that exist, with those ids, in ascending order of id; shape `(found, dimension)`."""
        found: list[int] = []
        blobs: list[bytes] = []
        for chunk in _chunks(ids, 500):
            marks = ",".join("?" * len(chunk))
            for row in self._all(f"SELECT id, vector FROM passages WHERE id IN ({marks}) ORDER BY id", tuple(chunk)):  # noqa: S608
                found.append(row[0])
                blobs.append(row[1])
        with reading_record("A vector"):
            matrix = np.frombuffer(b"".join(blobs), dtype=np.float16).astype(np.float32)
            return found, matrix.reshape(len(found), -1 if found else 0)

    def broken_parts(self, document_id: str, parts: Sequence[Part] = PARTS) -> tuple[Part, ...]:
        """The parts of a document that are not what was stored; none for an unknown one."""
        row = self._one("SELECT row FROM documents WHERE id = ?", (document_id,))
        return broken_parts(self._all, row[0], parts) if row is not None else ()

    def seal_all(self) -> int:
        """Record digests of documents of earlier versions, which have none, as they are now; returns of how many."""
        rows = [row for (row,) in self._all("SELECT row FROM documents") if not is_sealed(self._all, row)]
        for row in rows:
            with self._transaction() as connection:
                seal(connection.execute, row)
        return len(rows)

    def integrity_problems(self) -> list[str]:
        """What SQLite's own check and our conservation laws find wrong; empty when all is well."""
        problems = [row[0] for row in self._all("PRAGMA quick_check") if row[0] != "ok"]
        outside = sum(
            not 0 <= passage.start < passage.end <= len(document.text)
            for document in self.documents()
            for passage in self.passages_of(document.id)
        )
        if outside:
            problems.append(f"{outside} passages do not lie within their document")
        return problems

    def _one(self, query: str, values: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        with self._lock, self._explained():
            self._follow()
            row: tuple[Any, ...] | None = self._connection.execute(query, _storable(values)).fetchone()
        return row

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock, self._explained():
            self._follow()
            return self._connection.execute(query, _storable(values)).fetchall()

    def _follow(self) -> None:
        """Open the file anew where another one was put in its place, as when a backup is restored under an open library.

        What is written to the old one would be lost. `generation` counts how often that happened.
        """
        found = _identity(self.path)
        if found == self._file:
            return
        if found is None:
            msg = f"The catalogue {self.path} is gone. Put it back, or restore a backup: parley restore FILE."
            raise LibraryError(msg)
        _log.warning("The catalogue %s was replaced by another file, and is opened anew.", self.path)
        self._connection.close()
        self._connection = _connect(self.path)
        self._file = found
        self.generation += 1

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._explained():
            self._follow()
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into ours: what cannot be done now (disk, rights, locks), and what is damaged for good."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if str(error).startswith(_DAMAGE):
                raise self._damaged(error) from error
            msg = (
                f"The catalogue {self.path} cannot be used ({error}). Check that there is room on the disk, that you may write "
                "to the folder, and that no other program holds the file; what was stored before is kept."
            )
            raise LibraryError(msg) from error
        except (sqlite3.DatabaseError, OverflowError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"The catalogue {self.path} cannot be read ({error}). Restore it from a backup, or move the folder away and add "
            "the documents again."
        )


_DESCRIBE = (
    "UPDATE documents SET title = ?, outlet = ?, author = ?, date = ?, language = ?, basis = ?, genre = ?, place = ?, "
    "addressees = ?, symbol = ? WHERE row = ?"
)
_LATER_COLUMNS = ("genre", "place", "addressees", "symbol", "warnings")
"""Columns that catalogues of earlier versions lack; they are added when one is opened."""

_DAMAGE = ("Could not decode", "malformed JSON")
"""How messages of SQLite begin that tell of damaged values as if something could not be done now."""

_IN_LIST = "(SELECT value FROM json_each(?))"
"""Any number of values as one parameter; SQLite limits the number of parameters."""

_SELECT_PASSAGE = (
    'SELECT passages.id, documents.id, start, "end", paragraph, passages.headings FROM passages '
    "JOIN documents ON documents.row = document"
)


def _storable(values: tuple[object, ...]) -> tuple[object, ...]:
    """The values with half characters (lone surrogates), which no stored text holds, replaced; SQLite does not take them."""
    return tuple(value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value for value in values)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path; `None` for none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _connect(path: Path) -> sqlite3.Connection:
    if path.is_file() and not os.access(path.parent, os.W_OK):
        return _connect_for_reading(path)
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "meta" not in tables:
        connection.close()
        msg = f"it is the file of another program, with the table {min(tables)}"
        raise sqlite3.DatabaseError(msg)
    connection.execute("PRAGMA journal_mode = WAL")
    # With NORMAL a power cut can cost the last transaction, never the file; a killed process costs nothing.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Removed text is overwritten with zeros, not merely unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    connection.executescript(_SCHEMA)
    connection.execute(TABLE)
    known = {row[1] for row in connection.execute("PRAGMA table_info(documents)")}
    for column in _LATER_COLUMNS:
        if column not in known:
            connection.execute(f"ALTER TABLE documents ADD COLUMN {column} TEXT")
    return connection


def _unfinished(connection: sqlite3.Connection) -> list[str]:
    row = connection.execute("SELECT value FROM meta WHERE key = 'unfinished_removals'").fetchone()
    return list(json.loads(row[0])) if row else []


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    """A catalogue on media that cannot be written to; nobody changes it, unless a write-ahead log says that somebody did."""
    log = path.with_name(path.name + "-wal")
    mode = "mode=ro" if log.is_file() and log.stat().st_size else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("SELECT 1 FROM meta")
    return connection


def _count_change(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('change', '0')")
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'change'")


def _insert(connection: sqlite3.Connection, item: PreparedDocument) -> list[Passage]:
    document = item.document
    connection.execute("DELETE FROM documents WHERE id = ? OR source_path = ?", (document.id, document.source_path))
    cursor = connection.execute(
        "INSERT INTO documents (id, title, outlet, author, date, language, source_path, sha256, pages, headings, basis, text, "
        "genre, place, addressees, symbol, warnings) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        document_values(document),
    )
    row = cursor.lastrowid
    passages = []
    for passage, vector in zip(item.passages, item.vectors.astype(np.float16), strict=True):
        inserted = connection.execute(
            'INSERT INTO passages (document, start, "end", paragraph, headings, vector) VALUES (?,?,?,?,?,?)',
            (row, passage.start, passage.end, passage.paragraph, json.dumps(passage.headings), vector.tobytes()),
        )
        assert inserted.lastrowid is not None
        passages.append(Passage(inserted.lastrowid, document.id, passage.start, passage.end, passage.paragraph, passage.headings))
    assert row is not None
    _insert_statements(connection, row, item.statements)
    _insert_turns(connection, row, item.turns)
    seal(connection.execute, row)
    return passages


def _insert_statements(connection: sqlite3.Connection, row: int, statements: Sequence[Statement]) -> None:
    records = [(row, dump_statement(statement)) for statement in statements]
    connection.executemany("INSERT INTO statements (document, record) VALUES (?,?)", records)


def _insert_turns(connection: sqlite3.Connection, row: int, turns: Sequence[Turn]) -> None:
    records = [(row, dump_turn(turn)) for turn in turns]
    connection.executemany("INSERT INTO turns (document, record) VALUES (?,?)", records)


def _passage(row: tuple[Any, ...]) -> Passage:
    return Passage(row[0], row[1], row[2], row[3], row[4], load_headings(row[5]))


def _conditions(allowed: SearchFilter) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = []
    values: list[object] = []
    for column, wanted in (("id", allowed.document_ids), ("outlet", allowed.outlets), ("language", allowed.languages)):
        if wanted:
            conditions.append(f"documents.{column} IN {_IN_LIST}")
            values.append(json.dumps(list(wanted), ensure_ascii=False))
    for comparison, day in ((">=", allowed.since), ("<=", allowed.until)):
        if day is not None:
            conditions.append(f"documents.date {comparison} ?")
            values.append(day.isoformat())
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), tuple(values)


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
