"""What is read at a time: paragraphs, cut where turns begin and end, without labels and remarks of the record."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from parley.index.language.paragraphs import joined, paragraph_spans, trimmed
from parley.index.language.sentences import sentence_spans
from parley.index.types import Span, Turn

LONGEST_PIECE = 8000
"""Characters of a paragraph that are read at a time."""

_LABELLED_LINE = re.compile(r"\n[^\S\n]*(?=[^\W\d_a-z][^\n:.?!]{0,60}:\s)")
_BETWEEN = re.compile(r"[\s>|]*\Z")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or the part of one that belongs to one turn.

    Attributes:
        span: from its first to its last character.
        content: what of it is said, without marks at the start of lines; the span itself where nothing is left out.
        turn: position of its turn, `None` for the document's own text.
        is_first: whether the turn begins here.
    """

    span: Span
    content: tuple[Span, ...]
    turn: int | None
    is_first: bool = False


class _Ranges:
    """Ranges of a text, which may overlap, asked for whether one of them holds a span."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        # Of the ranges that begin early enough, the one that goes furthest decides.
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one range holds all of the span."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and span.end <= self._furthest[before - 1]


def pieces_of(text: str, turns: Sequence[Turn]) -> list[Piece]:
    """The pieces of a text in order. Together they hold all words but those of labels and remarks within turns."""
    said = sorted((span.start, span.end, number) for number, turn in enumerate(turns) for span in turn.said)
    taken = _Ranges((min(turn.start, turn.said[0].start), turn.said[-1].end) for turn in turns)
    seen: set[int] = set()
    found: list[Piece] = []
    for paragraph in paragraph_spans(text):
        for piece in _of_paragraph(text, paragraph, said, taken):
            first = piece.turn is not None and piece.turn not in seen
            if piece.turn is not None:
                seen.add(piece.turn)
            found += _short(text, Piece(piece.span, piece.content, piece.turn, first))
    return found


def _of_paragraph(text: str, paragraph: Span, said: Sequence[tuple[int, int, int]], taken: _Ranges) -> Iterator[Piece]:
    inside = _touching(said, paragraph)
    if not inside:
        if not taken.hold(paragraph):
            yield from (Piece(span, (span,), None) for span in _labelled_lines(text, paragraph))
        return
    at = paragraph.start
    gathered: list[Span] = []
    number = -1
    for start, end, turn in inside:
        span = Span(max(start, paragraph.start), min(end, paragraph.end))
        gap = Span(at, span.start)
        joins = turn == number and _BETWEEN.match(text, gap.start, gap.end) is not None
        if not joins:
            if gathered:
                yield _piece(gathered, number)
            gathered = []
            if not taken.hold(gap) and _WORD.search(text, *gap):
                yield from (Piece(own, (own,), None) for own in _labelled_lines(text, trimmed(text, gap)))
        gathered.append(span)
        number, at = turn, span.end
    yield _piece(gathered, number)
    rest = trimmed(text, Span(at, paragraph.end))
    if _WORD.search(text, *rest) and not taken.hold(rest):
        yield from (Piece(own, (own,), None) for own in _labelled_lines(text, rest))


def _touching(said: Sequence[tuple[int, int, int]], paragraph: Span) -> list[tuple[int, int, int]]:
    first = bisect_left(said, (paragraph.start, -1, -1))
    while first and said[first - 1][1] > paragraph.start:
        first -= 1
    found = []
    while first < len(said) and said[first][0] < paragraph.end:
        found.append(said[first])
        first += 1
    return found


def _piece(gathered: list[Span], turn: int) -> Piece:
    """Neighbouring lines without marks between them are one span."""
    return Piece(Span(gathered[0].start, gathered[-1].end), tuple(gathered), turn)


def _short(text: str, piece: Piece) -> Iterator[Piece]:
    """The piece; one too long to be read at a time is cut between sentences."""
    content = joined(text, piece.content)
    start, first = piece.span.start, piece.is_first
    while piece.span.end - start > LONGEST_PIECE:
        window = sentence_spans(text, start, start + LONGEST_PIECE)
        end = window[-1].start if len(window) > 1 else start + LONGEST_PIECE
        yield Piece(Span(start, end), _clipped(content, start, end), piece.turn, first)
        start, first = end, False
    yield Piece(Span(start, piece.span.end), _clipped(content, start, piece.span.end), piece.turn, first)


def _clipped(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    first, last = bisect_right(spans, start, key=lambda one: one.end), bisect_left(spans, end, key=lambda one: one.start)
    return tuple(Span(max(one.start, start), min(one.end, end)) for one in spans[first:last])


def _labelled_lines(text: str, span: Span) -> list[Span]:
    """The paragraph cut where a line opens with what may be a speaker's label, if more than one line does."""
    if text.count(":", span.start, span.end) < 2 or "\n" not in text[span.start : span.end]:
        return [span]
    cuts = [match.start() for match in _LABELLED_LINE.finditer(text, span.start, span.end)]
    edges = [span.start, *(cut + 1 for cut in cuts)]
    return [Span(start, end) for start, end in zip(edges, [*cuts, span.end], strict=True) if text[start:end].strip()]
