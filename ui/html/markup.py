"""Text of documents and questions as HTML: every character shown, none of them acting.

Whatever this module returns has the text it was given as its `textContent`, character by character, so that a
highlighted quotation can be compared with the document. Line ends and tabs become character references, because a
Markdown engine in between would otherwise take them for structure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from parley.assistant import Span

_REFERENCES = str.maketrans(
    {
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
        "\f": "&#12;",
        # HTML cannot hold NUL; U+FFFD is what a browser would show for it.
        "\0": "\ufffd",
    }
)

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def text_html(text: str) -> str:
    """The text as HTML that is safe in an element and in a quoted attribute."""
    whole = text.encode("utf-8", "replace").decode("utf-8") if _HALF_CHARACTER.search(text) else text
    return escape(whole, quote=True).translate(_REFERENCES)


def isolated(text: str) -> str:
    """The text in an element of its own, so that direction marks in it cannot reorder what stands around it."""
    return f'<bdi class="t">{text_html(text)}</bdi>'


def wrapped_ranges(text: str, ranges: Sequence[tuple[Span, str, str]], *, window: Span | None = None) -> str:
    """The text of `window` (by default all of it) with ranges of it put between tags.

    Args:
        text: the whole text that the ranges refer to.
        ranges: span, opening tag, closing tag. Where they overlap, later ones are nested inside earlier ones; a range is
            closed and opened again only where an earlier one begins or ends inside it.
        window: the part of the text to return.
    """
    start, end = window or Span(0, len(text))
    cuts = sorted({start, end, *(min(max(cut, start), end) for span, _, _ in ranges for cut in span)})
    pieces: list[str] = []
    opened: list[int] = []
    for left, right in pairwise(cuts):
        covering = [number for number, (span, _, _) in enumerate(ranges) if span.start <= left and right <= span.end]
        kept = _common_length(opened, covering)
        pieces += [ranges[number][2] for number in reversed(opened[kept:])]
        pieces += [ranges[number][1] for number in covering[kept:]]
        pieces.append(text_html(text[left:right]))
        opened = covering
    return "".join([*pieces, *(ranges[number][2] for number in reversed(opened))])


def _common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """How many items the two begin with in common."""
    return next(
        (place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other))
    )
