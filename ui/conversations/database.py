"""The SQLite file of a library's conversations: its tables, and reading and writing it from several threads."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parley.assistant import LibraryError
from parley.assistant.forgetting import make_conversations_file

_log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL, opened TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation (owner, changed);
CREATE TABLE IF NOT EXISTS exchange (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    question TEXT NOT NULL, standalone TEXT NOT NULL, state TEXT NOT NULL, answer TEXT, message TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS exchange_conversation ON exchange (conversation, id);
CREATE TABLE IF NOT EXISTS change (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
    document TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    exchange INTEGER PRIMARY KEY REFERENCES exchange (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL, note TEXT NOT NULL, given TEXT NOT NULL
);
"""

Values = tuple[object, ...]

NOT_KNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a moment that was damaged on the disk."""


def moment_of(stored: object) -> datetime:
    """A moment as the tables keep it; `NOT_KNOWN` where it was damaged."""
    try:
        moment = datetime.fromisoformat(str(stored))
    except ValueError:
        return NOT_KNOWN
    return moment if moment.tzinfo is not None else NOT_KNOWN


def _text_of(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


class Database:
    """One open file. All methods may be called from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self.is_closed = False
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open()

    def _open(self) -> None:
        try:
            self._connect()
        except sqlite3.OperationalError as error:
            msg = f"The conversations in {self._path} cannot be used ({error}). Check the disk and your right to write there."
            raise LibraryError(msg) from error
        except sqlite3.DatabaseError as error:
            self._set_aside(error)
            self._connect()

    def _set_aside(self, error: Exception) -> None:
        """Begin with no conversations, and keep the damaged file for whoever wants to mend it."""
        self._connection.close()
        aside = self._path.with_name(f"{self._path.stem}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}{self._path.suffix}")
        self._path.replace(aside)
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        _log.error(
            "The conversations in %s are damaged (%s). They were set aside as %s, and new ones are begun. Restore that file "
            "from a backup, or delete it when nobody misses it.",
            self._path,
            error,
            aside.name,
        )

    def _connect(self) -> None:
        make_conversations_file(self._path)
        self._connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        # A byte that is no text any more costs the one value it stands in.
        self._connection.text_factory = _text_of
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        # "Deleted for good" has to hold for the file's free pages as well.
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.executescript(_SCHEMA)
        (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        self._file = self._path.stat().st_ino
        self._is_resting = False

    def _follow(self) -> None:
        """Open the file anew after a rest, and where another one was put in its place, as when a backup is restored."""
        # What is written to one that was replaced would be lost.
        if self._is_resting or not self._path.exists() or self._path.stat().st_ino != self._file:
            self._connection.close()
            self._open()

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        with self._lock:
            self.is_closed = True
            self._is_resting = False
            self._connection.close()

    def rest(self) -> bool:
        """Close the file until the next use opens it again; returns false, and does nothing, while it is in use."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._is_resting = not self.is_closed
            self._connection.close()
        finally:
            self._lock.release()
        return True

    def rows(self, query: str, values: Values = ()) -> list[Any]:
        """All rows that a query finds; their columns by name."""
        with self._lock, self._explained():
            self._follow()
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, values: Values = ()) -> Any:  # noqa: ANN401  (a row's columns have any type)
        """The first row that a query finds, `None` if there is none."""
        with self._lock, self._explained():
            self._follow()
            return self._connection.execute(query, values).fetchone()

    def write(self, query: str, values: Values = ()) -> int:
        """One change in a transaction of its own; returns the number of the last row inserted."""
        with self.writing() as connection:
            return connection.execute(query, values).lastrowid or 0

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back where an error leaves it."""
        with self._lock, self._explained():
            self._follow()
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                yield self._connection

    def purge(self) -> None:
        """Leave nothing of what was deleted in the write-ahead log either."""
        with self._lock, self._explained():
            self._follow()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite's errors into one that may be shown to a user."""
        try:
            yield
        except sqlite3.Error as error:
            msg = (
                f"The conversations in {self._path} cannot be read or written ({error}). Check that there is room on the disk; a "
                "damaged file is set aside when the server is started anew."
            )
            raise LibraryError(msg) from error
