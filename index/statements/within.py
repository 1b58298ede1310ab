"""What somebody's own words report of others: "As Ruiz once said, …" in a letter or a speech."""

from __future__ import annotations

from dataclasses import replace

from parley.index.statements.document import extract_statements
from parley.index.types import Document, Span, Statement


def statements_within(document: Document, words: Span) -> tuple[Statement, ...]:
    """The statements in `document.text[words.start:words.end]`, read as a text of its own; offsets are the document's.

    The words should be without the quotation marks around them, so that those inside are not taken for inner ones.
    """
    text = document.text[words.start : words.end]
    part = Document(id=document.id, text=text, title="", language=document.language)
    return tuple(_moved(statement, words.start) for statement in extract_statements(part, ()))


def _moved(statement: Statement, by: int) -> Statement:
    def moved(span: Span | None) -> Span | None:
        return Span(span.start + by, span.end + by) if span is not None else None

    return replace(
        statement,
        content=tuple(Span(start + by, end + by) for start, end in statement.content),
        cue=moved(statement.cue),
        speaker_span=moved(statement.speaker_span),
        hedges=tuple(Span(start + by, end + by) for start, end in statement.hedges),
        negations=tuple(Span(start + by, end + by) for start, end in statement.negations),
    )
