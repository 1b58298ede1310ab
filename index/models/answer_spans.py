"""From figures per token to spans of words: the best span of a sentence, and every stretch that belongs to an answer."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from parley.index.types import Span

LONGEST = 24
"""Tokens of an answer span, at most."""

JOINED_OVER = 2
"""Tokens between two marked stretches that are marked with them, at most: the figure of a lone token is uncertain."""

_IN_A_WORD = re.compile(r"[\w’'$€£%-]|(?<=\d)[.,](?=\d)")


def best_span(
    text: str, offsets: NDArray[np.int64], starts: NDArray[np.float32], ends: NDArray[np.float32]
) -> tuple[Span, float]:
    """The span, widened to whole words, whose first and last token have the highest sum, and its share among all spans (softmax).

    `offsets` has one row (start, end) per token, at least one; `starts` and `ends` one figure each.
    """
    count = len(starts)
    sums = starts[:, None].astype(np.float64) + ends[None, :]
    allowed = np.triu(np.ones((count, count), dtype=bool)) & np.tril(np.ones((count, count), dtype=bool), LONGEST - 1)
    sums = np.where(allowed, sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    share = float(1 / np.exp(sums - sums.max()).sum())
    return whole_words(text, Span(int(offsets[first, 0]), int(offsets[last, 1])), _bounds(offsets)), share


def marked_spans(text: str, offsets: NDArray[np.int64], inside: NDArray[np.float32]) -> tuple[Span, ...]:
    """Stretches of tokens whose log-odds of belonging to an answer are above 0, widened to whole words, in order."""
    spans: list[Span] = []
    previous = -1
    for token in (int(number) for number in np.flatnonzero(inside > 0)):
        start, end = int(offsets[token, 0]), int(offsets[token, 1])
        if spans and token - previous <= JOINED_OVER:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        previous = token
    whole = [whole_words(text, span, _bounds(offsets)) for span in spans]
    return tuple(dict.fromkeys(whole))


def whole_words(text: str, span: Span, within: Span) -> Span:
    """The span widened to whole words and numbers inside `within`: the model's tokens are parts of words."""
    start, end = span.start, span.end
    while start > within.start and _IN_A_WORD.match(text, start - 1) and _IN_A_WORD.match(text, start):
        start -= 1
    while end < within.end and _IN_A_WORD.match(text, end) and _IN_A_WORD.match(text, end - 1):
        end += 1
    return Span(start, end)


def _bounds(offsets: NDArray[np.int64]) -> Span:
    return Span(int(offsets[0, 0]), int(offsets[-1, 1]))
