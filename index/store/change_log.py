"""The log of changes: which passages came and went, and which documents were touched, since a change that is known.

Every change of content has a number, one more than the last, and a random mark. The mark tells two histories apart that count
alike: a library that was restored from a backup goes on with the same numbers and other marks. What is a change is written in
the transaction of the change itself, most of it by triggers, so the log can neither lag behind nor skip.
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.index.store.database import Connection, Database
from parley.index.store.records import reading_record


@dataclass(frozen=True, slots=True)
class State:
    """Where a library stands: the number of its last change, and that change's mark (16 hexadecimal digits)."""

    number: int
    mark: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A state, and the row of the document that was the last to be stored by then: later ones have higher rows."""

    state: State
    last_row: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a state.

    Attributes:
        state: where the library stands now.
        added: ids of passages that came since and are still there, ascending.
        removed: ids of passages that went since, ascending; some may have come since as well.
        documents: ids of the documents touched; `None` where that is not known of all any more.
        known: those of them whose ids are known; of the others none is held any more.
    """

    state: State
    added: tuple[int, ...]
    removed: tuple[int, ...]
    documents: frozenset[str] | None
    known: frozenset[str] = frozenset()


def count_change(connection: Connection) -> int:
    """Begin a change, within its transaction and before anything else; returns its number."""
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'change'")
    (number,) = connection.execute("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change'").fetchone()
    connection.execute("INSERT OR REPLACE INTO changes VALUES (?, hex(randomblob(8)))", (number,))
    return int(number)


class ChangeLog:
    """Reads the log of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def number(self) -> int:
        """The number of the last change; equal numbers mean equal content."""
        row = self._database.one("SELECT value FROM meta WHERE key = 'change'")
        with reading_record("The number of changes"):
            return int(row[0]) if row else 0

    @property
    def state(self) -> State:
        """Where the library stands now."""
        if not self._database.is_complete:  # of an earlier version, and on media that nobody writes to
            return State(self.number, _NO_MARK)
        row = self._database.one(f"SELECT number, mark FROM changes WHERE number = {_NOW}")  # noqa: S608
        assert row is not None, "every change has a mark"
        return State(int(row[0]), str(row[1]))

    def since(self, state: State | None) -> Changes | None:
        """What happened since a state; `None` where it is none of this library's, so that everything has to be compared."""
        if state is None:
            return None
        if not self._database.is_complete:
            return Changes(state, (), (), frozenset()) if state == self.state else None
        # One statement reads one state of the file, though another process may be writing.
        rows = self._database.all(_SINCE, (state.number,) * 3)
        known = {int(number): str(text) for kind, number, text in rows if kind == "mark"}
        if known.get(state.number) != state.mark:
            return None
        last = max(known)
        names = frozenset(text for kind, _, text in rows if kind == "document")
        return Changes(
            State(last, known[last]),
            tuple(sorted(int(number) for kind, number, _ in rows if kind == "added")),
            tuple(sorted(int(number) for kind, number, _ in rows if kind == "removed")),
            None if None in names else names,
            names - {None},
        )

    def forget_names(self, connection: Connection) -> None:
        """Take the ids of documents that are gone out of the log, within a transaction."""
        connection.execute("UPDATE changed_documents SET id = NULL WHERE id NOT IN (SELECT id FROM documents)")


_NO_MARK = "0" * 16

_NOW = "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change')"
_SINCE = f"""
SELECT 'added', id, NULL FROM passages WHERE change > ?1
UNION ALL SELECT 'removed', passage, NULL FROM removed_passages WHERE change > ?2
UNION ALL SELECT 'document', 0, id FROM (SELECT DISTINCT id FROM changed_documents WHERE change > ?3)
UNION ALL SELECT 'mark', number, mark FROM changes WHERE number = ?1 OR number = {_NOW}
"""  # noqa: S608
