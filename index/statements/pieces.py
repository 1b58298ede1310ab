"""What is read at a time: paragraphs, cut where turns begin and end, without labels and remarks of the record."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def pieces_of(text: str, turns: Sequence[Turn]) -> list[Piece]:
    """The pieces of a text in order. Together they hold all words but those of labels and remarks within turns."""
    said = sorted((span.start, span.end, number) for number, turn in enumerate(turns) for span in turn.said)
    taken = sorted((min(turn.start, turn.said[0].start), turn.said[-1].end) for turn in turns)
    seen: set[int] = set()
    found: list[Piece] = []
    for paragraph in paragraph_spans(text):
        for piece in _of_paragraph(text, paragraph, said, taken):
            first = piece.turn is not None and piece.turn not in seen
            if piece.turn is not None:
                seen.add(piece.turn)
            found += _short(text, Piece(piece.span, piece.content, piece.turn, first))
    return found


def _of_paragraph(
    text: str, paragraph: Span, said: Sequence[tuple[int, int, int]], taken: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    inside = _touching(said, paragraph)
    if not inside:
        if not any(start <= paragraph.start and paragraph.end <= end for start, end in taken):
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
            if not any(low <= gap.start and gap.end <= high for low, high in taken) and _WORD.search(text, *gap):
                yield from (Piece(own, (own,), None) for own in _labelled_lines(text, trimmed(text, gap)))
        gathered.append(span)
        number, at = turn, span.end
    yield _piece(gathered, number)
    rest = trimmed(text, Span(at, paragraph.end))
    if _WORD.search(text, *rest) and not any(low <= rest.start and rest.end <= high for low, high in taken):
        yield from (Piece(own, (own,), None) for own in _labelled_lines(text, rest))


def _touching(said: Sequence[tuple[int, int, int]], paragraph: Span) -> list[tuple[int, int, int]]:
    first = bisect_left(said, (paragraph.start, -1, -1))
    while first and said[first - 1][1] > paragraph.start:
        first -= 1
    found = []
    for one in said[first:]:
        if one[0] >= paragraph.end:
            break
        found.append(one)
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
    return tuple(Span(max(one.start, start), min(one.end, end)) for one in spans if one.start < end and one.end > start)


def _labelled_lines(text: str, span: Span) -> list[Span]:
    """The paragraph cut where a line opens with what may be a speaker's label, if more than one line does."""
    if text.count(":", span.start, span.end) < 2 or "\n" not in text[span.start : span.end]:
        return [span]
    cuts = [match.start() for match in _LABELLED_LINE.finditer(text, span.start, span.end)]
    edges = [span.start, *(cut + 1 for cut in cuts)]
    return [Span(start, end) for start, end in zip(edges, [*cuts, span.end], strict=True) if text[start:end].strip()]
