"""By which terms a text is found that may hold a quotation: every two words that a quotation may put next to each other.

A quotation may pass over brackets and line ends, and join what a speaker clause stands between. So a text's terms are its words
in order and behind them, each pair by itself, the words that stand apart in the text and may stand together in a quotation.
Whatever holds a quotation has all its pairs; what has them all is looked at, so that too much costs time and too little would be
an error.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from re import Match

from parley.index.language.quoted_words import INSERTION, LINE_END, WORD, may_be_passed_over, strict_fold
from parley.index.types import Span

ANY = "*"
"""The term of a text that has to be looked at whatever the quotation."""

_BETWEEN = "|"
"""Stands between words that are not next to each other."""

_LONGEST_PASSED = 40
"""Words in brackets, one after another, of which each pair is told; a text with more of them is found by `ANY`."""

_LONGEST_TERM = 64

_UNFIT = re.compile(r"\s")


def quotation_terms(text: str, spoken: Sequence[Sequence[Span]] = ()) -> str:
    """The terms of a text, with spaces between them.

    `spoken` has, for each statement that a speaker clause interrupts, the spans of what was said.
    """
    found = list(WORD.finditer(text))
    surfaces = [word.group() for word in found]
    terms = " ".join(map(_term_of, surfaces))
    brackets, line_ends = list(INSERTION.finditer(text)), list(LINE_END.finditer(text))
    if not (brackets or line_ends or spoken):
        return terms
    starts = [word.start() for word in found]
    words = _marked(surfaces, starts, brackets, line_ends)
    try:
        further = dict.fromkeys(chain(_further(words), _joined(words, starts, spoken)))
    except _TooManyPassedError:
        return ANY
    return f" {_BETWEEN} ".join([terms, *(" ".join(map(_term, together)) for together in further)])


def wanted_terms(parts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The terms that a text has to have, each next to each other, for folded words of which each part stands together."""
    wanted = (pairwise(words) if len(words) > 1 else [tuple(words)] for words in parts if words)
    return list(dict.fromkeys(tuple(map(_term, words)) for words in chain.from_iterable(wanted)))


class _TooManyPassedError(Exception):
    """More words in brackets stand one after another than it makes sense to pair."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words in order, with the numbers of those in brackets, and of those that a line end joins to the next."""

    folded: Sequence[str]
    inserted: Collection[int]
    divided: Collection[int]

    def joined(self, number: int) -> str | None:
        """The word of which this is the first part, if it is one."""
        is_part = number in self.divided and number + 1 < len(self.folded)
        return self.folded[number] + self.folded[number + 1] if is_part else None

    def following(self, number: int) -> Iterator[str]:
        """The words of which one comes next from this number on, where insertions may be passed over."""
        for passed in range(number, len(self.folded)):
            if passed - number > _LONGEST_PASSED:
                raise _TooManyPassedError
            yield self.folded[passed]
            if (joined := self.joined(passed)) is not None:
                yield joined
            if passed not in self.inserted or not may_be_passed_over(self.folded[passed]):
                return

    def chosen(self, numbers: Sequence[int]) -> _Words:
        """Some of the words, as if they stood together."""
        inserted, divided = (
            {place for place, number in enumerate(numbers) if number in marked} for marked in (self.inserted, self.divided)
        )
        return _Words([self.folded[number] for number in numbers], inserted, divided)


def _marked(
    surfaces: Sequence[str], starts: Sequence[int], brackets: Sequence[Match[str]], line_ends: Sequence[Match[str]]
) -> _Words:
    """The words of a text, where they start, and what stands between them."""
    inserted: set[int] = set()
    for bracket in brackets:
        inserted.update(range(bisect_left(starts, bracket.start()), bisect_left(starts, bracket.end())))
    before = [(bisect_left(starts, line_end.start()) - 1, line_end.start()) for line_end in line_ends]
    divided = {number for number, end in before if number >= 0 and starts[number] + len(surfaces[number]) == end}
    return _Words([strict_fold(word) for word in surfaces], inserted, divided)


def _further(words: _Words) -> Iterator[tuple[str, ...]]:
    """Words that may stand together in a quotation although other words, or the end of a line, stand between or within them."""
    for number in words.divided:
        if (joined := words.joined(number)) is not None:
            yield (joined,)
            yield from ((joined, other) for other in words.following(number + 2))
    for number in {*words.inserted, *words.divided}:
        if number > 0:
            # The first of them stands next to it in the text as well.
            yield from ((words.folded[number - 1], other) for other in islice(words.following(number), 1, None))


def _joined(words: _Words, starts: Sequence[int], spoken: Sequence[Sequence[Span]]) -> Iterator[tuple[str, ...]]:
    """The same for what somebody said before and after a speaker clause."""
    for spans in spoken:
        runs = (range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in spans)
        numbers = sorted(set(chain(*runs)))
        said = words.chosen(numbers)
        yield from _further(said)
        for (left, right), together in zip(pairwise(numbers), pairwise(said.folded), strict=True):
            if right != left + 1:
                yield together


@lru_cache(maxsize=100_000)
def _term_of(word: str) -> str:
    return _term(strict_fold(word))


def _term(folded: str) -> str:
    """A folded word as a term: short, without spaces, never empty. Two words may become one term."""
    return _UNFIT.sub("_", folded[:_LONGEST_TERM]) or "_"
