"""Answers from a table that has a column for the asked side and a row for the asked matter."""

from __future__ import annotations

import re

from parley.assistant.answers.composing import Verbatim
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.evidence.table_rows import heading_row
from parley.index.language.words import fold, stems_of
from parley.index.types import Document, Passage, Span

_BORDER = re.compile(r"\s\|\s")


def table_answer(inquiry: Inquiry) -> Finding | None:
    """The row on the asked matter under the heads of its columns, where one of these is the asked side; `None` without one."""
    side = inquiry.question.speaker
    terms = [item for item in inquiry.terms if item.term.weight >= 1 and not item.term.named]
    if side is None or not terms or inquiry.question.kind not in ("what_said", "what", "how_many"):
        return None
    for hit in inquiry.hits:
        document = inquiry.evidence.document(hit.passage.document_id)
        found = _row(document, hit.passage, side, terms)
        if found is not None:
            return _told(inquiry, document, *found, side)
    return None


def _row(document: Document, passage: Passage, side: str, terms: list[WeightedTerm]) -> tuple[Span, Span] | None:
    """The heads and the row of a passage's table that are asked about."""
    for line in re.compile(r"[^\n]+").finditer(document.text, passage.start, passage.end):
        heads = heading_row(document.text, Span(*line.span()))
        if heads is None or heads.start == line.start() or not _names(document.text[heads.start : heads.end], side):
            continue
        first = _BORDER.split(line.group())[0]
        if any(match(item.term, stems_of(first)) >= 1 for item in terms):
            return heads, Span(*line.span())
    return None


def _names(heads: str, side: str) -> bool:
    """Whether one of the heads is the asked side, with or without a word such as "position of"."""
    wanted = fold(side)
    return any(re.search(rf"\b{re.escape(wanted)}\b", fold(cell)) for cell in _BORDER.split(heads)[1:])


def _told(inquiry: Inquiry, document: Document, heads: Span, row: Span, side: str) -> Finding:
    draft = inquiry.draft()
    pieces: list[str | Verbatim] = [
        f"A table has a column for {side}: ",
        Verbatim(document, row),
        ", under the heads ",
        Verbatim(document, heads),
    ]
    draft.say(pieces, cite(inquiry.evidence, document, Span(heads.start, row.end), None))
    return finished("answered", draft)
