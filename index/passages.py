"""Cutting a document into passages: whole sentences, about 100 word pieces, never across a heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from parley.index.language.paragraphs import paragraph_spans
from parley.index.language.quotations import quotation_spans
from parley.index.language.sentences import sentence_spans
from parley.index.structure.contents import contents_spans
from parley.index.structure.provisions import Provision, heading_text, path_of, provision_at, provisions_of
from parley.index.types import Document, Heading, Passage, Span

TARGET_SIZE = 100
"""Word pieces per passage; sentence-aligned passages of about this size put the evidence highest (see docs/architecture.md)."""

LARGEST_SIZE = 200
"""A quotation with its speaker clause is kept whole up to this size; the default model reads 256 word pieces."""

SPLITTER = "rows-1"
"""Name of this way of cutting, kept in a library's manifest: change it when the cuts change."""

READABLE_SPLITTERS = frozenset({"sentences-1", "provisions-1", "headed-1", SPLITTER})
"""Ways of cutting whose passages can be searched together with those made now; a document is cut anew when it is added again."""

_NOTHING_ELSE = 0.9
"""Share of a text from which its table of contents is all that it is, and is kept."""

_WORD = re.compile(r"\S+")


def split_passages(document: Document) -> list[Passage]:
    """The passages of a document in order, with id 0.

    Their spans do not overlap, slice back exactly, and together hold every character that is neither white space nor in a table
    of contents. None runs from one article or section into the next.
    """
    outline = _Outline(document)
    passages: list[Passage] = []
    group: list[_Unit] = []
    for unit in _units(document, outline):
        # A paragraph that fits into a passage of its own is not begun in one that cannot hold all of it.
        needed = min(unit.paragraph_size, TARGET_SIZE) if group and unit.paragraph != group[-1].paragraph else unit.size
        if group and (unit.section != group[0].section or sum(item.size for item in group) + needed > TARGET_SIZE):
            passages.append(_passage(document, group, outline))
            group = []
        group.append(unit)
    if group:
        passages.append(_passage(document, group, outline))
    return passages


def word_pieces(text: str) -> int:
    """About how many word pieces an English-trained model makes of the text.

    Four characters of Latin script to a piece, at least one piece a word; other scripts are spelt out by the character.
    """
    total = 0
    for match in _WORD.finditer(text):
        word = match.group()
        latin = sum(character < "\u0250" for character in word)
        total += max(1, round(latin / 4)) + len(word) - latin
    return total


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, the sentences that share a quotation, or a part of a sentence too long to embed."""

    start: int
    end: int
    size: int
    paragraph: int
    paragraph_size: int
    section: int


class _Outline:
    """Where a document's sections begin, by its headings and its provisions, and where its tables of contents are."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._provisions = provisions_of(document)
        contents = contents_spans(document.text)
        held = sum(span.end - span.start for span in contents)
        # A file that is nothing but a list of contents is text all the same.
        self._contents = contents if held < _NOTHING_ELSE * len(document.text) else []
        own = {item.start for item in self._provisions if _is_section(item)}
        self._headings = sorted({heading.start for heading in document.headings})
        self._starts = sorted(own | set(self._headings))
        self._paths = _heading_paths(document)
        # A place lies behind those headings before the first that begins further on.
        self._begun = list(accumulate((heading.start for heading in document.headings), max))

    def section_at(self, start: int, end: int) -> int:
        """A number that is the same for what lies in one section; a paragraph in which one begins is counted to it."""
        return bisect_right(self._starts, max(start, end - 1))

    def is_contents(self, span: Span) -> bool:
        """Whether all of a span lies in a table of contents."""
        at = bisect_right(self._contents, span.start, key=lambda part: part.start) - 1
        return at >= 0 and span.end <= self._contents[at].end

    def path_at(self, offset: int) -> tuple[str, ...]:
        """The headings over a place, outermost first, and the numbers and headings of its provisions that these do not tell."""
        headings = self._paths[bisect_right(self._begun, offset)]
        place = provision_at(self._provisions, offset)
        if place is None:
            return headings
        items = [self._provisions[above] for above in path_of(self._provisions, place)]
        own = [item for item in items if _is_section(item) and not self._is_told(item)]
        return (*headings, *(_named(self._document, item) for item in own))

    def _is_told(self, item: Provision) -> bool:
        """Whether a heading begins where the provision does, or a few marks before it."""
        at = bisect_right(self._headings, item.label.start) - 1
        return at >= 0 and item.label.start < self._headings[at] + 12


