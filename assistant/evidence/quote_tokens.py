"""Comparing a quotation with a text word by word; offsets never shift, because only copies of words are folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from parley.index.language.folding import fold_text
from parley.index.language.quoted_words import LINE_END, NEGATIONS, Token, divided_word, tokens_of

_ELLIPSIS = re.compile(r"\[\s*(?:\.\s*){3}\]|\[\s*…\s*\]|(?:\.\s*){3,}|…")
_LONGEST_GAP = 80
"""Words that a mark of omission may stand for."""

_SHORT_GAP, _BESIDE = 12, 4
"""Words of an omission in which any negation counts, and words at either end of a longer one."""


@lru_cache(maxsize=512)
def plain_text(text: str) -> str:
    """`text` without case, accents and hyphens at line ends, apostrophes alike: for a quick look only, offsets mean nothing."""
    return fold_text(LINE_END.sub("", text))


def holds_longest(text: str, words: Iterable[str]) -> bool:
    """Whether the longest of some folded words occurs in `text`, in whatever spelling of accents: a look before an exact one.

    Numbers are passed over, since a text may write them with marks that folding takes away.
    """
    return max((word for word in words if word.isalpha()), key=len, default="") in plain_text(text)


def segments_of(quote: str) -> tuple[str, ...]:
    """The parts of a quotation between marks of omission ("…", "[...]"), without empty ones."""
    return tuple(part for piece in _ELLIPSIS.split(quote) if tokens_of(part := piece.strip()))


def find_sequence(tokens: Sequence[Token], words: Sequence[str], begin: int = 0) -> tuple[int, int] | None:
    """First run of `tokens` from index `begin` with exactly these words, as token indices `[first, after)`.

    Bracketed insertions of the text may be passed over unless they negate; then the run still holds all its words.
    """
    if not words:
        return None
    for first in range(begin, len(tokens)):
        if tokens[first].folded == words[0] or divided_word(tokens, first) == words[0]:
            after = _run_from(tokens, words, first)
            if after is not None:
                return first, after
    return None


def find_parts(tokens: Sequence[Token], parts: Sequence[Sequence[str]], begin: int) -> tuple[int, int] | None:
    """First run of tokens from index `begin` with the words of all parts in order, up to 80 words left out between two.

    What is left out may hold no negation that a reader would miss: none in a short omission, none beside a long one.
    """
    first = begin
    while (run := find_sequence(tokens, parts[0], first)) is not None:
        start, after = run
        for words in parts[1:]:
            following = find_sequence(tokens[: after + _LONGEST_GAP + len(words)], words, after)
            if following is None or _drops_negation([token.folded for token in tokens[after : following[0]]]):
                break
            after = following[1]
        else:
            return start, after
        first = run[0] + 1
    return None


def _drops_negation(omitted: Sequence[str]) -> bool:
    beside = omitted if len(omitted) <= _SHORT_GAP else [*omitted[:_BESIDE], *omitted[-_BESIDE:]]
    return any(word in NEGATIONS or word.endswith("n't") for word in beside)


def _run_from(tokens: Sequence[Token], words: Sequence[str], first: int) -> int | None:
    position = first
    for word in words:
        while position < len(tokens) and not _stands_at(tokens, position, word) and tokens[position].skippable:
            position += 1
        if position >= len(tokens) or not _stands_at(tokens, position, word):
            return None
        position += 1 if tokens[position].folded == word else 2
    return position


def _stands_at(tokens: Sequence[Token], position: int, word: str) -> bool:
    return word in (tokens[position].folded, divided_word(tokens, position))


ChangeKind = Literal["same", "document_only", "quotation_only"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """A run of words that the document and the quotation share, or that only one of them has."""

    kind: ChangeKind
    words: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch of a text nearest to a quotation: token indices `[first, after)`, how many words agree, and the differences."""

    first: int
    after: int
    matches: int
    steps: tuple[tuple[int | None, int | None], ...]


def align(tokens: Sequence[Token], words: Sequence[str]) -> Alignment | None:
    """Best local alignment (Smith and Waterman 1981; match +2, difference -1, gap -1); `None` if no word agrees."""
    width = len(words) + 1
    rows = [[0] * width]
    best, best_at = 0, (0, 0)
    for row, token in enumerate(tokens, start=1):
        above, current = rows[-1], [0] * width
        for column in range(1, width):
            score = above[column - 1] + (2 if token.folded == words[column - 1] else -1)
            score = max(0, score, above[column] - 1, current[column - 1] - 1)
            current[column] = score
            if score > best:
                best, best_at = score, (row, column)
        rows.append(current)
    return _trace(rows, tokens, words, best_at) if best else None


def _trace(rows: list[list[int]], tokens: Sequence[Token], words: Sequence[str], end: tuple[int, int]) -> Alignment:
    row, column = end
    steps: list[tuple[int | None, int | None]] = []
    while row and column and rows[row][column]:
        score = rows[row][column]
        same = tokens[row - 1].folded == words[column - 1]
        if score == rows[row - 1][column - 1] + (2 if same else -1):
            row, column = row - 1, column - 1
            steps.append((row, column))
        elif score == rows[row - 1][column] - 1:
            row -= 1
            steps.append((row, None))
        else:
            column -= 1
            steps.append((None, column))
    steps.reverse()
    before = min(column, row, _MOST_PAIRED)
    after = min(len(words) - end[1], len(tokens) - end[0], _MOST_PAIRED)
    head = [(None, index) for index in range(column - before)] + [
        (row - before + step, column - before + step) for step in range(before)
    ]
    tail = [(end[0] + step, end[1] + step) for step in range(after)] + [
        (None, index) for index in range(end[1] + after, len(words))
    ]
    steps = [*head, *steps, *tail]
    matches = sum(1 for left, right in steps if left is not None and right is not None and tokens[left].folded == words[right])
    return Alignment(row - before, end[0] + after, matches, tuple(steps))


_MOST_PAIRED = 3
"""Differing words at either end of a quotation that are set against the words in their place."""


def word_changes(text: str, tokens: Sequence[Token], quote: str, alignment: Alignment) -> tuple[WordChange, ...]:
    """The alignment as runs of words, in the spelling of the document and of the quotation."""
    quoted = tokens_of(quote)
    runs: list[tuple[ChangeKind, list[str]]] = []
    for left, right in alignment.steps:
        shown = text[tokens[left].start : tokens[left].end] if left is not None else ""
        typed = quote[quoted[right].start : quoted[right].end] if right is not None else ""
        if left is not None and right is not None and tokens[left].folded == quoted[right].folded:
            _extend(runs, "same", shown)
            continue
        if shown:
            _extend(runs, "document_only", shown)
        if typed:
            _extend(runs, "quotation_only", typed)
    return tuple(WordChange(kind, " ".join(words)) for kind, words in runs)


def _extend(runs: list[tuple[ChangeKind, list[str]]], kind: ChangeKind, word: str) -> None:
    """Add a word to the last run of its kind since the last shared word, so that differences read as two runs side by side."""
    for known, words in reversed(runs[-2:]):
        if known == kind:
            words.append(word)
            return
        if known == "same":
            break
    runs.append((kind, [word]))
