"""What a group of documents is called after: the name or phrase that most of their titles share, and no other title has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parley.index.language.lexicon import calendar_names
from parley.index.language.words import Word, fold, is_content, words_of

FEWEST_TITLES = 2
"""Titles of a group that must share the phrase."""

SHARED = 1 / 3
"""Share of a group's titles that must have it."""

_LONGEST = 3
"""Words of the phrase."""


def shared_phrase(titles: Sequence[str], others: Sequence[str], names: frozenset[str]) -> str | None:
    """The phrase of most titles of a group, the longest of several; `None` where they share none.

    A single word must be a name: "Yelva" tells which talks these are, "minutes" does not.

    Args:
        titles: those of the group.
        others: those of all other documents.
        names: folded words that are names in the documents.
    """
    written: dict[tuple[str, ...], Counter[str]] = {}
    for title in titles:
        for key, surface in dict(_phrases(title)).items():
            written.setdefault(key, Counter())[surface] += 1
    elsewhere = {key for title in others for key, _ in _phrases(title)}
    held = {key: sum(surfaces.values()) for key, surfaces in written.items() if key not in elsewhere}
    enough = max(FEWEST_TITLES, SHARED * len(titles))
    fitting = [key for key, count in held.items() if count >= enough and (len(key) > 1 or key[0] in names)]
    best = max(fitting, key=lambda key: (held[key], len(key), key), default=None)
    return _as_written(written[best]) if best is not None else None


def _phrases(title: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Runs of words that carry a topic, side by side, folded and as written."""
    words = words_of(title)
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST, len(words))):
            if not _tells(words[last]) or (last > first and title[words[last - 1].end : words[last].start] != " "):
                break
            run = words[first : last + 1]
            yield tuple(word.folded for word in run), title[run[0].start : run[-1].end]


def _tells(word: Word) -> bool:
    """Whether a word of a title can tell what the documents are about: no number, no day or month, no mere word of a clause."""
    calendar = {fold(spelling) for kind in ("month", "weekday") for one in calendar_names(kind) for spelling in one.english}
    return is_content(word.folded) and word.surface.isalpha() and len(word.folded) > 2 and word.folded not in calendar


def _as_written(surfaces: Counter[str]) -> str:
    """As most titles write it; of several, not the one in capitals."""
    return max(surfaces, key=lambda surface: (surfaces[surface], not surface.isupper(), surface))
