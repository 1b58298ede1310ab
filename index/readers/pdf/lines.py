"""Lines of printed pages put back together into paragraphs and headings, from where they stand and how large they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_ITEM = re.compile(r"(?:[•◦▪●○■‣·]|[-–—*](?=\s)|\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s))\s*")
_BULLET = re.compile(r"[•◦▪●○■‣]")
_PROVISION = re.compile(r"(?:(?i:article|section|annex|chapter|part|title|rule|clause)) [\dIVXLC]{1,6}(?:\.\d+)?\.?")
"""A line that is nothing but the number of a provision, which stands for itself however close to the text it is set."""

_SENTENCE_END = re.compile(r"[.!?:;…؟。]['\"”’»)\]]*$")
_NUMBER = re.compile(r"\d+|^[ivxlc]+$", re.IGNORECASE)


class Gap(NamedTuple):
    """A wide space in a line: its place in the text, and where the words beside it end and begin, in points."""

    place: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; coordinates in points from the page's lower left corner, `size` the height of its letters' boxes.

    `column` counts from 1 on pages with columns and is 0 elsewhere; `is_row` says that it is a row of a table.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    column: int = 0
    is_row: bool = False
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `level` is the heading's level from 1, or `None`."""

    lines: tuple[Line, ...]
    level: int | None = None

    @property
    def is_table(self) -> bool:
        """Whether its lines are rows of a table, which stay lines."""
        return all(line.is_row for line in self.lines) and len(self.lines) > 1


def drop_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out headers, footers and page numbers: lines at the edge of a page that recur in place, but for their numbers.

    At least two pages, and three in ten, must have the line at about the same height (3 points) and in the same size.
    Two lines at each edge are looked at. Where most lines of the document would go, the pages themselves are alike: then
    only one at each edge, or none.
    """
    total = sum(len(page) for page in pages)
    for depth in (2, 1):
        running = _running_lines(pages, depth)
        if len(running) * 2 <= total:
            return [[line for line in page if line not in running] for page in pages]
    return [list(page) for page in pages]


def build_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Group lines, in reading order, into paragraphs; every line is in exactly one of them."""
    if not lines:
        return []
    layout = _Layout(lines)
    groups: list[list[Line]] = [[lines[0]]]
    for number in range(1, len(lines)):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if layout.begins_paragraph(groups[-1], lines[number], following):
            groups.append([lines[number]])
        else:
            groups[-1].append(lines[number])
    return layout.with_levels(groups)


