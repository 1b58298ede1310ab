"""CSV and JSONL: a row for each answer and for each quoted span, with the same columns in both.

JSONL holds every text verbatim. CSV does too, but for an apostrophe before what a spreadsheet would take for a formula;
`unguard_cell` removes exactly those.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from parley.assistant.reports.export.record import Entry, Record, Reference
from parley.index.types import Span

Row = dict[str, object]

COLUMNS: tuple[str, ...] = (
    *("record", "number", "part", "marker", "quote", "start", "end", "attribution", "verified"),
    *("document_id", "title", "outlet", "author", "date", "page", "document_sha256"),
    *("speaker", "speaker_kind", "role", "party", "said_to", "relay", "cue", "mode", "stance", "statement_status", "negated"),
    *("view", "section", "filed_under", "party_basis", "issues", "filed_status", "filed_date", "date_basis"),
    *("date_words", "date_start", "date_end", "reported_by", "reports"),
    *("question", "understood", "answer", "status", "engine", "notices", "parley_version", "model_sha256", "exported"),
)

# A field that is opened with the wrong separator falls apart at ; or a tab, so what follows those is guarded as well.
# Spreadsheets skip blanks, invisible characters and stray quotation marks before a formula.
_FORMULA = (
    r"""'*[ "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*[-=+@＝＋－＠]"""
)
_UNGUARDED = re.compile(rf"(^|[;\t\r\n])(?={_FORMULA})")
_GUARDED = re.compile(rf"(^|[;\t\r\n])'(?={_FORMULA})")


def to_jsonl(record: Record) -> bytes:
    """One JSON object per line, UTF-8; what is not known is null."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(record))
    return "".join(lines).encode("utf-8", "backslashreplace")


def to_csv(record: Record) -> bytes:
    """Comma-separated, all cells quoted, UTF-8 with the mark by which spreadsheets know it; what is not known is empty."""
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows(record):
        table.writerow([_cell(value) for value in row.values()])
    return buffer.getvalue().encode("utf-8-sig", "backslashreplace")


def guard_cell(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could begin to read a formula."""
    return _UNGUARDED.sub(r"\1'", text)


def unguard_cell(text: str) -> str:
    """The text as it was before `guard_cell`."""
    return _GUARDED.sub(r"\1", text)


def rows(record: Record) -> Iterator[Row]:
    """A row per answer, then one per quoted span; a quotation of several spans has as many rows with the same number."""
    for entry in record.entries:
        if entry.question is not None:
            text = " ".join(line.text + "".join(f" [{number}]" for number in line.numbers) for line in entry.lines)
            yield _blank(record, entry) | {"record": "answer", "answer": text}
        for reference in entry.references:
            for part, span in enumerate(reference.spans, start=1):
                yield _blank(record, entry) | _reference(reference, part, span)


def _blank(record: Record, entry: Entry) -> Row:
    """A row with every column; those of an answer's text and of a quotation are empty."""
    known = {
        "question": entry.question,
        "understood": entry.understood,
        "status": entry.status,
        "engine": entry.engine,
        "notices": list(entry.notices),
        "parley_version": record.version,
        "model_sha256": record.model_sha256,
        "exported": record.exported.isoformat() if record.exported else None,
    }
    return dict.fromkeys(COLUMNS) | known


def _reference(reference: Reference, part: int, span: Span) -> Row:
    document = reference.document
    return {
        "record": reference.kind,
        "number": reference.number,
        "part": part,
        "marker": reference.marker,
        "quote": document.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "attribution": reference.attribution,
        "document_id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "date": document.date.isoformat() if document.date else None,
        "page": document.page_at(span.start),
        "document_sha256": document.sha256 or None,
        "verified": reference.verified,
        **_statement(reference),
        **_place(reference),
    }


def _statement(reference: Reference) -> Row:
    statement = reference.statement
    if statement is None:
        return {}
    cue = statement.cue
    return {
        "speaker": statement.speaker,
        "speaker_kind": statement.speaker_kind,
        "role": statement.role,
        "party": statement.party,
        "said_to": statement.outlet,
        "relay": list(statement.relay),
        "cue": reference.document.text[cue.start : cue.end] if cue else None,
        "mode": statement.mode,
        "stance": statement.stance,
        "statement_status": statement.status,
        "negated": statement.negated,
    }


def _place(reference: Reference) -> Row:
    place = reference.place
    if place is None:
        return {}
    words = place.date_words
    return {
        "view": place.view,
        "section": place.section,
        "filed_under": place.party,
        "party_basis": place.party_basis,
        "issues": list(place.issues),
        "filed_status": place.status,
        "filed_date": place.date.isoformat() if place.date else None,
        "date_basis": place.date_basis,
        "date_words": reference.document.text[words.start : words.end] if words else None,
        "date_start": words.start if words else None,
        "date_end": words.end if words else None,
        "reported_by": list(place.reported_by),
        "reports": list(place.reports),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return guard_cell("\n".join(value) if isinstance(value, list) else str(value))
