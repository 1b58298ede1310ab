"""The SQLite file of a library: its tables, one connection for several threads, and its errors as ours.

The only module of the library that knows SQLite. What the tables hold is told in the modules that read and write them.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.index.errors import LibraryDamagedError, LibraryError
from parley.index.files import make_private_file
from parley.index.store.seals import TABLE as SEALS

_log = logging.getLogger(__name__)

Connection = sqlite3.Connection

_TABLES = """
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
    vector BLOB NOT NULL,
    change INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages(document);
CREATE TABLE IF NOT EXISTS statements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
    record TEXT NOT NULL,
    speaker TEXT, party TEXT, outlet TEXT, stance TEXT, status TEXT, relayed INTEGER
);
CREATE INDEX IF NOT EXISTS statements_by_document ON statements(document);
CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY, mark TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS removed_passages (passage INTEGER PRIMARY KEY, change INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS changed_documents (id TEXT, change INTEGER NOT NULL);
"""

_LATER_COLUMNS = {
    "documents": "genre TEXT, place TEXT, addressees TEXT, symbol TEXT, warnings TEXT",
    "passages": "change INTEGER NOT NULL DEFAULT 0",
    "statements": "speaker TEXT, party TEXT, outlet TEXT, stance TEXT, status TEXT, relayed INTEGER",
}
"""Columns that catalogues of earlier versions lack; they are added when one is opened."""


def _logged(name: str, event: str, table: str, into: str, row: str) -> str:
    """A trigger that writes a row of the log, with the number of the change that is going on."""
    values = f"SELECT {row}, CAST(value AS INTEGER) FROM meta WHERE key = 'change'"  # noqa: S608
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN INSERT OR REPLACE INTO {into} {values}; END"


_ADDITIONS = (
    "CREATE INDEX IF NOT EXISTS documents_by_date ON documents(date)",
    "CREATE INDEX IF NOT EXISTS documents_by_outlet ON documents(outlet)",
    "CREATE INDEX IF NOT EXISTS passages_by_change ON passages(change)",
    "CREATE INDEX IF NOT EXISTS statements_narrow ON statements(speaker, party, outlet, stance, status, relayed, document)",
    "CREATE INDEX IF NOT EXISTS removed_by_change ON removed_passages(change)",
    "CREATE INDEX IF NOT EXISTS documents_by_change ON changed_documents(change)",
    "INSERT OR IGNORE INTO meta VALUES ('change', '0')",
    "INSERT OR IGNORE INTO changes SELECT CAST(value AS INTEGER), hex(randomblob(8)) FROM meta WHERE key = 'change'",
    _logged("passage_removed", "DELETE", "passages", "removed_passages", "OLD.id"),
    _logged("document_added", "INSERT", "documents", "changed_documents", "NEW.id"),
    _logged("document_edited", "UPDATE", "documents", "changed_documents", "NEW.id"),
    _logged("document_removed", "DELETE", "documents", "changed_documents", "OLD.id"),
)
"""Indexes on what later versions filter by, and the log of changes; triggers write it, so that no way of removing is missed."""

_LAST_ADDITION = "document_removed"

_TRIGGERS = tuple(sql.replace("IF NOT EXISTS ", "") for sql in _ADDITIONS if sql.startswith("CREATE TRIGGER"))
"""As SQLite keeps them, each with its name as the third word."""


class Database:
    """One SQLite file. Reading is safe from many threads; writing is for the holder of the library's write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.generation = 0
        self._lock = threading.RLock()
        with self._explained():
            self._open()

    @property
    def is_complete(self) -> bool:
        """Whether it has all that this version keeps; one of an earlier version that cannot be written to has not."""
        return self._is_complete

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        with self._lock:
            self._connection.close()
            self._is_resting = False

    def rest(self) -> bool:
        """Close the file until the next use opens it again; returns false, and does nothing, while it is in use."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self._connection.in_transaction:
                return False
            self._connection.close()
            self._is_resting = True
        finally:
            self._lock.release()
        return True

    def one(self, query: str, values: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """The first row of an answer. Raises LibraryError, LibraryDamagedError."""
        with self._lock, self._explained():
            self._follow()
            row: tuple[Any, ...] | None = self._connection.execute(query, _storable(values)).fetchone()
        return row

    def all(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer. Raises LibraryError, LibraryDamagedError."""
        with self._lock, self._explained():
            self._follow()
            return self._connection.execute(query, _storable(values)).fetchall()

    def numbers(self, query: str, values: tuple[object, ...] = ()) -> NDArray[np.int64]:
        """An answer of one column of whole numbers, eight bytes each. Raises LibraryError, LibraryDamagedError."""
        with self._lock, self._explained():
            self._follow()
            found = self._connection.execute(query, _storable(values))
            return np.fromiter((row[0] for row in found), dtype=np.int64)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything done within is stored together or not at all."""
        with self._lock, self._explained():
            self._follow()
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[Callable[[str, tuple[object, ...]], sqlite3.Cursor]]:
        """Runs queries that all see one state, whatever another process stores or removes meanwhile."""
        with self._lock, self._explained():
            self._follow()
            with self._connection as connection:
                connection.execute("BEGIN")
                yield lambda query, values: connection.execute(query, _storable(values))

    def empty_log(self) -> None:
        """Leave nothing in the write-ahead log."""
        with self._lock, self._explained():
            self._follow()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open(self) -> None:
        self._connection = _connect(self.path)
        self._is_complete = _is_complete(self._connection)
        self._file = _identity(self.path)
        self._is_resting = False

    def _follow(self) -> None:
        """Open the file anew after a rest, or where another one was put in its place, as when a backup is restored.

        What is written to the old one would be lost. `generation` counts how often that happened.
        """
        found = _identity(self.path)
        if found == self._file:
            if self._is_resting:
                self._open()
            return
        if found is None:
            msg = f"The catalogue {self.path} is gone. Put it back, or restore a backup: parley restore FILE."
            raise LibraryError(msg)
        _log.warning("The catalogue %s was replaced by another file, and is opened anew.", self.path)
        self._connection.close()
        self._open()
        self.generation += 1

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
        except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"The catalogue {self.path} cannot be read ({error}). Restore it from a backup, or move the folder away and add "
            "the documents again."
        )


_DAMAGE = ("Could not decode", "malformed JSON")
"""How messages of SQLite begin that tell of damaged values as if something could not be done now."""

IN_LIST = "(SELECT value FROM json_each(?))"
"""Any number of values as one parameter; SQLite limits the number of parameters."""


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
    # SQLite gives its side files the rights of this one.
    with suppress(OSError):
        make_private_file(path)
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "meta" not in tables:
        connection.close()
        msg = f"it is the file of another program, with the table {min(tables)}"
        raise sqlite3.DatabaseError(msg)
    connection.execute("PRAGMA trusted_schema = OFF")
    _make_triggers_anew(connection, _foreign_parts(connection))
    connection.execute("PRAGMA journal_mode = WAL")
    # What was told as stored outlives a power cut; with NORMAL, one can cost the last transaction.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Removed text is overwritten with zeros, not merely unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    if not _is_complete(connection):
        _bring_up_to_date(connection)
    return connection


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    """A catalogue on media that cannot be written to; nobody changes it, unless a write-ahead log says that somebody did."""
    log = path.with_name(path.name + "-wal")
    mode = "mode=ro" if log.is_file() and log.stat().st_size else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("SELECT 1 FROM meta")
    _foreign_parts(connection)
    return connection


def _foreign_parts(connection: sqlite3.Connection) -> list[str]:
    """The triggers that have the name of one of ours and do something else.

    A trigger or a view of any other name would act on what is stored and read, unseen. Raises sqlite3.DatabaseError for one.
    """
    own = {sql.split()[2]: sql for sql in _TRIGGERS}
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    for kind, name, _ in found:
        if kind == "view" or name not in own:
            connection.close()
            msg = f"it holds the {kind} {name}, which is none of Parley's and could change what is stored"
            raise sqlite3.DatabaseError(msg)
    return [name for _, name, sql in found if sql != own[name]]


def _make_triggers_anew(connection: sqlite3.Connection, names: list[str]) -> None:
    """Put our triggers in the place of those that only have their names."""
    own = {sql.split()[2]: sql for sql in _TRIGGERS}
    for name in names:
        _log.warning("The trigger %s of the catalogue was none of Parley's, and was made anew.", name)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(own[name])
        connection.execute("COMMIT")


def _is_complete(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('seals', ?)", (_LAST_ADDITION,)).fetchone()
    return bool(found[0] == 2)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or add to those of an earlier version what they lack; where two processes open, one does it."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*filter(str.strip, _TABLES.split(";")), SEALS):
        connection.execute(statement)
    for table, columns in _LATER_COLUMNS.items():
        known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for column in columns.split(", "):
            if column.partition(" ")[0] not in known:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _ADDITIONS:
        connection.execute(statement)
    connection.execute("COMMIT")
