"""Comparing an answer with a gold answer, word by word.

Words are runs of letters and digits, with a clitic after an apostrophe ("don't"), lower-cased; typographic
apostrophes count as straight ones. On ASCII text these are the words that most question-answering scorers use; other
scripts are treated alike instead of being dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = re.compile(r"[^\w\s]")
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})


def words(text: str) -> list[str]:
    """The words of `text` in order, lower-cased."""
    composed = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return [match.group().lower() for match in _WORD.finditer(composed)]


def contains(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` stand in `text` next to each other and in order; false for a phrase without words."""
    wanted = words(phrase)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(words(text))} "


def token_f1(text: str, gold: str) -> float:
    """Harmonic mean of word precision and recall, 0 to 1, articles and punctuation left out.

    The definition of the SQuAD 1.1 evaluation (Rajpurkar et al. 2016, section 6.1). Two texts without words score 1,
    one without words scores 0.
    """
    found, wanted = _f1_words(text), _f1_words(gold)
    if not found or not wanted:
        return float(found == wanted)
    common = sum((Counter(found) & Counter(wanted)).values())
    return 2 * common / (len(found) + len(wanted))


def leading_words(text: str, count: int) -> str:
    """`text` up to the end of its word number `count`; words are those divided by white space."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return text if len(ends) <= count else text[: ends[count - 1]]


def word_count(text: str) -> int:
    """Words divided by white space, as a reader would count them."""
    return len(text.split())


def first_contained(text: str, phrases: Sequence[str]) -> str | None:
    """The first of `phrases` that `text` contains, or `None`."""
    return next((phrase for phrase in phrases if contains(text, phrase)), None)


def _f1_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_STRAIGHT).lower()
    return _PUNCTUATION.sub(" ", _ARTICLE.sub(" ", plain)).split()
