"""Quantities as texts give them: the value, what it counts, and whether it is only about that, at least that or at most that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from parley.index.language.lexicon import alternatives, number_words

Bound = Literal["", "about", "at least", "at most", "more than", "less than", "exactly"]

_WORDS = alternatives(number_words("word"))
_SCALES = alternatives(number_words("scale"))
_SIGNS = "".join(sign for sign in number_words("currency") if not sign.isalpha())
_PERCENT = alternatives(number_words("percent"))
_QUANTITY = re.compile(
    rf"(?P<sign>[{_SIGNS}]\s?)?(?<![\w.,:/-])"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d/:]|[.,]\d)|(?P<word>(?:{_WORDS})(?:-(?:{_WORDS}))?)\b|(?P<article>an?)(?=\s(?:{_SCALES}|dozen)\b))"
    rf"(?P<scales>(?:[\s-]?(?:{_SCALES})\b)*)(?P<dozen>\sdozen\b)?(?P<percent>\s?(?:{_PERCENT}))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:^|(?<=[\s(“\"]))(?P<bound>{alternatives(number_words('bound'))})\s$", re.IGNORECASE)
_BEHIND = re.compile(rf",?\s(?P<bound>{alternatives(number_words('behind'))})\b", re.IGNORECASE)
_UNIT = re.compile(r"\s(?:(?!of\b|and\b|or\b|to\b|in\b|at\b|on\b|by\b|for\b|from\b|with\b|per\b)(?P<unit>[^\W\d_]+))")
_LONGEST_BOUND = 20
"""Characters before a number in which its bound is looked for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `text[start:end]` with what belongs to it.

    Attributes:
        value: with its scale ("3 million" is 3000000).
        unit: "percent", a currency, or the word behind it in lower case; empty if there is none.
        bound: whether the text gives it as "about" that, "at least" that …; empty where it gives it plainly.
    """

    value: Decimal
    unit: str
    bound: Bound
    start: int
    end: int

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both may be one number: equal values, or bounds that leave room for the other."""
        (low, high), (other_low, other_high) = self._range(), other._range()
        least, greatest = max(low, other_low), min(high, other_high)
        if least != greatest:
            return least < greatest
        return not any(item.bound in {"more than", "less than"} and item.value == least for item in (self, other))

    def _range(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest value that its words allow."""
        low = high = self.value
        if self.bound == "about":
            low, high = low * (1 - ABOUT), high * (1 + ABOUT)
        elif self.bound in {"at least", "more than"}:
            high = _WITHOUT_END
        elif self.bound in {"at most", "less than"}:
            low = -_WITHOUT_END
        return low, high


ABOUT = Decimal("0.1")
"""Share of a number by which one that is "about" it may differ; set by hand."""

_WITHOUT_END = Decimal("Infinity")


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities in `text[start:end]`, in order. Ordinals, times of day and numbers of articles ("5.1.2") are none."""
    limit = len(text) if end is None else end
    return [
        _quantity(text, match, start, limit)
        for match in _QUANTITY.finditer(text, start, limit)
        if not _is_part_of_word(text, match)
    ]


def _is_part_of_word(text: str, match: re.Match[str]) -> bool:
    """Whether a number runs on into a word: "5th", "3G"; "one" as a pronoun ("one of them") counts nothing either."""
    if text[match.end() : match.end() + 1].isalpha() and not match["percent"]:
        return True
    return (match["word"] or "").lower() in {"one", "zero"} and text.startswith(" of ", match.end())


def _quantity(text: str, match: re.Match[str], start: int, end: int) -> Quantity:
    value = _value(match)
    before = _BEFORE.search(text[max(start, match.start() - _LONGEST_BOUND) : match.start()])
    unit, behind = _unit(text, match, end)
    after = _BEHIND.match(text, behind, end)
    bound = (
        number_words("bound")[before["bound"].lower()]
        if before
        else number_words("behind")[after["bound"].lower()]
        if after
        else ""
    )
    return Quantity(value, unit, _as_bound(bound), match.start(), match.end())


def _as_bound(sense: str) -> Bound:
    for bound in _BOUNDS:
        if sense == bound:
            return bound
    return ""


_BOUNDS: tuple[Bound, ...] = ("about", "at least", "at most", "more than", "less than", "exactly")


def _value(match: re.Match[str]) -> Decimal:
    words = number_words("word")
    if match["digits"]:
        value = Decimal(match["digits"].replace(",", ""))
    elif match["word"]:
        value = sum((Decimal(words[part]) for part in match["word"].lower().split("-")), Decimal(0))
    else:
        value = Decimal(1)
    for scale in re.findall(r"\w+", match["scales"].lower()):
        value *= Decimal(number_words("scale")[scale])
    return value * 12 if match["dozen"] else value


def _unit(text: str, match: re.Match[str], end: int) -> tuple[str, int]:
    """What is counted, and where it ends."""
    if match["percent"]:
        return "percent", match.end()
    if match["sign"]:
        return number_words("currency")[match["sign"].strip()], match.end()
    found = _UNIT.match(text, match.end(), end)
    if found is None:
        return "", match.end()
    word = found["unit"].lower()
    return number_words("currency").get(word, word), found.end()
