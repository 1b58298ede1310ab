"""Headings in capitals that were run into the text: "RIVER TALKS FAIL AS ENVOYS LEAVE “We are tired,” Ruiz said.".

News pages set the headings of other reports between paragraphs; where the breaks around them are lost, nobody said their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.index.types import Span

_WORD = r"[“\"‘'(]?[A-Z\d][A-Z\d.,’'&$%/-]*[”\"’')]?"
_HEADING = re.compile(rf"(?:{_WORD}\s+){{4,}}(?=[“\"‘«]?[A-Z][a-z]|[“\"‘«](?:I|A)\b)")
_LEAST_CAPITALS = 4
"""Words of two capitals or more that make a run of capitals a heading; names and abbreviations come in shorter runs."""


def sentences_apart(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences in order, each heading in capitals that one begins with as one of its own."""
    return [part for sentence in sentences for part in _parts(text, sentence)]


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    heading = _HEADING.match(text, sentence.start, sentence.end)
    words = heading.group().split() if heading else []
    capitals = [word for word in words if sum(character.isupper() for character in word) > 1]
    if heading is None or len(capitals) < _LEAST_CAPITALS or words[-1][-1] in ",&":
        yield sentence
        return
    yield Span(sentence.start, heading.start() + len(heading.group().rstrip()))
    yield Span(heading.end(), sentence.end)
