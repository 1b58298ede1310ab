"""The days at which a time line has its marks: beginnings of years, months, weeks or single days, whichever are few enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from parley.ui.html.labels import day_name

MOST_TICKS = 7
"""Marks on a line of some 750 units, so that their names do not touch."""

_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_DAYS = (1, 2)
_WEEKS = (1, 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with what is written below it: "2031", "May 2031" or "12 May 2031"."""

    day: Date
    name: str


def natural_ticks(first: Date, last: Date) -> list[Tick]:
    """The finest marks between two days of which there are at most `MOST_TICKS`; the days themselves where none lies between.

    Whole years and months begin with their first day, weeks with Monday.
    """
    for steps in _candidates(first, last):
        if 2 <= len(steps) <= MOST_TICKS:
            return steps
    return [Tick(day, day_name(day, short=True)) for day in dict.fromkeys((first, last))]


def _candidates(first: Date, last: Date) -> Iterator[list[Tick]]:
    """Marks from the finest kind to the coarsest; kinds that are far too fine are left out."""
    days = (last - first).days
    for step in _DAYS:
        if days <= 60:
            yield [_day(first + timedelta(number)) for number in range(0, days + 1, step)]
    for step in _WEEKS:
        if days <= 400:
            monday = first + timedelta(-first.weekday() % 7)
            yield [_day(monday + timedelta(7 * number)) for number in range(0, (last - monday).days // 7 + 1, step)]
    for step in _MONTHS:
        yield [Tick(day, f"{day:%b} {day.year}") for day in _firsts(first, last) if (day.month - 1) % step == 0]
    for step in _YEARS:
        yield [Tick(day, str(day.year)) for day in _firsts(first, last) if day.month == 1 and day.year % step == 0]


def _day(day: Date) -> Tick:
    return Tick(day, day_name(day, short=True))


def _firsts(first: Date, last: Date) -> Iterator[Date]:
    """The first days of months between two days."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = Date(year, month, 1)
        if first <= day <= last:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
