"""Conversations kept on the server, so that a reload or a restart loses nothing.

Each belongs to one browser, known by the digest of an unguessable token in its cookie: whoever does not hold the token
can neither list nor open them. Conversation ids are unguessable as well.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from parley.assistant import Answer, Conversation, DocumentNotFoundError
from parley.assistant.forgetting import rests_on, without_documents
from parley.assistant.particulars import DocumentLookup
from parley.ui.conversations.database import Database, moment_of
from parley.ui.conversations.feedback import Feedback
from parley.ui.conversations.payload import PayloadError
from parley.ui.conversations.turns import AnswerDamagedError, Exchange, answer_text, decode_answer, encode_answer

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A conversation in a list of conversations; `changed` is in UTC."""

    id: str
    title: str
    changed: datetime
    exchanges: int


class ConversationStore:
    """The conversations of everybody who uses a library. Safe to use from several threads."""

    def __init__(self, database: Database, lookup: DocumentLookup) -> None:
        self._database = database
        self._lookup = lookup
        # What a crash cut short.
        database.write("UPDATE exchange SET state = 'stopped' WHERE state = 'running'")

    def start(self, owner: str) -> str:
        """Begin a conversation and return its id; the owner's empty ones are forgotten."""
        identifier = secrets.token_urlsafe(18)
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM conversation WHERE owner = ? AND id NOT IN (SELECT conversation FROM exchange)", (owner,)
            )
            connection.execute(
                "INSERT INTO conversation (id, owner, changed, opened) VALUES (?, ?, ?, ?)", (identifier, owner, _now(), _now())
            )
        return identifier

    def fork(self, conversation: str, before: int) -> str:
        """Begin a conversation with the owner, the title and the exchanges of another, up to one that is left out."""
        identifier = secrets.token_urlsafe(18)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO conversation (id, owner, title, changed, opened)"
                " SELECT ?, owner, CASE WHEN EXISTS (SELECT 1 FROM exchange e WHERE e.conversation = c.id AND e.id < ?)"
                " THEN title ELSE '' END, ?, ? FROM conversation c WHERE id = ?",
                (identifier, before, _now(), _now(), conversation),
            )
            connection.execute(
                "INSERT INTO exchange (conversation, question, standalone, state, answer, message)"
                " SELECT ?, question, standalone, state, answer, message FROM exchange"
                " WHERE conversation = ? AND id < ? ORDER BY id",
                (identifier, conversation, before),
            )
        return identifier

    def latest(self, owner: str) -> str:
        """The id of the owner's conversation that was opened last; a new one if there is none."""
        row = self._database.row("SELECT id FROM conversation WHERE owner = ? ORDER BY opened DESC, rowid DESC LIMIT 1", (owner,))
        return str(row["id"]) if row is not None else self.start(owner)

    def owns(self, owner: str, conversation: str) -> bool:
        """Whether that conversation exists and is this owner's."""
        return self._database.row("SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)) is not None

    def require(self, owner: str, conversation: str) -> None:
        """Raises PayloadError if there is no such conversation of this owner's."""
        if not self.owns(owner, conversation):
            raise PayloadError("That conversation is not yours, or it was deleted. Reload the page.")

    def mark_opened(self, conversation: str) -> None:
        """Remember that a conversation was opened now."""
        self._database.write("UPDATE conversation SET opened = ? WHERE id = ?", (_now(), conversation))

    def entries(self, owner: str) -> list[ConversationEntry]:
        """The owner's conversations that have a question, last used first."""
        query = (
            "SELECT c.id, c.title, c.changed, COUNT(e.id) AS exchanges"
            " FROM conversation c JOIN exchange e ON e.conversation = c.id"
            " WHERE c.owner = ? GROUP BY c.id ORDER BY c.changed DESC, c.rowid DESC"
        )
        return [
            ConversationEntry(row["id"], row["title"], moment_of(row["changed"]), row["exchanges"])
            for row in self._database.rows(query, (owner,))
        ]

    def search(self, owner: str, words: str) -> list[ConversationEntry]:
        """Those of the owner's conversations whose title, questions and answers hold all the words, in any case."""
        wanted = words.casefold().split()
        return [entry for entry in self.entries(owner) if _holds_all(self._text(entry), wanted)]

    def _text(self, entry: ConversationEntry) -> str:
        query = "SELECT question, standalone, answer FROM exchange WHERE conversation = ?"
        rows = self._database.rows(query, (entry.id,))
        parts = [text for row in rows for text in (row["question"], row["standalone"], answer_text(row["answer"]))]
        return "\n".join([entry.title, *parts])

    def exchanges(self, conversation: str) -> list[Exchange]:
        """The exchanges of a conversation, oldest first, their citations resolved against the library as it is now."""
        rows = self._database.rows(f"{_SELECT_EXCHANGE} WHERE conversation = ? ORDER BY exchange.id", (conversation,))
        return [self._exchange(row) for row in rows]

    def exchange(self, conversation: str, identifier: int) -> Exchange | None:
        """One exchange, if that conversation has it."""
        row = self._database.row(f"{_SELECT_EXCHANGE} WHERE conversation = ? AND exchange.id = ?", (conversation, identifier))
        return self._exchange(row) if row is not None else None

    def conversation_of(self, owner: str, identifier: int) -> str | None:
        """The id of the owner's conversation that has an exchange; `None` if none of theirs has it."""
        query = "SELECT c.id FROM conversation c JOIN exchange e ON e.conversation = c.id WHERE c.owner = ? AND e.id = ?"
        row = self._database.row(query, (owner, identifier))
        return str(row["id"]) if row is not None else None

    def conversation(self, conversation: str) -> Conversation:
        """What the assistant needs to understand a follow-up question; exchanges without an answer are left out."""
        answered = (item for item in self.exchanges(conversation) if item.answer is not None)
        return Conversation(tuple(item.as_turn() for item in answered))

    def begin_exchange(self, conversation: str, question: str) -> Exchange:
        """Store a question whose answer is to come; the first one gives the conversation its title."""
        title = question if len(question) <= LONGEST_TITLE else question[: LONGEST_TITLE - 1] + "…"
        with self._database.writing() as connection:
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
        """Store what has become of an exchange; one that was deleted meanwhile stays deleted, and a closed file stays closed."""
        if self._database.is_closed:
            return
        # A document may have been removed while its words were on their way into this answer.
        answer = without_documents(encode_answer(exchange.answer), self._gone(exchange.answer))
        self._database.write(
            "UPDATE exchange SET standalone = ?, state = ?, answer = ?, message = ? WHERE id = ?",
            (exchange.standalone, exchange.state, answer, exchange.message, exchange.id),
        )

    def _gone(self, answer: Answer | None) -> set[str]:
        cited = {item.document.id for item in (*answer.citations, *answer.nearest)} if answer is not None else set()
        return {identifier for identifier in cited if not self._is_there(identifier)}

    def _is_there(self, document: str) -> bool:
        try:
            self._lookup.document(document)
        except DocumentNotFoundError:
            return False
        return True

    def resting_on(self, document: str) -> dict[int, str]:
        """The answers that quote a document, as they are stored, by the number of their exchange."""
        rows = self._database.rows("SELECT id, answer FROM exchange WHERE answer IS NOT NULL")
        return {row["id"]: row["answer"] for row in rows if rests_on(row["answer"], (document,))}

    def put_back(self, answers: Mapping[int, str]) -> None:
        """Store answers again as they were before a document was removed; those deleted meanwhile stay deleted."""
        for identifier, answer in answers.items():
            self._database.write("UPDATE exchange SET answer = ? WHERE id = ?", (answer, identifier))

    def drop_exchange(self, conversation: str, identifier: int) -> None:
        """Forget one exchange of a conversation."""
        self._database.write("DELETE FROM exchange WHERE conversation = ? AND id = ?", (conversation, identifier))

    def title(self, conversation: str) -> str:
        """The conversation's title; empty before its first question."""
        row = self._database.row("SELECT title FROM conversation WHERE id = ?", (conversation,))
        return str(row["title"]) if row is not None else ""

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title."""
        self._database.write("UPDATE conversation SET title = ? WHERE id = ?", (title, conversation))

    def delete(self, conversation: str) -> None:
        """Forget a conversation with everything said in it for good: nothing of it stays in the files."""
        self._database.write("DELETE FROM conversation WHERE id = ?", (conversation,))
        self._database.purge()

    def _exchange(self, row: Any) -> Exchange:  # noqa: ANN401  (a row of the database)
        stored = Exchange(row["id"], row["question"], row["standalone"], row["state"], message=row["message"])
        feedback = Feedback(row["verdict"], row["note"]) if row["verdict"] is not None else None
        try:
            return replace(stored, answer=decode_answer(row["answer"], self._lookup), feedback=feedback)
        except AnswerDamagedError as error:
            return replace(stored, state="failed", message=str(error), feedback=feedback)


_SELECT_EXCHANGE = "SELECT exchange.*, verdict, note FROM exchange LEFT JOIN feedback ON feedback.exchange = exchange.id"


def _holds_all(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def owner_of(token: str) -> str:
    """The name under which a browser's token is stored; the token itself is not kept."""
    return sha256(token.encode("utf-8")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat()