def _is_section(item: Provision) -> bool:
    """Whether a provision is cut off from those beside it: articles and sections, not the paragraphs of a list."""
    return item.is_named or ":" in item.number or "." in item.number


def _named(document: Document, item: Provision) -> str:
    label = f"{item.kind.capitalize()} {item.number}" if item.is_named else item.number
    return f"{label} {heading_text(document, item)}".strip()


def _units(document: Document, outline: _Outline) -> Iterator[_Unit]:
    text = document.text
    for number, paragraph in enumerate(paragraph_spans(text)):
        paragraph_size = word_pieces(text[paragraph.start : paragraph.end])
        for span in _sentence_groups(text, paragraph):
            if outline.is_contents(span):
                continue
            section = outline.section_at(*span)
            for part in _parts(text, span):
                yield _Unit(part.start, part.end, word_pieces(text[part.start : part.end]), number, paragraph_size, section)


def _sentence_groups(text: str, paragraph: Span) -> list[Span]:
    """Sentences of a paragraph; those that a quotation runs over are joined while they fit together."""
    sentences = sentence_spans(text, paragraph.start, paragraph.end)
    quotations = quotation_spans(text, paragraph.start, paragraph.end)
    starts = [quote.start for quote in quotations]
    furthest = list(accumulate((quote.end for quote in quotations), max))
    groups: list[Span] = []
    for sentence in sentences:
        joined = Span(groups[-1].start, sentence.end) if groups else sentence
        begun = bisect_left(starts, groups[-1].end) if groups else 0
        runs_over = begun > 0 and furthest[begun - 1] > sentence.start
        if runs_over and word_pieces(text[joined.start : joined.end]) <= LARGEST_SIZE:
            groups[-1] = joined
        else:
            groups.append(sentence)
    return groups


def _parts(text: str, span: Span) -> list[Span]:
    """The span itself, or, if it is larger than a passage may be, its runs of words that fit."""
    if word_pieces(text[span.start : span.end]) <= LARGEST_SIZE:
        return [span]
    parts: list[Span] = []
    run: Span | None = None
    size = 0
    for piece in _short_words(text, span):
        pieces = word_pieces(text[piece.start : piece.end])
        if run is not None and size + pieces <= LARGEST_SIZE:
            run, size = Span(run.start, piece.end), size + pieces
            continue
        if run is not None:
            parts.append(run)
        run, size = piece, pieces
    return [*parts, run] if run is not None else parts


def _short_words(text: str, span: Span) -> Iterator[Span]:
    """The words of a span; a "word" without any space can be a whole page, so it is cut by length."""
    for match in _WORD.finditer(text, span.start, span.end):
        for position in range(match.start(), match.end(), LARGEST_SIZE):
            yield Span(position, min(position + LARGEST_SIZE, match.end()))


def _passage(document: Document, group: Sequence[_Unit], outline: _Outline) -> Passage:
    path = outline.path_at(group[0].start)
    return Passage(0, document.id, group[0].start, group[-1].end, group[0].paragraph, path)


def _heading_paths(document: Document) -> list[tuple[str, ...]]:
    """The headings that are over a place behind none, one, two … of the document's headings, outermost first."""
    open_headings: list[Heading] = []
    paths: list[tuple[str, ...]] = [()]
    for heading in document.headings:
        open_headings = [outer for outer in open_headings if outer.level < heading.level] + [heading]
        paths.append(tuple(document.text[one.start : one.end].strip() for one in open_headings))
    return paths
