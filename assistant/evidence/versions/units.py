"""A version cut into what is compared: paragraphs with the provision they stand in, and their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parley.index.language.paragraphs import paragraph_spans, trimmed
from parley.index.structure.provisions import Provision, label_text, provision_at, provisions_of
from parley.index.types import Document, Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|_+|[^\w\s]|\w")
_MARKUP = frozenset("*#|\\`")
"""Signs of layout: a version kept as Word and one kept as Markdown differ in them alone."""

_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or sign of a text as it is compared, and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph of a version.

    Attributes:
        span: the paragraph in the document's text, without white space around it.
        provision: what it stands in, "Article 8, paragraph 2"; "" outside of any.
        label: the span of its own number ("2."), empty where it has none.
        words: all its words, those of the label too.
        body: the forms of its words without the label.
    """

    span: Span
    provision: str
    label: Span
    words: tuple[Word, ...]
    body: tuple[str, ...]


def words_compared(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of `text[start:end]`. White space, marks of layout and the shapes of quotation marks and dashes do not count."""
    return tuple(
        Word(match.group().translate(_SHAPES), match.start(), match.end())
        for match in _WORD.finditer(text, start, end)
        if match.group() not in _MARKUP
    )


def units_of(document: Document) -> tuple[Unit, ...]:
    """The paragraphs of a document in reading order; a provision that begins within one begins another."""
    provisions = provisions_of(document)
    starts = sorted(item.start for item in provisions)
    made = (_unit(document.text, provisions, span) for span in _cut(document.text, starts))
    return tuple(unit for unit in made if unit.words)


def _cut(text: str, starts: Sequence[int]) -> list[Span]:
    cut: list[Span] = []
    for paragraph in paragraph_spans(text):
        inner = starts[bisect_right(starts, paragraph.start) : bisect_right(starts, paragraph.end - 1)]
        borders = [paragraph.start, *inner, paragraph.end]
        cut += [trimmed(text, Span(start, end)) for start, end in pairwise(borders)]
    return cut


def _unit(text: str, provisions: Sequence[Provision], span: Span) -> Unit:
    place = provision_at(provisions, max(span.start, span.end - 1))
    label = Span(span.start, span.start)
    if place is not None and span.start <= provisions[place].label.start and provisions[place].label.end <= span.end:
        label = provisions[place].label
    words = words_compared(text, *span)
    body = tuple(word.form for word in words if not (label.start <= word.start < label.end))
    provision = label_text(provisions, place) if place is not None else ""
    return Unit(span, provision[:1].upper() + provision[1:], label, words, body)
