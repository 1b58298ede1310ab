"""What stands on a printed page besides its text: numbers of lines, footnotes, heads and feet that change from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from parley.index.readers.pdf.lines import Gap, Line

_FEWEST_NUMBERS = 4
"""Numbers at the margin of a page that must rise steadily to be taken for numbers of its lines."""

_SMALL = 0.92
"""Size of a footnote's letters, as a share of the body's, up to which it is one."""

_APART = 1.6
"""Distance of a running head or foot from the text, in usual distances of lines, from which it stands apart."""

_LONGEST_HEAD = 160
_NUMBER = re.compile(r"\d{1,3}")
_MARKS = re.compile(r"\d{1,3}(?:[ ,]+\d{1,3})*")
_MARK_SIZE = 0.8
_RULE = re.compile(r"[_–—-]{5,}")
_NOTE = re.compile(r"\s*(?:\[?\(?\d{1,3}\)?\]?[.)]?|[*†‡§])\s*(?=[^\W\d_]|[“\"‘'])")


def drop_margin_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page without the numbers of lines at its margin, whether these were read as lines or as first words."""
    numbered = [found for line in lines if (found := _leading_number(line)) is not None]
    if len(numbered) < _FEWEST_NUMBERS:
        return list(lines)
    edge = Counter(round(left / 6) for _, _, left in numbered).most_common(1)[0][0] * 6
    at_margin = sorted((item for item in numbered if abs(item[2] - edge) < 9), key=lambda item: -item[0].bottom)
    steps = [other[1] - one[1] for one, other in pairwise(at_margin)]
    usual = Counter(steps).most_common(1)[0] if steps else (0, 0)
    if len(at_margin) < _FEWEST_NUMBERS or usual[0] not in (1, 2, 5, 10) or usual[1] * 4 < len(steps) * 3:
        return list(lines)
    dropped = {id(line) for line, _, _ in at_margin}
    kept = [_without_number(line) if id(line) in dropped else line for line in lines]
    return [line for line in kept if line.text.strip()]


def _leading_number(line: Line) -> tuple[Line, int, float] | None:
    """A line that is a number alone, or begins with one that a wide gap parts from the rest."""
    match = _NUMBER.match(line.text)
    if match is None or not (match.end() == len(line.text) or any(gap.place == match.end() for gap in line.gaps)):
        return None
    return line, int(match[0]), line.left


def _without_number(line: Line) -> Line:
    gap = next((item for item in line.gaps if line.text[: item.place].isdigit()), None)
    if gap is None:
        return replace(line, text="")
    rest = tuple(Gap(item.place - gap.place - 1, item.left, item.right) for item in line.gaps if item.place > gap.place)
    return replace(line, text=line.text[gap.place + 1 :], left=gap.right, gaps=rest)


def drop_changing_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out heads and feet whose words change: single lines apart from the text, at the same height on most pages.

    At least two pages and half of them must have such a line within 4 points of the same height, no larger than the text.
    """
    body, pitch = _body_size(pages), _usual_pitch(pages)
    found = [edge for page in pages for edge in _edges(page, body, pitch)]
    heights = Counter(round(line.bottom / 4) + step for line in found for step in (-1, 0, 1))
    with_text = sum(bool(page) for page in pages)
    running = {id(line) for line in found if heights[round(line.bottom / 4)] >= max(2, -(-with_text // 2))}
    return [[line for line in page if id(line) not in running] for page in pages]


def _edges(page: Sequence[Line], body: float, pitch: float) -> list[Line]:
    """The lines of the first and the last row of a page, where these stand apart from the text and could be a head or foot."""
    rows = _rows(page)
    if len(rows) < 3:
        return []
    gaps = ((rows[0], rows[0][0].bottom - rows[1][0].bottom), (rows[-1], rows[-2][0].bottom - rows[-1][0].bottom))
    return [line for row, gap in gaps if gap > _APART * pitch and all(_may_run(line, body) for line in row) for line in row]


def _rows(page: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page from the top down, those at one height together."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _may_run(line: Line, body: float) -> bool:
    return line.size <= 1.05 * body and len(line.text) <= _LONGEST_HEAD and not _NOTE.match(line.text)


def split_notes(page: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The text of a page, and the footnotes below it: smaller lines at the foot, the first of which begins with a mark."""
    ordered = sorted(page, key=lambda line: -line.bottom)
    lowest_text = next((line.bottom for line in reversed(ordered) if line.size > _SMALL * body), None)
    if lowest_text is None:
        return list(page), []
    small = [line for line in page if line.bottom < lowest_text and line.size <= _SMALL * body]
    first = next((number for number, line in enumerate(small) if _NOTE.match(line.text)), None)
    if first is None:
        return [line for line in page if not _is_mark(line, body)], []
    notes = {id(line) for line in small[first:]}
    rules = {id(line) for line in page if _RULE.fullmatch(line.text.strip()) or _is_mark(line, body)}
    text = [line for line in page if id(line) not in notes | rules]
    return text, [line for line in page if id(line) in notes - rules]


def _is_mark(line: Line, body: float) -> bool:
    """Whether a line is nothing but a footnote's mark, which PDFium may read as a line of its own."""
    return line.size < _MARK_SIZE * body and _MARKS.fullmatch(line.text.strip()) is not None


def note_groups(notes: Sequence[Line]) -> list[list[Line]]:
    """The lines of each footnote; the next one begins with the next mark."""
    groups: list[list[Line]] = []
    for line in notes:
        if not groups or _NOTE.match(line.text):
            groups.append([])
        groups[-1].append(line)
    return groups


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The height of most letters of a document, in points."""
    return _body_size(pages)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(1.0, sizes.most_common(1)[0][0]) if sizes else 1.0


def _usual_pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The distance of lines in points that half of them do not exceed."""
    steps = [
        one.bottom - other.bottom
        for page in pages
        for one, other in pairwise(sorted(page, key=lambda line: -line.bottom))
        if one.bottom - other.bottom > 0.5 * one.size
    ]
    return median(steps) if steps else 1.0
