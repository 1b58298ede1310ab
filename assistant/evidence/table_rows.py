"""The heading row of a table: without it the cells of a row do not say whose figure is whose."""

from __future__ import annotations

import re

from parley.index.language.paragraphs import CELL_BORDER, has_cells, lines_around
from parley.index.types import Span


def heading_row(text: str, span: Span) -> Span | None:
    """The first row of the table in which `span` lies, one row or several, if it names the columns.

    A table is a run of two lines or more with cells between " | ", as the readers write them. Its first row names the columns if
    no cell of it is empty or holds a digit.

    Returns:
        The whole line, which may be the one of `span`; `None` outside tables, and where the first row is a row like the others.
    """
    first, last = _line_around(text, span.start), _line_around(text, max(span.start, span.end - 1))
    if not all(_is_row(text, _line_around(text, start)) for start in _line_starts(text, first.start, last.end)):
        return None
    while first.start > 0 and _is_row(text, before := _line_around(text, first.start - 1)):
        first = before
    if first == last and not (last.end < len(text) and _is_row(text, _line_around(text, last.end + 1))):
        return None
    cells = CELL_BORDER.split(text[first.start : first.end])
    return first if all(cell.strip() and not re.search(r"\d", cell) for cell in cells) else None


def rows_below(text: str, heads: Span) -> list[Span]:
    """The rows of the table whose first row is `heads`, one line each, without that row."""
    rows: list[Span] = []
    end = heads.end
    while end < len(text) and _is_row(text, line := _line_around(text, end + 1)):
        rows.append(line)
        end = line.end
    return rows


def is_heading_row(text: str, span: Span) -> bool:
    """Whether all of `span` lies in a row that names the columns of a table, and so says nothing by itself."""
    heading = heading_row(text, span)
    return heading is not None and span.end <= heading.end


def is_row(text: str, span: Span) -> bool:
    """Whether a span lies in a line with cells between " | "."""
    return _is_row(text, _line_around(text, span.start))


def _is_row(text: str, line: Span) -> bool:
    return has_cells(text, line)


def _line_starts(text: str, start: int, end: int) -> list[int]:
    return [start, *(match.end() for match in re.compile("\n").finditer(text, start, end))]


def _line_around(text: str, position: int) -> Span:
    return lines_around(text, position, position)
