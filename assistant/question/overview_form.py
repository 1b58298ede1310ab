"""Questions for an overview: a summary, where the parties stand, what is agreed, what is open, a timeline, what comes next.

A question is one of them by what is left when its overview phrases and the words that carry nothing are taken out: nothing, or
the matter. "What is agreed, and what is still open?" asks for two parts of an overview; "What is agreed on night work?" is a
question of its own, unless night work is what a group of documents is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from parley.assistant.question.spaced_phrase import end_of_phrase
from parley.index.language.lexicon import question_words, read_rows, words_by_kind
from parley.index.language.words import Word, words_of

Part = Literal["summary", "points", "positions", "agreed", "open", "timeline", "next"]

_LONGEST = 30
"""Words of a question beyond which it is read as telling something."""

_SHORT_IS = re.compile(r"\b(what|who|where)['’]s\b", re.IGNORECASE)

_OF_ANY_MATTER: frozenset[Part] = frozenset({"summary", "timeline"})
"""Parts that may be asked for of any matter; what is open on one matter is a question that the reader answers."""

_MOST_BETWEEN = 3
"""Words that may stand inside a phrase: "what do the two sides want"."""


@dataclass(frozen=True, slots=True)
class OverviewQuestion:
    """What an overview is asked for.

    Attributes:
        parts: in the order of the question; "summary" is all of them.
        about: the words for the matter or the documents, empty for everything.
        of_any_matter: whether an overview of `about` is wanted whatever it is ("summarise …"); else only where documents or
            a group of them are called so.
        within: the words for the documents that the overview before was of, to which this one keeps; empty for all.
        of_several: whether sides are to be set beside each other on `about`, which takes two of them.
    """

    parts: tuple[Part, ...]
    about: str = ""
    of_any_matter: bool = True
    within: str = ""
    of_several: bool = False


def overview_question(text: str) -> OverviewQuestion | None:
    """The overview that a question asks for; `None` for other questions."""
    words = words_of(_plain(text))
    if not words or len(words) > _LONGEST:
        return None
    found, left = _taken_apart([_in_present(word.folded) for word in words])
    if not found:
        return None
    parts = tuple(dict.fromkeys(part for part, _, _ in found))
    ways = {way for _, way, _ in found}
    if not left:
        return OverviewQuestion(parts)
    about = _matter(words, left)
    first, last = found[0], found[-1]
    if any(number < first[2] for number in left):
        return None
    if last[1] != "verb" and not _is_linked(words, last[2], left[0]):
        return None
    several = "each" in ways and "whole" not in ways and _is_on(words, last[2], left[0])
    of_any = "whole" not in ways and (several or _OF_ANY_MATTER.issuperset(parts))
    return OverviewQuestion(parts, about, of_any_matter=of_any, of_several=several)


def names_everything(text: str) -> bool:
    """Whether a question says that it is of all documents: "What is open in the whole library?"."""
    return any(word.folded in words_by_kind("overview")["everything"] for word in words_of(text))


def _in_present(word: str) -> str:
    """An auxiliary in one form for all: "where did the parties stand" asks for the same part as "where do they stand"."""
    return _PRESENT.get(word, word)


_PRESENT = {"did": "do", "does": "do", "was": "is", "were": "are"}


def _plain(text: str) -> str:
    """The text with "what's" and the like written out, as the table has them."""
    return _SHORT_IS.sub(r"\1 is", text)


def _matter(words: Sequence[Word], left: Sequence[int]) -> str:
    """What stands from the first to the last word left; the words in between may be part of a name."""
    return " ".join(word.surface for word in words[left[0] : left[-1] + 1])


def _is_linked(words: Sequence[Word], phrase: int, first: int) -> bool:
    """Whether only words that carry nothing, one of them a preposition, stand between a phrase and the matter."""
    between = [word.folded for word in words[phrase:first]]
    return bool(words_by_kind("overview")["matter"] & frozenset(between))


def _is_on(words: Sequence[Word], phrase: int, first: int) -> bool:
    """Whether the matter stands behind "on" or the like: "in the port talks" names documents, "on pay" none."""
    return bool(question_words("matter_link") & {word.folded for word in words[phrase:first]})


_Found = tuple[Part, str, int]
"""A part, the way its phrase takes its matter, and where in the question the phrase ends."""


def _taken_apart(folded: Sequence[str]) -> tuple[list[_Found], list[int]]:
    """The phrases found, and the positions of the words that are neither in one nor empty."""
    found: list[_Found] = []
    left: list[int] = []
    empty = words_by_kind("overview")["filler"] | words_by_kind("overview")["general"] | words_by_kind("overview")["matter"]
    at = 0
    while at < len(folded):
        longest = max(
            (
                (end, part, way)
                for phrase, part, way in _phrases().get(folded[at], ())
                if (end := end_of_phrase(phrase, folded, at, empty, _MOST_BETWEEN))
            ),
            default=None,
            key=lambda match: match[0],
        )
        if longest is not None:
            end, part, way = longest
            found.append((part, way, end))
            at = end
            continue
        if folded[at] not in empty:
            left.append(at)
        at += 1
    return found, left


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], Part, str], ...]]:
    """First word -> the phrases that begin with it, their part and the way in which they take their matter."""
    by_first: dict[str, list[tuple[tuple[str, ...], Part, str]]] = {}
    for kind, listed in read_rows("overview.tsv"):
        part, _, way = kind.partition(":")
        for phrase in (tuple(item.split()) for item in listed.split(" | ")) if way else ():
            plain = tuple(map(_in_present, phrase))
            by_first.setdefault(plain[0], []).append((plain, cast("Part", part), way))
    return {first: tuple(found) for first, found in by_first.items()}
