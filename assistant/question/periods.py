"""Days, months and years in a question as the first and last day that they mean.

A time without its year ("in May", "on 3 May") is the last one of that name of which there are documents.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date as Date

from parley.index.language.lexicon import alternatives, words_by_kind
from parley.index.language.times import Time, parse_time

_MONTH = "|".join(calendar.month_name[1:])
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PART = rf"(?:the )?(?:\w+ )?(?:{alternatives(words_by_kind('times')['part_of_time'])})(?: of)? "
WITH_YEAR = (
    rf"(?:{_DAY} (?:of )?(?:{_MONTH}),? \d{{4}}|(?:{_MONTH}) {_DAY},? \d{{4}}|"
    rf"\d{{4}}-\d\d-\d\d|(?:(?:{_MONTH}) )?\d{{4}}(?![-–/]))"
)
"""A day, a month or a year, as a pattern."""

WITHOUT_YEAR = rf"(?-i:(?:{_DAY} (?:of )?(?:{_MONTH})|(?:{_MONTH}) {_DAY}|(?:{_MONTH})))(?! \d)"
"""A day or a month of some year; with a capital, since "may" is more often a verb."""

PERIOD = rf"(?:{_PART})?(?:{WITH_YEAR}|{WITHOUT_YEAR})"
"""Any of them, or a part of it, which counts as the whole: "the first week of May"."""


def days_of(words: str, today: Date, known: Collection[Date] = ()) -> tuple[Date, Date] | None:
    """The first and last day of a period; `None` where the words give none.

    Args:
        words: as the question has them.
        today: the day of asking.
        known: days of documents, by which a missing year is chosen.
    """
    time = parse_time(words)
    if time is None or (time.year is None and time.month is None):
        return None
    if time.year is not None:
        return span_of(time, time.year)
    latest = max((day for day in known if day <= today), default=today)
    spans = [span_of(time, year) for year in sorted({day.year for day in known} | {latest.year, latest.year - 1}, reverse=True)]
    past = [span for span in spans if span is not None and span[0] <= latest]
    return next((span for span in past if any(span[0] <= day <= span[1] for day in known)), past[0] if past else None)


def span_of(time: Time, year: int) -> tuple[Date, Date] | None:
    """The first and last day of a time in a year; `None` for a day that the month does not have, or a weekday alone."""
    if time.month is None:
        return (Date(year, 1, 1), Date(year, 12, 31)) if time.year is not None else None
    last = calendar.monthrange(year, time.month)[1]
    if time.day is None:
        return Date(year, time.month, 1), Date(year, time.month, last)
    return (Date(year, time.month, time.day),) * 2 if time.day <= last else None
