"""Statements and turns in the catalogue: a JSON record each, and columns by which statements are narrowed down.

The columns are a hint and the record is the truth: a name in them is folded (no accents, no case), and statements stored by an
earlier version have none. What is narrowed down may so hold too much, never too little.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as Date
from typing import get_args

from parley.index.errors import LibraryDamagedError, QuestionError
from parley.index.language.folding import fold_text
from parley.index.language.lexicon import stances
from parley.index.store.database import IN_LIST, Connection, Database
from parley.index.store.records import dump_statement, dump_turn, load_statement, load_turn, spoken_spans
from parley.index.store.stored_passages import batches
from parley.index.types import Span, Statement, Status, Turn


@dataclass(frozen=True, slots=True)
class StatementConditions:
    """Narrows statements down; `None` means "no restriction". Names match in part, without regard to accents or case.

    Raises QuestionError for a stance or status that there is not: a typing mistake is not "nobody said so".

    Attributes:
        speaker, party: of the statement.
        outlet: the document's outlet, or the one that the speaker spoke to.
        stance, status: exactly these.
        firsthand_only: leave out what somebody relayed for another.
        since, until: first and last date of the document; undated documents are then left out.
        documents: ids; empty means "all documents".
        speaker_words: letters and digits, without accents and case, that the speaker's name has somewhere; all of them.
        party_words: the same of the party, for each of several names: those of one name at least.
        graded_only: leave out what has no status, unless somebody relayed it: what another reports tells whose a status is.
    """

    speaker: str | None = None
    party: str | None = None
    outlet: str | None = None
    stance: str | None = None
    status: str | None = None
    firsthand_only: bool = False
    since: Date | None = None
    until: Date | None = None
    documents: tuple[str, ...] = ()
    speaker_words: tuple[str, ...] = ()
    party_words: tuple[tuple[str, ...], ...] = ()
    graded_only: bool = False

    def __post_init__(self) -> None:
        """Check what can only be one of a few words."""
        _check_known("status", self.status, get_args(Status))
        if self.stance is not None:
            _check_known("stance", self.stance, sorted(stances()))


def _check_known(field: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise QuestionError(f"No statement can have the {field} {value!r}. It is one of: {', '.join(known)}.")


class StoredStatements:
    """Reads the tables of statements and turns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_document(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document in reading order."""
        query = (
            "SELECT record FROM statements JOIN documents ON documents.row = document WHERE documents.id = ? "
            "ORDER BY statements.id"
        )
        return tuple(load_statement(row[0]) for row in self._database.all(query, (document_id,)))

    def turns_of(self, document_id: str) -> tuple[Turn, ...]:
        """The turns of a document in reading order."""
        query = "SELECT record FROM turns JOIN documents ON documents.row = document WHERE documents.id = ? ORDER BY turns.id"
        return tuple(load_turn(row[0]) for row in self._database.all(query, (document_id,)))

    def interrupted(self, document_id: str) -> list[tuple[Span, ...]]:
        """The spans of what was said in each statement of a document that a speaker clause interrupts, in reading order."""
        query = (
            "SELECT record FROM statements JOIN documents ON documents.row = document "  # noqa: S608
            f"WHERE documents.id = ? AND {_INTERRUPTED}"
        )
        return [spoken_spans(row[0]) for row in self._database.all(query, (document_id,))]

    def narrowed(self, wanted: StatementConditions, is_sound: Callable[[str], bool]) -> Iterator[tuple[str, Statement]]:
        """All statements that may meet the conditions, each with its document's id, in order of document and position.

        Those of a document that `is_sound` denies are left out unread. What is narrowed down is found in an index alone; the
        records of what is left are read some hundreds at a time.
        """
        query = "SELECT document, id FROM statements"
        values: list[object] = []
        if self._database.is_complete:
            conditions, values = self._conditions(wanted)
            query += " INDEXED BY statements_narrow" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
        found = self._database.all(query, tuple(values))
        last, sound = "", False
        for chunk in batches(sorted(found)):
            query = (
                "SELECT documents.id, record FROM statements JOIN documents ON documents.row = document "  # noqa: S608
                f"WHERE statements.id IN {IN_LIST} ORDER BY document, statements.id"
            )
            for document_id, record in self._database.all(query, (json.dumps([key for _, key in chunk]),)):
                if document_id != last:
                    last, sound = document_id, is_sound(document_id)
                if sound:
                    yield document_id, load_statement(record)

    def wrongly_filed(self) -> list[int]:
        """Ids of the statements whose columns are not those of their record, so that narrowing down may miss them.

        Those that earlier versions stored without columns are not, nor is what cannot be read, which its digest tells.
        """
        wrong = []
        query = f"SELECT id, record, speaker, party, outlet, stance, status, relayed FROM statements WHERE NOT ({_UNKNOWN})"  # noqa: S608
        for key, record, *filed in self._database.all(query):
            with suppress(LibraryDamagedError):
                if tuple(filed) != _columns(load_statement(record)):
                    wrong.append(key)
        return wrong

    def file_anew(self, ids: Sequence[int]) -> None:
        """Write the columns of these statements as their records have them."""
        with self._database.transaction() as connection:
            for key in ids:
                (record,) = connection.execute("SELECT record FROM statements WHERE id = ?", (key,)).fetchone()
                connection.execute(
                    "UPDATE statements SET speaker = ?, party = ?, outlet = ?, stance = ?, status = ?, relayed = ? WHERE id = ?",
                    (*_columns(load_statement(record)), key),
                )

    def _conditions(self, wanted: StatementConditions) -> tuple[list[str], list[object]]:
        conditions: list[str] = []
        values: list[object] = []
        names = (("speaker", wanted.speaker, (wanted.speaker_words,)), ("party", wanted.party, wanted.party_words))
        for column, name, in_words in names:
            if name is not None:
                conditions.append(f"(instr({column}, ?) OR {_UNKNOWN})")
                values.append(fold_text(name))
            condition, words = _of_names(column, in_words)
            conditions += condition
            values += words
        if wanted.outlet is not None:
            conditions.append(f"(instr(outlet, ?) OR {_UNKNOWN} OR document IN {_OF_OUTLETS})")
            values += [fold_text(wanted.outlet), json.dumps(self._outlets(wanted.outlet), ensure_ascii=False)]
        for column, value in (("stance", wanted.stance), ("status", wanted.status)):
            if value is not None:
                conditions.append(f"({column} = ? OR {_UNKNOWN})")
                values.append(value)
        only = ((wanted.firsthand_only, "relayed = 0"), (wanted.graded_only, "status <> 'none' OR relayed <> 0"))
        conditions += [f"({condition} OR {_UNKNOWN})" for is_wanted, condition in only if is_wanted]
        for comparison, day in ((">=", wanted.since), ("<=", wanted.until)):
            if day is not None:
                conditions.append(f"document IN (SELECT row FROM documents WHERE date {comparison} ?)")  # noqa: S608
                values.append(day.isoformat())
        if wanted.documents:
            conditions.append(f"document IN (SELECT row FROM documents WHERE id IN {IN_LIST})")  # noqa: S608
            values.append(json.dumps(list(wanted.documents), ensure_ascii=False))
        return conditions, values

    def _outlets(self, name: str) -> list[str]:
        """The outlets of documents that a name means."""
        rows = self._database.all("SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL")
        return [row[0] for row in rows if fold_text(name) in fold_text(row[0])]


_UNKNOWN = "relayed IS NULL"
"""What statements of earlier versions have in place of columns."""

_INTERRUPTED = "CASE WHEN json_valid(record) THEN json_array_length(record, '$.content') > 1 ELSE 1 END ORDER BY statements.id"
"""Narrows statements down to those of which a speaker clause stands between the words said; a damaged record tells by itself."""

_OF_OUTLETS = f"(SELECT row FROM documents WHERE outlet IN {IN_LIST})"  # noqa: S608


def _of_names(column: str, names: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """What holds where a column has all words of one of these names; nothing where a name has no words, as all may be meant."""
    if not names or not all(names):
        return [], []
    each = (" AND ".join([f"instr({column}, ?)"] * len(words)) for words in names)
    return [f"({' OR '.join(each)} OR {_UNKNOWN})"], [word for words in names for word in words]


def replace_statements(connection: Connection, row: int, statements: Sequence[Statement]) -> bool:
    """Store the statements of the document in a row anew; returns whether other ones are interrupted by a speaker clause."""
    query = f"SELECT record FROM statements WHERE document = ? AND {_INTERRUPTED}"  # noqa: S608
    before = []
    with suppress(LibraryDamagedError):
        before = [spoken_spans(found[0]) for found in connection.execute(query, (row,))]
    connection.execute("DELETE FROM statements WHERE document = ?", (row,))
    insert_statements(connection, row, statements)
    return before != [statement.content for statement in statements if len(statement.content) > 1]


def insert_statements(connection: Connection, row: int, statements: Sequence[Statement]) -> None:
    """Store the statements of the document in a row."""
    records = [(row, dump_statement(statement), *_columns(statement)) for statement in statements]
    connection.executemany(
        "INSERT INTO statements (document, record, speaker, party, outlet, stance, status, relayed) VALUES (?,?,?,?,?,?,?,?)",
        records,
    )


def insert_turns(connection: Connection, row: int, turns: Sequence[Turn]) -> None:
    """Store the turns of the document in a row."""
    connection.executemany("INSERT INTO turns (document, record) VALUES (?,?)", [(row, dump_turn(turn)) for turn in turns])


def _columns(statement: Statement) -> tuple[object, ...]:
    names = (fold_text(name or "") for name in (statement.speaker, statement.party, statement.outlet))
    return (*names, statement.stance or "", statement.status, int(bool(statement.relay)))
