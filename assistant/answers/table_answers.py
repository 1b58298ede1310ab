"""Answers from a table that has a column for the asked side and a row for the asked matter."""

from __future__ import annotations

import re

from parley.assistant.answers.composing import Verbatim
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.evidence.table_rows import heading_row, rows_below
from parley.index.language.paragraphs import CELL_BORDER, cell_spans
from parley.index.language.words import fold, stems_of
from parley.index.types import Document, Passage, Span

_LINE = re.compile(r"[^\n]+")


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
    """The heads and the row of a passage's table that are asked about.

    It is the one row whose first cell has the most of the asked words, all asked numbers among them: a word that several rows
    share tells none of them.
    """
    text = document.text
    for found in _LINE.finditer(text, passage.start, passage.end):
        heads = heading_row(text, Span(*found.span()))
        if heads is None or not _names(text[heads.start : heads.end], side):
            continue
        held = [(_asked(text[slice(*cell_spans(text, row)[0])], terms), row) for row in rows_below(text, heads)]
        most = max((share for share, _ in held), default=0.0)
        rows = [row for share, row in held if share == most > 0]
        if len(rows) == 1:
            return heads, rows[0]
    return None


def _asked(cell: str, terms: list[WeightedTerm]) -> float:
    """The share of the question's meaning that a cell has word for word; 0 where an asked number is not in it."""
    stems = stems_of(cell)
    held = [item for item in terms if match(item.term, stems) >= 1]
    if any(item not in held for item in terms if item.term.surface.isdigit()):
        return 0.0
    return sum(item.share for item in held)


def _names(heads: str, side: str) -> bool:
    """Whether one of the heads is the asked side, with or without a word such as "position of"."""
    wanted = fold(side)
    return any(re.search(rf"\b{re.escape(wanted)}\b", fold(cell)) for cell in CELL_BORDER.split(heads)[1:])


def _told(inquiry: Inquiry, document: Document, heads: Span, row: Span, side: str) -> Finding:
    draft = inquiry.draft()
    pieces: list[str | Verbatim] = [
        f"A table has a column for {side}: ",
        Verbatim(document, row),
        ", under the heads ",
        Verbatim(document, heads),
    ]
    draft.say(pieces, *(cite(inquiry.evidence, document, span, None) for span in (heads, row)))
    return finished("answered", draft)
