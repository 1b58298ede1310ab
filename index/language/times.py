"""Dates as texts give them, complete or not: a day, a month, a year or a weekday, never filled up with what is not said.

"May 2031" is a month of a year, "5 May" a day of no year, "Friday" a weekday. Two of them may be the same time unless a part that
both give differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import calendar_names

Grain = Literal["day", "month", "year", "weekday"]

_MONTHS = {name: month.number for month in calendar_names("month") for name in month.english}
_WEEKDAYS = {name: day.number for day in calendar_names("weekday") for name in day.english}
_FULL_WEEKDAYS = "|".join(day.name for day in calendar_names("weekday"))
_FULL_MONTHS = "|".join(month.name for month in calendar_names("month"))
_SHORT_MONTHS = "|".join(short.capitalize() for month in calendar_names("month") for short in month.short)
_MONTH = rf"(?P<month>{_FULL_MONTHS}|(?:{_SHORT_MONTHS})\b)(?!\w)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[0-9]\d\d|2[01]\d\d)(?![\d.,]*\d)"
MONTH_STARTS = "|".join(month.name[:3] for month in calendar_names("month"))
"""How the months begin, "Jan" to "Dec", as alternatives of a pattern."""

_BEFORE = ("In", "of", "Of", "by", "By", "last", "next", "since", "Since", "until", "this", "early", "late")
_BEFORE_MONTH = "".join(f"|(?<=\\b{word} )" for word in _BEFORE)
_FORMS = (
    re.compile(rf"(?<![\w.,:/-]){_DAY}\s+(?:of\s+)?{_MONTH}(?!\.?\s*\d)"),
    re.compile(rf"\b{_MONTH}\.?\s+{_DAY}(?!\d|[.,:]\d)"),
    re.compile(rf"\b{_MONTH}\.?,?\s+(?:of\s+)?{_YEAR}"),
    re.compile(rf"(?:(?<=\bin ){_BEFORE_MONTH}){_MONTH}(?!\.?\s+(?:[0-3]?\d|\d{{4}})\b)"),
    re.compile(rf"(?<![\w.,/-]){_YEAR}(?![\w/-])"),
    re.compile(rf"\b(?P<weekday>{_FULL_WEEKDAYS})\b"),
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as the text gives it at `text[start:end]`; parts that it does not give are `None`.

    Attributes:
        weekday: 0 for Monday.
        start, end: half-open offsets; 0 and 0 for one that stands in no text.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    start: int = 0
    end: int = 0

    @property
    def grain(self) -> Grain:
        """The finest part that is given."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "year" if self.year is not None else "weekday"

    def may_be(self, other: Time | Date) -> bool:
        """Whether no part that both give differs; a full date gives its weekday too."""
        left, right = self.parts(), (other if isinstance(other, Time) else time_of(other)).parts()
        return all(left[part] == right[part] for part in left.keys() & right.keys())

    def parts(self) -> dict[str, int]:
        """The parts that are given, by name."""
        given = {"year": self.year, "month": self.month, "day": self.day, "weekday": self.weekday}
        return {part: value for part, value in given.items() if value is not None}


def time_of(date: Date) -> Time:
    """A calendar day as a time that stands in no text."""
    return Time(date.year, date.month, date.day, date.weekday())


def find_times(text: str) -> list[Time]:
    """The times that a text gives, in order; of overlapping ones the fullest."""
    taken: set[int] = set()
    found: list[Time] = []
    for time in _all_times(text):
        if not taken & set(range(time.start, time.end)):
            taken |= set(range(time.start, time.end))
            found.append(time)
    return sorted(found, key=lambda time: time.start)


def _all_times(text: str) -> Iterator[Time]:
    for item in find_dates(text):
        yield Time(item.date.year, item.date.month, item.date.day, item.date.weekday(), item.start, item.end)
    for form in _FORMS:
        for match in form.finditer(text):
            time = _time(match)
            if time is not None:
                yield time


def _time(match: re.Match[str]) -> Time | None:
    parts = match.groupdict()
    day = int(parts["day"]) if parts.get("day") else None
    if day is not None and not 1 <= day <= 31:
        return None
    return Time(
        year=int(parts["year"]) if parts.get("year") else None,
        month=_MONTHS[parts["month"].lower()] if parts.get("month") else None,
        day=day,
        weekday=_WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None,
        start=match.start(),
        end=match.end(),
    )


def parse_time(words: str) -> Time | None:
    """The first time that a few words give ("May 2031", "2031-05-03"), without offsets; `None` if they give none."""
    found = find_times(words) or find_times(f"in {words}")
    return Time(found[0].year, found[0].month, found[0].day, found[0].weekday) if found else None
