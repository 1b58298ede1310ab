"""In whose voice words stand that no statement covers: the document's own, nobody's known, or not told."""

from __future__ import annotations

from typing import Literal

from parley.index.language.quotations import quotation_spans
from parley.index.structure.voices.lines import notes_start, text_lines
from parley.index.types import Document, Span

Voice = Literal["own", "unknown", "not told"]

_WRITTEN = frozenset({"letter", "telegram", "mail thread"})


def voice_of(document: Document, span: Span | None) -> Voice:
    """The voice of words to which nobody is said to speak.

    A quotation, a question and a letter without a recognised speaker are nobody's known, never the document's own words. In
    another language than English it is not told who speaks.
    """
    if document.language not in {None, "en"}:
        return "not told"
    if document.genre in _WRITTEN and document.author is None and not (span is not None and is_in_notes(document, span.start)):
        return "unknown"
    return "unknown" if span is not None and (_asks(document, span) or _is_quoted(document, span)) else "own"


def is_in_notes(document: Document, offset: int) -> bool:
    """Whether a place in a letter or telegram is in the notes below it, which are whoever published it speaking."""
    if document.genre not in _WRITTEN:
        return False
    lines = text_lines(document.text)
    first = notes_start(document.text, lines)
    return first < len(lines) and offset >= lines[first].start


def _asks(document: Document, span: Span) -> bool:
    return document.text[span.start : span.end].rstrip("\"'”’») \n").endswith("?")


def _is_quoted(document: Document, span: Span) -> bool:
    """Whether most of the words stand in quotation marks."""
    text = document.text
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    quoted = quotation_spans(text, first, len(text) if last < 0 else last)
    inside = sum(max(0, min(one.end, span.end) - max(one.start, span.start)) for one in quoted if one.depth == 0)
    return 2 * inside > span.end - span.start
