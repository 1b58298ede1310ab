"""RIS for the documents that are cited, which Zotero, EndNote and most others import; only what the documents state."""

from __future__ import annotations

from collections.abc import Iterator

from parley.assistant.reports.export.record import Record, cited_documents, one_line
from parley.assistant.reports.export.source_types import source_type
from parley.index.types import Document


def to_ris(record: Record) -> bytes:
    """An entry for each cited document, in order of first mention, with its quotations as notes; UTF-8 with CRLF."""
    lines: list[str] = []
    for document in cited_documents(record):
        lines += [f"{tag}  - {value}" for tag, value in _fields(document)]
        lines += [f"N1  - {note}" for note in _notes(record, document)]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines).encode("utf-8", "backslashreplace")


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    day = document.date
    kind = source_type(document)
    known = (
        ("TY", kind.ris),
        ("ID", document.id),
        ("TI", document.title),
        ("AU", document.author),
        ("T2" if kind.in_periodical else "PB", document.outlet),
        ("PY", f"{day.year:04}" if day else None),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}" if day else None),
        ("CY", document.place),
        ("M1", document.symbol),
        ("LA", document.language),
    )
    for tag, value in known:
        if value and (told := one_line(value)):
            yield tag, told


def _notes(record: Record, document: Document) -> Iterator[str]:
    for reference in record.references:
        if reference.document.id == document.id and reference.kind != "nearest":
            yield f"{one_line(reference.attribution)}: “{one_line(' … '.join(reference.quotes))}”"
    if document.sha256:
        yield f"SHA-256 {document.sha256}"
