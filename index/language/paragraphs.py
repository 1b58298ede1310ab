"""Paragraphs of a text, as exact spans, whether lines are wrapped by hand or each line is a paragraph."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import pairwise

from parley.index.types import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_QUOTE_MARKS = re.compile(r"[^\S\n]*>(?:[^\S\n]?>)*(?=\s|\w|[\"“‘'(*]|\Z)")
_SENTENCE_END = re.compile(r"[.!?:;…؟。]['\"”’»)\]]*\s*$")

CELL_BORDER = re.compile(r"[^\S\n]\|(?:[^\S\n]|$)", re.MULTILINE)
"""What parts the cells of a table's row, which the readers write on a line: " | "."""

_WRAP_WIDTH = 100
"""Lines of hand-wrapped prose are rarely longer than this many characters."""

_PAGE_WIDTH = 130
"""Lines of a printed page, as programs take them out of a PDF, are rarely longer. In seven of nine labour agreements of that form
95 lines in 100 have at most 124 characters."""

_BROKEN = 0.5
"""At least this share of the long lines of such a page end in mid-sentence. Of paragraphs on one line each hardly one does."""

_NARROWEST = 40
"""Below this width lines are more likely items or verses than prose; there a sentence's end also ends the paragraph."""

_RAGGED = 0.75
"""A line longer than this share of the width, and without a sentence's end, may have been broken early."""

_TYPICAL = 0.95
"""The width of a hand-wrapped text is the length that this share of its lines do not exceed: a long address is no measure."""


def paragraph_spans(text: str) -> list[Span]:
    """Half-open spans of the paragraphs in order, without surrounding white space.

    A blank line always ends a paragraph. A single line break does too, except where the text looks wrapped by hand, at no
    more than 100 characters, or printed on a page, at no more than 130. There a line goes on in the next one if that one's
    first word would not have fitted on it, or if the line was broken in mid-sentence. Capitals alone make a heading; list
    items, rows of tables and the words of another mail (">>") begin paragraphs. Together the spans cover every character that
    is not white space.
    """
    width = _wrap_width(text)
    spans: list[Span] = []
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        spans.extend(_block_paragraphs(text, start, end, width))
        start = gap.end() if gap else len(text)
    return spans


def _wrap_width(text: str) -> int:
    """Characters to a line in a text wrapped by hand; 0 if it is not."""
    lengths = sorted(len(match.group().rstrip()) for match in _LINE.finditer(text) if match.group().strip())
    width = lengths[math.ceil(_TYPICAL * len(lengths)) - 1] if lengths else 0
    is_wrapped = width <= _WRAP_WIDTH or (width <= _PAGE_WIDTH and _is_broken(text, width))
    return width if is_wrapped else 0


def _is_broken(text: str, width: int) -> bool:
    """Whether most of the long lines end in mid-sentence, the next one beginning with a small letter or a number."""
    lines = [match.group().strip() for match in _LINE.finditer(text)]
    long = [
        bool(not _SENTENCE_END.search(line) and following and (following[0].islower() or following[0].isdigit()))
        for line, following in pairwise(lines)
        if len(line) > _RAGGED * width
    ]
    return len(long) > 1 and sum(long) >= _BROKEN * len(long)


def _block_paragraphs(text: str, start: int, end: int, width: int) -> list[Span]:
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(text, start, end) if match.group().strip()]
    groups: list[Span] = []
    for line in lines:
        if groups and _goes_on(text, _last_line(text, groups[-1]), line, width):
            groups[-1] = Span(groups[-1].start, line.end)
        else:
            groups.append(line)
    return [trimmed(text, group) for group in groups]


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    content = text[line.start : line.end].strip()
    if has_cells(text, line) or has_cells(text, following) or _is_quoted_anew(text, line, following):
        return False
    if not width or _LIST_ITEM.match(text, following.start, following.end):
        return False
    if content.isupper() and not text[following.start : following.end].isupper():
        return False
    next_words = _unmarked(text[following.start : following.end]).split(maxsplit=1)
    if not next_words or not _unmarked(content):
        return False
    if len(content) + 1 + len(next_words[0]) > width:
        return width >= _NARROWEST or not _SENTENCE_END.search(content)
    # Ragged margins: an author keeps "18 May" together, or breaks where it pleases.
    return not _SENTENCE_END.search(content) and (next_words[0][0].islower() or len(content) > _RAGGED * width)


def _is_quoted_anew(text: str, line: Span, following: Span) -> bool:
    """Whether a line of a quoted mail begins another mail's words: by more or fewer ">", or behind "On 5 June Toll wrote:"."""
    marks = _QUOTE_MARKS.match(text, following.start, following.end)
    if marks is None:
        return False
    before = _QUOTE_MARKS.match(text, line.start, line.end)
    depth = before.group().count(">") if before is not None else 0
    return depth != marks.group().count(">") or text[line.start : line.end].rstrip().endswith(":")


def _unmarked(line: str) -> str:
    """A line without the ">" of a quoted mail."""
    marks = _QUOTE_MARKS.match(line) if ">" in line else None
    return line[marks.end() :].strip() if marks is not None else line


def _last_line(text: str, group: Span) -> Span:
    return Span(max(group.start, text.rfind("\n", group.start, group.end) + 1), group.end)


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    content = text[span.start : span.end]
    return Span(span.start + len(content) - len(content.lstrip()), span.end - (len(content) - len(content.rstrip())))


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those with nothing but white space between them as one."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def lines_around(text: str, start: int, end: int) -> Span:
    """The lines that hold `text[start:end]`."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(end, start))
    return Span(first, len(text) if last < 0 else last)


def has_cells(text: str, span: Span) -> bool:
    """Whether a line, or part of one, has a border between cells."""
    return CELL_BORDER.search(text, span.start, span.end) is not None


def cell_spans(text: str, span: Span) -> list[Span]:
    """The cells of a line in order, empty ones too; the line itself where it has no border."""
    borders = [match.span() for match in CELL_BORDER.finditer(text, span.start, span.end)]
    starts, ends = [span.start, *(end for _, end in borders)], [*(start for start, _ in borders), span.end]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]
