"""Numbers of provisions: as they are written ("7:02", "XII", "19.A", "(iv)"), and as they are compared."""

from __future__ import annotations

import re


def _listed(words: str) -> list[str]:
    return words.split()


_WORDS = _listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    " twenty"
)
_ORDINALS = _listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
)
WORD_NUMBERS = {word: str(value) for words in (_WORDS, _ORDINALS) for value, word in enumerate(words, start=1)}
"""Numbers written out, in small letters, with their value."""

ORDINAL = "|".join(_ORDINALS)
"""The ordinals, as a pattern's alternatives."""

NUMBER = (
    r"(?:\d{1,4}[A-Za-z]?(?:[.:/-]\d{1,3}[A-Za-z]?|\.[A-Za-z](?![A-Za-z]))*"
    r"|[IVXLCivxlc]{1,7}(?:[.-]\d{1,3}|\.[A-Z](?![a-z]))*"
    r"|[A-Za-z](?:[.-]?\d{1,3}[A-Za-z]?)*"
    rf"|(?i:{'|'.join(_WORDS)}|{ORDINAL}))"
    r"(?![A-Za-z0-9])(?:\s?(?:bis|ter|quater|quinquies)\b)?(?:\s?\([0-9]{1,3}\)|\s?\((?:[a-z]{1,2}|[ivxl]{3,5})\))*"
)
"""Pattern of a number behind the word for its kind: "5", "5 bis", "7:02", "19.A", "15.1.A.3", "XII", "B", "2(7)", "One"."""

_ROMAN = re.compile(r"(?=[ivxl])x{0,3}(?:l?x{0,3}|xl)(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_PART = re.compile(r"\d+|[a-z]+")

Address = tuple[str, ...]
"""A number taken apart, in small letters and without leading zeros: ("15", "1", "a", "3")."""


def address_of(number: str) -> Address:
    """The number taken apart; words and Roman numerals of two letters or more become figures."""
    folded = WORD_NUMBERS.get(number.strip().lower(), number.lower())
    return tuple(_figure(part) for part in _PART.findall(folded))


def same_address(one: Address, other: Address) -> bool:
    """Whether two numbers mean the same; a single letter may be a Roman numeral ("Annex I" is "Annex 1")."""
    return len(one) == len(other) and all(map(same_part, one, other))


def same_part(one: str, other: str) -> bool:
    """Whether two parts of numbers mean the same."""
    return one == other or _as_figure(one) == _as_figure(other)


def follows(previous: Address, following: Address) -> bool:
    """Whether `following` comes right after `previous` in a list: its last part is the next figure, letter or Roman numeral."""
    if len(previous) != len(following) or previous[:-1] != following[:-1]:
        return False
    one, other = previous[-1], following[-1]
    by_letter = len(one) == len(other) == 1 and one.isalpha() and other.isalpha() and ord(other) == ord(one) + 1
    figures = _as_figure(one), _as_figure(other)
    return by_letter or (figures[0].isdigit() and figures[1].isdigit() and int(figures[1]) == int(figures[0]) + 1)


def opens(number: Address) -> bool:
    """Whether a number is the first of its list: "1", "a", "i"."""
    return number[-1] in ("1", "a", "i")


def _figure(part: str) -> str:
    if part.isdigit():
        return part.lstrip("0") or "0"
    return _as_figure(part) if len(part) > 1 else part


def _as_figure(part: str) -> str:
    """The value of a Roman numeral below 90 in figures, anything else as it is; a small l stands for a 1 in scanned text."""
    if part == "l":
        return "1"
    if part.isdigit() or not _ROMAN.fullmatch(part):
        return part
    values = [_ROMAN_VALUES[letter] for letter in part]
    total = sum(-value if any(value < later for later in values[place + 1 :]) else value for place, value in enumerate(values))
    return str(total)
