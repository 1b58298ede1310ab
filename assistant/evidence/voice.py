"""In whose voice words stand that no statement covers: the document's own, nobody's known, or not told."""

from __future__ import annotations

import re
from typing import Literal

from parley.index.language.lexicon import alternatives
from parley.index.language.paragraphs import lines_around
from parley.index.language.quotations import Quotation, quotation_spans
from parley.index.structure.voices.lines import notes_start, text_lines
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span

Voice = Literal["own", "unknown", "not told"]

_WRITTEN = frozenset({"letter", "telegram", "mail thread"})
_ISSUED = frozenset({"report", "communiqué", "statement", "resolution", "treaty", "minutes"})
"""Kinds of documents in which "we" is whoever issues them."""
_ANYBODY = turn_words("first_person") | turn_words("second_person")
_IN_PERSON = re.compile(rf"\b(?:I(?=['’]|\s+[a-z])|(?!US\b|ME\b)(?i:{alternatives(_ANYBODY - {'i'})}))\b")


def voice_of(document: Document, span: Span | None) -> Voice:
    """The voice of words to which nobody is said to speak.

    A quotation, a question and a letter without a recognised speaker are nobody's known, never the document's own words. It is
    not told who speaks in another language than English, and where somebody says "I", "we" or "you" in a text of which nothing
    says who wrote or issued it.
    """
    if document.language not in {None, "en"}:
        return "not told"
    if document.genre in _WRITTEN and document.author is None and not (span is not None and is_in_notes(document, span.start)):
        return "unknown"
    if span is None:
        return "own"
    if _asks(document, span) or _is_quoted(document, span):
        return "unknown"
    return "not told" if _is_nobodys(document) and _speaks_in_person(document, span) else "own"


def is_in_notes(document: Document, offset: int) -> bool:
    """Whether a place in a letter or telegram is in the notes below it, which are whoever published it speaking."""
    if document.genre not in _WRITTEN:
        return False
    lines = text_lines(document.text)
    first = notes_start(document.text, lines)
    return first < len(lines) and offset >= lines[first].start


def _is_nobodys(document: Document) -> bool:
    """Whether nothing says who wrote or issued a document, and its form is not one that an office issues in its own name."""
    return document.author is None and document.outlet is None and document.genre not in _ISSUED


def _speaks_in_person(document: Document, span: Span) -> bool:
    """Whether the words say "I", "we" or "you" outside quotation marks."""
    found = [Span(span.start + match.start(), 0) for match in _IN_PERSON.finditer(document.text[span.start : span.end])]
    quoted = _quotations(document, span) if found else []
    return any(not any(one.start <= place.start < one.end for one in quoted) for place in found)


def _asks(document: Document, span: Span) -> bool:
    return document.text[span.start : span.end].rstrip("\"'”’») \n").endswith("?")


def _is_quoted(document: Document, span: Span) -> bool:
    """Whether most of the words stand in quotation marks."""
    inside = sum(max(0, min(one.end, span.end) - max(one.start, span.start)) for one in _quotations(document, span))
    return 2 * inside > span.end - span.start


def _quotations(document: Document, span: Span) -> list[Quotation]:
    """The outer quotations of the lines that hold the words."""
    lines = lines_around(document.text, span.start, span.end)
    return [one for one in quotation_spans(document.text, lines.start, lines.end) if one.depth == 0]