def _running_lines(pages: Sequence[Sequence[Line]], depth: int) -> set[Line]:
    edges: list[Line] = []
    for page in pages:
        ordered = sorted(page, key=lambda line: -line.bottom)
        edges.extend(dict.fromkeys(ordered[:depth] + ordered[-depth:]))
    places: dict[tuple[str, int, int], set[int]] = {}
    for line in edges:
        # A step of 3 points, and the steps above and below, allow for what differs from page to page.
        for step in (-1, 0, 1):
            places.setdefault(_place(line, step), set()).add(line.page)
    least = max(2, -(-len(pages) * 3 // 10))
    return {line for line in edges if len(places[_place(line, 0)]) >= least}


def _place(line: Line, step: int) -> tuple[str, int, int]:
    return _key(line), round(line.bottom / 3) + step, round(line.size)


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text.strip()).casefold()


class _Layout:
    """What is usual in a document: the size of its text, the distance of its lines, the edges of its columns."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self.body_size = max(1.0, sizes.most_common(1)[0][0])
        bold = sum(len(line.text) for line in lines if line.bold)
        self._mostly_bold = bold * 2 > sum(len(line.text) for line in lines)
        self._pitch = self._usual_pitch(lines)
        self._rights = self._column_rights(lines)

    def begins_paragraph(self, group: Sequence[Line], line: Line, following: Line | None) -> bool:
        """Whether `line` starts a new paragraph after the lines of `group`."""
        previous = group[-1]
        if previous.is_row or line.is_row:
            return not (previous.is_row and line.is_row and previous.page == line.page)
        if self._is_same_row(previous, line):
            return False
        if _PROVISION.fullmatch(line.text.strip()) or (len(group) == 1 and _PROVISION.fullmatch(previous.text.strip())):
            return True
        return self._begins_by_place(group, line, following)

    def _begins_by_place(self, group: Sequence[Line], line: Line, following: Line | None) -> bool:
        previous = group[-1]
        if abs(line.size - previous.size) > 0.12 * previous.size or (
            self._is_bold(previous) and not line.bold and len(group) == 1
        ):
            return True
        if line.page == previous.page and re.search(r"\w-\n\w", f"{previous.text}\n{line.text}"):
            return False
        ends_sentence = bool(_SENTENCE_END.search(previous.text.rstrip()))
        if _BULLET.match(line.text) or (_ITEM.match(line.text) and (ends_sentence or self._has_room(previous, line))):
            return True
        if line.page != previous.page or line.bottom > previous.bottom:
            return ends_sentence
        if previous.bottom - line.bottom > 1.3 * self._pitch * previous.size:
            return True
        if self._is_large(previous):
            return False
        return self._has_room(previous, line) or self._is_indented(group, line, following)

    def with_levels(self, groups: Sequence[Sequence[Line]]) -> list[Paragraph]:
        """Mark headings: short paragraphs in larger letters, or in bold where the text is not; levels by size."""
        ranks = {self._rank(group) for group in groups if self._is_heading(group)}
        level = {rank: number for number, rank in enumerate(sorted(ranks, reverse=True), start=1)}
        return [Paragraph(tuple(group), level[self._rank(group)] if self._is_heading(group) else None) for group in groups]

    def _is_heading(self, group: Sequence[Line]) -> bool:
        length = sum(len(line.text) for line in group)
        if length > 200 or len(group) > 4 or not any(character.isalpha() for line in group for character in line.text):
            return False
        is_bold = not self._mostly_bold and all(self._is_bold(line) for line in group)
        return self._is_large(group[0]) or (is_bold and not re.search(r"[.;,:]$", group[-1].text.rstrip()))

    def _rank(self, group: Sequence[Line]) -> float:
        return max(round(group[0].size * 2) / 2, self.body_size)

    def _is_large(self, line: Line) -> bool:
        return line.size >= 1.12 * self.body_size

    def _is_bold(self, line: Line) -> bool:
        return line.bold and not self._mostly_bold

    @staticmethod
    def _is_same_row(previous: Line, line: Line) -> bool:
        return (
            line.page == previous.page
            and abs(previous.bottom - line.bottom) < 0.3 * previous.size
            and line.left >= previous.right
        )

    @staticmethod
    def _usual_pitch(lines: Sequence[Line]) -> float:
        """Distance of lines in multiples of their size: the lower third, as gaps between paragraphs only add to it."""
        pitches = sorted(
            (previous.bottom - line.bottom) / previous.size
            for previous, line in pairwise(lines)
            if line.page == previous.page and 0.5 < (previous.bottom - line.bottom) / previous.size < 4
        )
        return pitches[len(pitches) // 3] if pitches else 1.2

    def _column_rights(self, lines: Sequence[Line]) -> dict[tuple[int, int, int], float]:
        """Right edge of the column at each page, column and, where there are none, left edge (in steps of 40 points)."""
        rights: dict[tuple[int, int, int], float] = {}
        for line in lines:
            # Titles often are wider than a column, and no column themselves.
            if line.size < 1.12 * self.body_size and not line.is_row:
                key = (line.page, line.column, 0 if line.column else int(line.left // 40))
                rights[key] = max(rights.get(key, 0.0), line.right)
        return rights

    def _column_right(self, line: Line) -> float:
        if line.column:
            return self._rights.get((line.page, line.column, 0), 0.0)
        step = int(line.left // 40)
        return max(self._rights.get((line.page, 0, near), 0.0) for near in (step - 1, step, step + 1))

    def _has_room(self, previous: Line, line: Line) -> bool:
        """Whether the next word would still have fitted on `previous`, which was then ended on purpose."""
        width = (line.right - line.left) / max(1, len(line.text))
        first_word = line.text.split(maxsplit=1)[0]
        return previous.right + (len(first_word) + 1) * width + 0.8 * previous.size < self._column_right(previous)

    def _is_indented(self, group: Sequence[Line], line: Line, following: Line | None) -> bool:
        """Whether `line` is set in as first lines are: more than the line before it and than the line after it."""
        previous = group[-1]
        if line.left - previous.left <= 0.8 * previous.size or _ITEM.match(group[0].text):
            return False
        return following is None or following.page != line.page or line.left - following.left > 0.5 * line.size
