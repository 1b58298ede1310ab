"""Columns and tables of a printed page: found by what is left empty between words, and read one column after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from parley.index.readers.pdf.lines import Gap, Line

_FEWEST_BESIDE = 4
"""Lines that must stand beside others for columns to be seen; fewer are an address, a signature or a small table."""

_FULL = 0.6
"""Share of its column's width that half the lines of a text fill; the cells of a table fill less."""

_WIDE_GAP = 1.2
"""Width of the empty space between the cells of a table row, in heights of a line."""


_LABEL = re.compile(r"\W?\w{1,4}[.):]?\)?|[•◦▪●○■‣·–—*-]|[^\W\d_]+ [\dA-Z.]{1,7}")


def arrange(lines: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines of one page in reading order, and whether it has columns that could not be told from a table for sure.

    Lines that run over several columns are cut at the gutters. What goes across a gutter (a title) parts the page into bands,
    each of which is read column by column. Rows of tables are marked as such.
    """
    gutters, uncertain = _gutters(lines)
    if not gutters:
        return _with_rows(lines), uncertain
    pieces = [piece for line in lines for piece in _cut(line, gutters)]
    across = sorted((piece.bottom for piece in pieces if _crosses(piece, gutters)), reverse=True)
    keyed = [(_order(piece, across, gutters), piece) for piece in pieces]
    ordered = [
        replace(piece, column=key[1] + 1) if key[1] >= 0 else piece for key, piece in sorted(keyed, key=lambda item: item[0])
    ]
    return ordered, uncertain


def _order(piece: Line, across: Sequence[float], gutters: Sequence[float]) -> tuple[int, int, float, float]:
    """Band, column (-1 for what goes across), then from the top down and from the left."""
    band = sum(bottom > piece.bottom + 0.3 * piece.size for bottom in across)
    if _crosses(piece, gutters):
        return band, -1, -piece.bottom, piece.left
    return band + 1 if piece.bottom in across else band, sum(x <= piece.left for x in gutters), -piece.bottom, piece.left


def _crosses(piece: Line, gutters: Sequence[float]) -> bool:
    return any(piece.left < x - 1 and piece.right > x + 1 for x in gutters)


def _gutters(lines: Sequence[Line]) -> tuple[list[float], bool]:
    """Where columns begin, from the left, and whether something like columns was left together as a table."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    if len(pieces) < 2 * _FEWEST_BESIDE:
        return [], False
    first = min(piece.left for piece in pieces)
    lefts = Counter(round(piece.left / 3) for piece in pieces if piece.left > first + 5 * piece.size)
    found: list[float] = []
    uncertain = False
    for step, count in sorted(lefts.items()):
        x = step * 3 - 2.5
        if count + lefts[step + 1] < _FEWEST_BESIDE or any(abs(x - other) < 40 for other in found):
            continue
        kind = _kind_at(pieces, x, found[-1] if found else first)
        uncertain = uncertain or kind == "unsure"
        if kind == "columns":
            found.append(x)
    return found, uncertain


def _kind_at(pieces: Sequence[Line], x: float, start: float) -> str:
    """Whether text stands in columns on both sides of `x` ("columns"), perhaps ("unsure"), or not ("")."""
    right = [piece for piece in pieces if x <= piece.left < x + 30]
    left = [piece for piece in pieces if piece.right <= x - 3 and piece.left >= start - 6]
    beside = [piece for piece in right if any(abs(other.bottom - piece.bottom) < 1.2 * piece.size for other in left)]
    if len(beside) < _FEWEST_BESIDE:
        return ""
    top, bottom = max(piece.bottom for piece in beside), min(piece.bottom for piece in beside)
    near = [piece for piece in left if bottom - piece.size <= piece.bottom <= top + piece.size]
    across = [piece for piece in pieces if piece.left < x - 3 and piece.right > x + 3 and bottom < piece.bottom < top]
    if len(across) > len(beside) // 3 or len(near) < _FEWEST_BESIDE:
        return ""
    width = x - max(sorted(piece.right for piece in near)[: -max(1, len(near) // 10)] or [x])
    words = [median(len(piece.text.split()) for piece in side) for side in (near, beside)]
    if width < 0 or min(words) < 3:
        return ""
    full = [_filled(side) for side in (near, beside)]
    return "columns" if min(full) >= _FULL else "unsure" if min(words) >= 4 else ""


def _filled(side: Sequence[Line]) -> float:
    """How much of its column's width the middle line of a side takes up, 0 to 1."""
    first, last = min(piece.left for piece in side), max(piece.right for piece in side)
    return median((piece.right - piece.left) / max(1.0, last - first) for piece in side)


def _pieces(line: Line) -> list[Line]:
    """A line cut at all its wide gaps."""
    return _cut_at(line, [gap.place for gap in line.gaps])


def _cut(line: Line, gutters: Sequence[float]) -> list[Line]:
    """A line cut where one of its gaps lies in front of the beginning of a column."""
    places = [gap.place for gap in line.gaps if any(gap.left <= x - 1 and gap.right >= x - 1 for x in gutters)]
    return _cut_at(line, places)


def _cut_at(line: Line, places: Sequence[int]) -> list[Line]:
    if not places:
        return [line]
    edges = {gap.place: gap for gap in line.gaps}
    pieces: list[Line] = []
    start, left = 0, line.left
    for place in [*sorted(places), None]:
        right = line.right if place is None else edges[place].left
        end = len(line.text) if place is None else place
        inner = tuple(gap._replace(place=gap.place - start) for gap in line.gaps if start < gap.place < end)
        pieces.append(replace(line, text=line.text[start:end].strip(), left=left, right=right, gaps=inner))
        if place is not None:
            start, left = place + 1, edges[place].right
    return [piece for piece in pieces if piece.text]


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, with cells parted by " | " where several lines in a row have gaps in the same places."""
    wide = [_cell_gaps(line) for line in lines]
    marked: list[Line] = []
    for number, line in enumerate(lines):
        beside = [wide[near] for near in (number - 1, number + 1) if 0 <= near < len(lines)]
        if wide[number] and any(_share_a_gap(wide[number], other) for other in beside):
            marked.append(_as_row(line, [gap.place for gap in wide[number]]))
        else:
            marked.append(line)
    return marked


def _cell_gaps(line: Line) -> tuple[Gap, ...]:
    """The gaps between cells; one behind a number or mark at the beginning only sets a list off."""
    wide = tuple(gap for gap in line.gaps if gap.right - gap.left >= _WIDE_GAP * line.size)
    sets_off = bool(wide) and _LABEL.fullmatch(line.text[: wide[0].place].strip()) is not None
    return wide[1:] if sets_off else wide


def _share_a_gap(one: Sequence[Gap], other: Sequence[Gap]) -> bool:
    """Whether two lines have cells that begin or end in the same place."""
    return any(abs(a.right - b.right) < 4 or abs(a.left - b.left) < 4 for a in one for b in other)


def _as_row(line: Line, places: Sequence[int]) -> Line:
    text, start, cells = line.text, 0, []
    for place in [*places, len(text)]:
        cells.append(text[start:place].strip())
        start = place + 1
    return replace(line, text=" | ".join(cells), gaps=(), is_row=True)
