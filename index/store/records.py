"""Documents and statements in the form in which the catalogue stores them: rows and JSON text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date as Date
from typing import Any

from parley.index.types import Document, DocumentEntry, Heading, Page, ReadingWarning, Span, Statement, Turn

ENTRY_COLUMNS = (
    "id, title, outlet, author, date, language, source_path, sha256, "
    "CASE WHEN json_extract(pages, '$[0].unit') > '' THEN 0 ELSE json_array_length(pages) END, basis, "
    "genre, place, addressees, symbol, warnings"
)
"""What `entry_of` reads. SQLite keeps a long text on pages of its own, which these columns leave alone."""


def dump_statement(statement: Statement) -> str:
    """The statement as a JSON object; spans become `[start, end]`."""
    values = asdict(statement)
    values["date"] = statement.date.isoformat() if statement.date else None
    return json.dumps(values, ensure_ascii=False)


def load_statement(record: str) -> Statement:
    """The statement that `dump_statement` wrote."""
    values = json.loads(record)
    for name in ("content", "hedges", "negations", "standing_words"):
        values[name] = tuple(Span(*span) for span in values.get(name, ()))
    for name in ("cue", "speaker_span"):
        values[name] = Span(*values[name]) if values[name] is not None else None
    values["relay"] = tuple(values["relay"])
    values["date"] = _day(values.get("date"))
    return Statement(**values)


def dump_turn(turn: Turn) -> str:
    """The turn as a JSON object; spans become `[start, end]`, its day ISO 8601."""
    values = asdict(turn)
    values["date"] = turn.date.isoformat() if turn.date else None
    return json.dumps(values, ensure_ascii=False)


def load_turn(record: str) -> Turn:
    """The turn that `dump_turn` wrote."""
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


def document_of(row: Sequence[Any]) -> Document:
    """The document in a row of the whole table."""
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


def entry_of(row: Sequence[Any]) -> DocumentEntry:
    """The entry in a row of `ENTRY_COLUMNS`."""
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
