"""Calendar days in a text: full dates in ISO form or with an English month, so that a day is compared and not its digits."""

from __future__ import annotations

from datetime import date as Date

from parley.index.language.dates import find_dates


def days_in(text: str) -> list[Date]:
    """The full dates that the text gives, in order; what is no day of the calendar is left out.

    >>> days_in("signed on 22 July 2022 (2022-07-23 local time), and again in May 2023")
    [datetime.date(2022, 7, 22), datetime.date(2022, 7, 23)]
    """
    return [found.date for found in find_dates(text)]


def gives_day(text: str, day: Date) -> bool:
    """Whether the text gives that day with its year; "12 September 2015" does not give 12 September 2016."""
    return day in days_in(text)
