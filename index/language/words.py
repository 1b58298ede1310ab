"""Words as questions and documents are compared by: folded, stemmed, with their offsets.

Folding happens word by word on a copy, never on the text itself, so that offsets always refer to the stored text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from parley.index.language.folding import fold_text
from parley.index.language.lexicon import number_words, read_rows
from parley.index.language.lexicon import word_set as word_set  # noqa: PLC0414 - read beside words by most
from parley.index.language.stemmer import english_stem

WORD = re.compile(r"\d[\d.,]*\d|\d|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’‘ʼ][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’‘ʼ]s?$")


STOP_WORDS = word_set(
    """
    a an the of to in on for and or nor but is are was were be been being am by with at as that this these those it its
    from he she they his her hers their theirs him them i we you me us my our your not no will would shall should can
    could may might must has have had having do does did doing done who whom whose what which when where why how there
    here then than so if into about over under up out off down per via also too very just only really actually exactly
    ever yet still such own same other another any some all each both more most much many few lot while during after
    before between among through against because until upon within without across along around s t re ve ll d m isn aren
    wasn weren don doesn didn hasn haven hadn won wouldn shouldn couldn isn't aren't wasn't weren't don't doesn't didn't
    hasn't haven't hadn't won't wouldn't shouldn't couldn't can't cannot please tell know said say says saying get got
    anyone someone anything something thing things concerning regarding
    """
)
"""Words that carry no topic of their own; folded forms."""

NUMBER_WORDS = number_words("word")
"""Number words and their digits."""


@cache
def _irregular() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("irregular.tsv")}


def is_irregular_past(word: str) -> bool:
    """Whether a folded word is listed as an irregular form ("won", "led")."""
    return word in _irregular()


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """`word` without case, accents, dots of abbreviations, thousands commas and possessive endings."""
    if word in {"US", "U.S", "U.S.", "USA", "U.S.A."}:
        return "usa"
    word = _POSSESSIVE.sub("", word)
    folded = fold_text(word)
    if folded[:1].isdigit():
        return folded.replace(",", "").rstrip(".")
    return folded.replace(".", "")


_BRITISH = re.compile(r"(?<=[a-z]{4})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word, as the full text has it; irregular forms, spellings in -ise and number words are joined before.

    It is meant for telling whether two words belong together, never for showing.
    """
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    word = _irregular().get(word, word)
    if len(word) <= 3 or not word.isalpha():
        return word
    return english_stem(_BRITISH.sub("iz", word))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end] == surface`."""

    surface: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word as `fold` gives it."""
        return fold(self.surface)

    @property
    def stem(self) -> str:
        """The word as `stem` gives it."""
        return stem(fold(self.surface))


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]` in order, with offsets into `text`."""
    return [Word(m.group(), m.start(), m.end()) for m in WORD.finditer(text, start, len(text) if end is None else end)]


def is_content(word: str) -> bool:
    """Whether a folded word can carry a topic."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of `text`; of words joined by a hyphen also the stem of the joined form."""
    words = words_of(text)
    stems = {word.stem for word in words}
    for left, right in pairwise(words):
        if right.start == left.end + 1 and text[left.end] in "-‐‑":
            stems.add(stem(left.folded + right.folded))
    return frozenset(stems)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the content words of `text`."""
    return frozenset(word.stem for word in words_of(text) if is_content(word.folded))
