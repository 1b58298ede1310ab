"""Conversations kept on the server, so that a reload or a restart loses nothing.

Each belongs to one browser, known by the digest of an unguessable token in its cookie: whoever does not hold the token
can neither list nor open them. Conversation ids are unguessable as well.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from assistant import Conversation
from ui.turns import EvidenceLookup, Exchange, decode_answer, encode_answer

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
"""

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation in a list of conversations; `changed` is in UTC."""

    id: str
    title: str
    changed: datetime
    exchanges: int


class ConversationStore:
    """The conversations of all browsers, in one SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path, lookup: EvidenceLookup) -> None:
        self._lookup = lookup
        self._lock = threading.RLock()
        self._closed = False
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        # "Deleted for good" has to hold for the file's free pages as well.
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("UPDATE exchange SET state = 'stopped' WHERE state = 'running'")

    def close(self) -> None:
        """Close the file; answers that are still being written are found as stopped when it is opened again."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def start(self, owner: str) -> str:
        """Begin a conversation and return its id; the owner's empty ones are forgotten."""
        identifier = secrets.token_urlsafe(18)
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM conversation WHERE owner = ? AND id NOT IN (SELECT conversation FROM exchange)", (owner,)
            )
            connection.execute(
                "INSERT INTO conversation (id, owner, changed, opened) VALUES (?, ?, ?, ?)", (identifier, owner, _now(), _now())
            )
        return identifier

    def latest(self, owner: str) -> str:
        """The id of the owner's conversation that was opened last; a new one if there is none."""
        row = self._one("SELECT id FROM conversation WHERE owner = ? ORDER BY opened DESC, rowid DESC LIMIT 1", (owner,))
        return str(row["id"]) if row is not None else self.start(owner)

    def owns(self, owner: str, conversation: str) -> bool:
        """Whether that conversation exists and is this owner's."""
        return self._one("SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)) is not None

    def mark_opened(self, conversation: str) -> None:
        """Remember that a conversation was opened now."""
        with self._writing() as connection:
            connection.execute("UPDATE conversation SET opened = ? WHERE id = ?", (_now(), conversation))

    def entries(self, owner: str) -> list[ConversationEntry]:
        """The owner's conversations that have a question, last used first."""
        query = (
            "SELECT c.id, c.title, c.changed, COUNT(e.id) AS exchanges"
            " FROM conversation c JOIN exchange e ON e.conversation = c.id"
            " WHERE c.owner = ? GROUP BY c.id ORDER BY c.changed DESC, c.rowid DESC"
        )
        with self._lock:
            rows = self._connection.execute(query, (owner,)).fetchall()
        return [
            ConversationEntry(row["id"], row["title"], datetime.fromisoformat(row["changed"]), row["exchanges"]) for row in rows
        ]

    def exchanges(self, conversation: str) -> list[Exchange]:
        """The exchanges of a conversation, oldest first, their citations resolved against the library as it is now."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT * FROM exchange WHERE conversation = ? ORDER BY id", (conversation,)
            ).fetchall()
        return [self._exchange(row) for row in rows]

    def exchange(self, conversation: str, identifier: int) -> Exchange | None:
        """One exchange, if that conversation has it."""
        row = self._one("SELECT * FROM exchange WHERE conversation = ? AND id = ?", (conversation, identifier))
        return self._exchange(row) if row is not None else None

    def conversation(self, conversation: str) -> Conversation:
        """What the assistant needs to understand a follow-up question; exchanges without an answer are left out."""
        answered = (item for item in self.exchanges(conversation) if item.answer is not None)
        return Conversation(tuple(item.as_turn() for item in answered))

    def begin_exchange(self, conversation: str, question: str) -> Exchange:
        """Store a question whose answer is to come; the first one gives the conversation its title."""
        title = question if len(question) <= LONGEST_TITLE else question[: LONGEST_TITLE - 1] + "…"
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO exchange (conversation, question, standalone, state) VALUES (?, ?, ?, 'running')",
                (conversation, question, question),
            )
            connection.execute(
                "UPDATE conversation SET changed = ?, title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?",
                (_now(), title, conversation),
            )
        assert cursor.lastrowid is not None
        return Exchange(cursor.lastrowid, question, question)

    def save(self, exchange: Exchange) -> None:
        """Store what has become of an exchange; one that was deleted meanwhile stays deleted, after `close` nothing happens."""
        if self._closed:
            return
        with self._writing() as connection:
            connection.execute(
                "UPDATE exchange SET standalone = ?, state = ?, answer = ?, message = ? WHERE id = ?",
                (exchange.standalone, exchange.state, encode_answer(exchange.answer), exchange.message, exchange.id),
            )

    def drop_exchange(self, conversation: str, identifier: int) -> None:
        """Forget one exchange of a conversation."""
        with self._writing() as connection:
            connection.execute("DELETE FROM exchange WHERE conversation = ? AND id = ?", (conversation, identifier))

    def delete(self, conversation: str) -> None:
        """Forget a conversation for good."""
        with self._writing() as connection:
            connection.execute("DELETE FROM conversation WHERE id = ?", (conversation,))

    def _exchange(self, row: sqlite3.Row) -> Exchange:
        stored = Exchange(row["id"], row["question"], row["standalone"], row["state"], message=row["message"])
        return replace(stored, answer=decode_answer(row["answer"], self._lookup))

    def _one(self, query: str, values: tuple[object, ...]) -> sqlite3.Row | None:
        with self._lock:
            row: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
        return row

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            # sqlite3's own block commits at its end and rolls back where an error leaves it.
            with self._connection:
                yield self._connection


def owner_of(token: str) -> str:
    """The name under which a browser's token is stored; the token itself is not kept."""
    return sha256(token.encode("utf-8")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()
