"""Shortening a long sentence to the clauses that matter, where nothing that limits or negates is lost by it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.evidence.matching import WeightedTerm, coverage
from parley.index.language.firmness import limits_in
from parley.index.language.words import stems_of, words_of
from parley.index.types import Document, Span

_BORDER = re.compile(r"(?<=[,;:—–)])\s+|\s+(?=\()|\s+[–—-]\s+")
_PER_WORD = 0.002
"""Credit for each word kept, so that of two windows that match alike the fuller one is taken."""

_LEAST_WORDS = 5

ENOUGH_KEPT = 0.8
"""Share of what the whole sentence has of the question that must be left."""


def shortened(document: Document, span: Span, terms: Sequence[WeightedTerm], limit: int, keep: Span | None = None) -> Span | None:
    """The run of whole clauses of at most `limit` words that bears most on the terms.

    Args:
        document: where the sentence stands.
        span: the sentence.
        terms: of the question.
        limit: words that may be kept.
        keep: a part that must stay.

    Returns:
        The sentence itself if it is short enough; `None` if no run is, or only by losing a limiting word or what was asked for.
    """
    text = document.text
    if len(words_of(text, span.start, span.end)) <= limit:
        return span
    clauses = _clauses(text, span)
    windows = [Span(clauses[first].start, last.end) for first in range(len(clauses)) for last in clauses[first:]]
    fitting = [window for window in windows if _may_stand_for(text, span, window, limit, keep)]
    best = max(fitting, key=lambda window: (_bearing(text, window, terms), -window.start), default=None)
    if best is None or _covered(text, best, terms) < ENOUGH_KEPT * _covered(text, span, terms):
        return None
    return best


def _clauses(text: str, span: Span) -> list[Span]:
    borders = [(match.start(), match.end()) for match in _BORDER.finditer(text, span.start, span.end)]
    starts = [span.start, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _may_stand_for(text: str, span: Span, window: Span, limit: int, keep: Span | None) -> bool:
    count = len(words_of(text, window.start, window.end))
    if not _LEAST_WORDS <= count <= limit:
        return False
    if keep is not None and not (window.start <= keep.start and keep.end <= window.end):
        return False
    left_out = text[span.start : window.start] + " " + text[window.end : span.end]
    limits = any(word.start < window.start or word.end > window.end for word in limits_in(text, span.start, span.end))
    return not limits and not re.search(r"[\"“”„«»]", left_out)


def _bearing(text: str, window: Span, terms: Sequence[WeightedTerm]) -> float:
    return _covered(text, window, terms) + _PER_WORD * len(words_of(text, window.start, window.end))


def _covered(text: str, window: Span, terms: Sequence[WeightedTerm]) -> float:
    return coverage(terms, stems_of(text[window.start : window.end]))
