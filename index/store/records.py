"""Documents and statements in the form in which the catalogue stores them: rows and JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date as Date
from typing import Any

from parley.index.errors import LibraryDamagedError
from parley.index.types import Document, DocumentEntry, Heading, Page, ReadingWarning, Span, Statement, Turn

ENTRY_COLUMNS = (
    "id, title, outlet, author, date, language, source_path, sha256, "
    "CASE WHEN json_extract(pages, '$[0].unit') > '' THEN 0 ELSE json_array_length(pages) END, basis, "
    "genre, place, addressees, symbol, warnings"
)
"""What `entry_of` reads. SQLite keeps a long text on pages of its own, which these columns leave alone."""


@contextmanager
def reading_record(kind: str) -> Iterator[None]:
    """Turn what a damaged record makes its reader raise into a LibraryDamagedError; `kind` as in "A statement"."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        msg = (
            f"{kind} in the library cannot be read ({type(error).__name__}: {error}). `parley doctor` tells which document it "
            "belongs to, and mends it where the document's file or text is whole."
        )
        raise LibraryDamagedError(msg) from error


@reading_record("A passage")
def load_headings(record: str) -> tuple[str, ...]:
    """The heading path of a passage, stored as JSON. Raises LibraryDamagedError."""
    return tuple(_text(item) for item in json.loads(record))


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = f"{value!r} is no text"
        raise TypeError(msg)
    return value


def dump_statement(statement: Statement) -> str:
    """The statement as a JSON object; spans become `[start, end]`."""
    values = asdict(statement)
    for name in ("also_called", "speaks_for"):  # the user's own names; the list that has them may change
        del values[name]
    values["date"] = statement.date.isoformat() if statement.date else None
    return json.dumps(values, ensure_ascii=False)


@reading_record("A statement")
def load_statement(record: str) -> Statement:
    """The statement that `dump_statement` wrote. Raises LibraryDamagedError."""
    values = json.loads(record)
    for name in ("content", "hedges", "negations", "standing_words"):
        values[name] = tuple(Span(*span) for span in values.get(name, ()))
    for name in ("cue", "speaker_span"):
        values[name] = Span(*values[name]) if values[name] is not None else None
    values["relay"] = tuple(values["relay"])
    values["date"] = _day(values.get("date"))
    return Statement(**values)


def spoken_spans(record: str) -> tuple[Span, ...]:
    """The spans of what was said in a statement that `dump_statement` wrote."""
    with reading_record("A statement"):
        return tuple(Span(*span) for span in json.loads(record)["content"])


def dump_turn(turn: Turn) -> str:
    """The turn as a JSON object; spans become `[start, end]`, its day ISO 8601."""
    values = asdict(turn)
    values["date"] = turn.date.isoformat() if turn.date else None
    return json.dumps(values, ensure_ascii=False)


@reading_record("A turn")
def load_turn(record: str) -> Turn:
    """The turn that `dump_turn` wrote. Raises LibraryDamagedError."""
    values = json.loads(record)
    values["said"] = tuple(Span(*span) for span in values["said"])
    values["label"] = Span(*values["label"]) if values["label"] is not None else None
    values["date"] = _day(values["date"])
    return Turn(**values)


def document_values(document: Document) -> tuple[object, ...]:
    """The columns of a document from `id` on, in the order of the table."""
    title, outlet, author, day, language, basis = description_values(document)[:6]
    return (
        document.id,
        title,
        outlet,
        author,
        day,
        language,
        document.source_path,
        document.sha256,
        json.dumps([asdict(page) for page in document.pages]),
        json.dumps([asdict(heading) for heading in document.headings]),
        basis,
        document.text,
        document.genre,
        document.place,
        document.addressees,
        document.symbol,
        json.dumps([asdict(item) for item in document.warnings], ensure_ascii=False),
    )


def description_values(document: Document) -> tuple[str | None, ...]:
    """Title, outlet, author, date, language, basis, genre, place, addressees and symbol as columns."""
    day = document.date.isoformat() if document.date else None
    known = (document.title, document.outlet, document.author, day, document.language, json.dumps(document.basis))
    return *known, document.genre, document.place, document.addressees, document.symbol


@reading_record("A document")
def document_of(row: Sequence[Any]) -> Document:
    """The document in a row of the whole table. Raises LibraryDamagedError."""
    _, identifier, title, outlet, author, day, language, source_path, digest, pages, headings, basis, text, *form = row
    genre, place, addressees, symbol, warnings = form
    return Document(
        id=identifier,
        text=text,
        title=title,
        outlet=outlet,
        author=author,
        date=_day(day),
        language=language,
        source_path=source_path,
        sha256=digest,
        pages=tuple(Page(**page) for page in json.loads(pages)),
        headings=tuple(Heading(**heading) for heading in json.loads(headings)),
        basis=_basis(basis),
        genre=genre,
        place=place,
        addressees=addressees,
        symbol=symbol,
        warnings=_warnings(warnings),
    )


@reading_record("A document")
def entry_of(row: Sequence[Any]) -> DocumentEntry:
    """The entry in a row of `ENTRY_COLUMNS`. Raises LibraryDamagedError."""
    identifier, title, outlet, author, day, language, source_path, digest, page_count, basis, *form, warnings = row
    genre, place, addressees, symbol = form
    return DocumentEntry(
        id=identifier,
        title=title,
        outlet=outlet,
        author=author,
        date=_day(day),
        language=language,
        source_path=source_path,
        sha256=digest,
        page_count=page_count,
        basis=_basis(basis),
        genre=genre,
        place=place,
        addressees=addressees,
        symbol=symbol,
        warnings=_warnings(warnings),
    )


def _warnings(text: str | None) -> tuple[ReadingWarning, ...]:
    found = json.loads(text) if text else []
    return tuple(ReadingWarning(item["kind"], item["message"], tuple(item["details"])) for item in found)


def _day(text: str | None) -> Date | None:
    return Date.fromisoformat(text) if text else None


def _basis(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, where) for name, where in json.loads(text))
