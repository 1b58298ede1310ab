"""What is left of a sentence without a clause that tells whose it is."""

from __future__ import annotations

from parley.index.statements.cueing.cues import Region
from parley.index.types import Span


def without_clause(region: Region, first: int, last: int) -> list[Span]:
    """The sentence without the tokens from `first` to `last` and the commas beside them."""
    tokens = region.tokens
    spans = []
    left, right = first, last
    while left > region.low and tokens.kinds[left - 1] in {"comma", "dash"} and tokens.quotes[left - 1] == region.level:
        left -= 1
    low = region.low
    while low < left and tokens.kinds[low] == "conjunction":
        low += 1
    if left > low:
        spans.append(tokens.span(low, left))
    while right < region.high and tokens.kinds[right] in {"comma", "dash", "colon"} and tokens.quotes[right] == region.level:
        right += 1
    high = region.high
    while high > right and tokens.kinds[high - 1] in {"stop", "comma"} and tokens.quotes[high - 1] == region.level:
        high -= 1
    if high > right and not (spans and tokens.words[right] in {"who", "which"}):
        spans.append(tokens.span(right, high))
    return spans
