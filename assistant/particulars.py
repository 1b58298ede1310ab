"""Documents and statements as plain JSON values, and back again as far as a library still has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date as Date
from typing import Any, Protocol

from parley.index.errors import DocumentNotFoundError, LibraryDamagedError
from parley.index.types import Document, Span, Statement

JsonObject = dict[str, object]

SCHEMA_VERSION = 1
"""Of all JSON that is given to programs; grows when a field changes its meaning or goes. New fields may come at any time."""


class DocumentLookup(Protocol):
    """Where the documents of a stored answer are looked up again; an `Assistant` is one."""

    def document(self, document_id: str) -> Document:
        """The document with that id; raises DocumentNotFoundError."""
        ...

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements of a document."""
        ...


def document_json(document: Document) -> JsonObject:
    """A document's particulars without its text, each with where it was found."""
    return {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "date": document.date.isoformat() if document.date else None,
        "language": document.language,
        "source_path": document.source_path,
        "sha256": document.sha256,
        "pages": sum(not page.unit for page in document.pages),
        "characters": len(document.text),
        "basis": dict(document.basis),
        "warnings": [asdict(warning) for warning in document.warnings],
    }


def document_of(fields: Mapping[str, Any], lookup: DocumentLookup | None) -> Document:
    """The document that is told by its particulars; one that is not there any more, or damaged, keeps these, and has no text."""
    try:
        if lookup is not None:
            return lookup.document(fields["id"])
    except (DocumentNotFoundError, LibraryDamagedError):
        pass
    day = Date.fromisoformat(fields["date"]) if fields["date"] else None
    return Document(fields["id"], "", fields["title"], outlet=fields["outlet"], author=fields["author"], date=day)


def statement_json(statement: Statement, document: Document) -> JsonObject:
    """A statement with the words at each of its spans."""
    return {
        "speaker": statement.speaker,
        "speaker_kind": statement.speaker_kind,
        "speaker_as_written": _slice(document, statement.speaker_span),
        "resolved_by": statement.resolved_by,
        "role": statement.role,
        "former": statement.former,
        "party": statement.party,
        "on_behalf_of": statement.on_behalf_of,
        "addressee": statement.addressee,
        "outlet": statement.outlet,
        "reporter": statement.reporter,
        "relay": list(statement.relay),
        "mode": statement.mode,
        "cue": _slice(document, statement.cue),
        "cue_lemma": statement.cue_lemma,
        "stance": statement.stance,
        "status": statement.status,
        "negated": statement.negated,
        "hedges": [document.text[span.start : span.end] for span in statement.hedges],
        "standing": statement.standing,
        "standing_words": [document.text[span.start : span.end] for span in statement.standing_words],
        "content": [
            {"start": span.start, "end": span.end, "text": document.text[span.start : span.end]} for span in statement.content
        ],
        "start": statement.start,
        "end": statement.end,
        "confidence": statement.confidence,
    }


def statement_of(fields: Mapping[str, Any] | None, document: Document, lookup: DocumentLookup | None) -> Statement | None:
    """The statement as the library has it now; without it, one that keeps who said it and how."""
    if fields is None:
        return None
    content = tuple(Span(part["start"], part["end"]) for part in fields["content"])
    for statement in lookup.document_statements(document.id) if lookup is not None else ():
        if statement.content == content and statement.speaker == fields["speaker"]:
            return statement
    return Statement(
        document_id=document.id,
        content=content,
        cue=None,
        cue_lemma=fields["cue_lemma"],
        mode=fields["mode"],
        speaker=fields["speaker"],
        speaker_span=None,
        speaker_kind=fields["speaker_kind"],
        role=fields["role"],
        party=fields["party"],
        outlet=fields["outlet"],
        relay=tuple(fields["relay"]),
        stance=fields["stance"],
        status=fields["status"],
    )


def _slice(document: Document, span: Span | None) -> str | None:
    return document.text[span.start : span.end] if span is not None else None
