"""Comparing an answer with a gold answer, word by word.

Words are runs of letters and digits, with a clitic after an apostrophe ("don't"), lower-cased; typographic
apostrophes count as straight ones. On ASCII text these are the words that most question-answering scorers use; other
scripts are treated alike instead of being dropped.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})


def words(text: str) -> list[str]:
    """The words of `text` in order, lower-cased."""
    composed = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return [match.group().lower() for match in _WORD.finditer(composed)]


def squash(text: str) -> str:
    """The text in lower case with every run of anything but letters, digits and underscores as one blank."""
    return re.sub(r"\W+", " ", text.replace("’", "'").lower()).strip()


def contains(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` stand in `text` next to each other and in order; false for a phrase without words."""
    wanted = words(phrase)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(words(text))} "


def squad_words(text: str) -> list[str]:
    """The words that the official evaluation of SQuAD compares: `normalize_answer` of its script, split at white space.

    Lower-cased, ASCII punctuation deleted (not replaced: "1,000" is "1000"), then articles. Typographic quotation marks stay.
    """
    return _ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def token_f1(text: str, gold: str) -> float:
    """Harmonic mean of word precision and recall, 0 to 1, as the official evaluation of SQuAD 2.0 computes it.

    Two texts without words score 1, one without words scores 0.
    """
    found, wanted = squad_words(text), squad_words(gold)
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
