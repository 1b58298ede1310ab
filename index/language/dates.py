"""Calendar dates as documents write them: complete or not at all.

A date without its year, or one that can be read two ways, is none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date as Date
from typing import NamedTuple

from parley.index.language.lexicon import calendar_names, word_set

_DAY_FIRST = word_set("ru uk be bg de tr pl cs sk fi nb no da et lv lt ro hr sr sl hu kk az ka hy")
"""Languages in which the dotted form 03.04.2025 can only mean 3 April."""


class FoundDate(NamedTuple):
    """A calendar date and the half-open range of characters that states it."""

    date: Date
    start: int
    end: int


def _fold(word: str) -> str:
    # Accents stay, since "março" is a month and "Marco" a name.
    # Turkish dotted and dotless i would otherwise differ between capitals and small letters.
    return unicodedata.normalize("NFC", word.casefold().replace("i̇", "i").replace("ı", "i"))


_MONTHS = {_fold(name): month.number for month in calendar_names("month") for name in (*month.english, *month.foreign)}
_YEAR = re.compile(r"\d{4}")
"""Stands in every date that is complete."""
_WORD = r"([^\W\d_]{3,})\.?"
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)|(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")
_DAY_MONTH = re.compile(
    r"(?<![\d.,/])(?<!\d[-–])(?<!\d\s[-–]\s)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+|-)(?:de\s+|of\s+|day\s+of\s+)?"
    + _WORD
    + r"(?:,?\s+|-)(?:de\s+|del\s+)?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"(?<!\w)" + _WORD + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])")
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?!\d\d?$)")


def find_dates(text: str, *, language: str | None = None) -> list[FoundDate]:
    """The dates that `text` states with day, month and year, in order of appearance.

    `language` (ISO 639-1) decides only whether 03.04.2025 is 3 April; 03/04/2025 is always left out, 16/05/2025 is not.
    """
    found: list[FoundDate] = []
    if not _YEAR.search(text):
        return found  # most sentences state no date, and the patterns take long to tell
    for match in _YEAR_FIRST.finditer(text):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        _append(found, match, year, int(month), day)
    for match in _DAY_MONTH.finditer(text):
        _append(found, match, match[3], _MONTHS.get(_fold(match[2]), 0), match[1])
    for match in _MONTH_DAY.finditer(text):
        _append(found, match, match[3], _MONTHS.get(_fold(match[1]), 0), match[2])
    for match in _NUMERIC.finditer(text):
        day, month = _numeric_day_month(int(match[1]), int(match[3]), day_first=match[2] == "." and language in _DAY_FIRST)
        _append(found, match, match[4], month, str(day))
    return sorted(found, key=lambda item: item.start)


def parse_date(value: str, *, language: str | None = None) -> Date | None:
    """The date of a metadata value such as "2025-05-16T09:30+03:00", "D:20250516…" or "Fri, 16 May 2025", else `None`.

    The day is the one written, not converted to another time zone.
    """
    compact = _COMPACT.match(value.strip())
    if compact:
        return _make_date(compact[1], int(compact[2]), compact[3])
    return next((found.date for found in find_dates(value, language=language)), None)


def _append(found: list[FoundDate], match: re.Match[str], year: str, month: int, day: str) -> None:
    date = _make_date(year, month, day)
    if date is not None:
        found.append(FoundDate(date, match.start(), match.end()))


def _make_date(year: str, month: int, day: str) -> Date | None:
    # A year outside these bounds is a reference number or a misreading, not the date of a document.
    if not 1000 <= int(year) <= 2199 or not 1 <= month <= 12:
        return None
    try:
        return Date(int(year), month, int(day))
    except ValueError:
        return None


def _numeric_day_month(first: int, second: int, *, day_first: bool) -> tuple[int, int]:
    """Day and month of two numbers; month 0 where they can be read both ways."""
    if day_first or first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    return first, 0
