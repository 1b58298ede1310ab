"""Whether a cited sentence is of the time that a question sets: by its own words, those around it, or its document's date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta

from parley.assistant.answer import Citation
from parley.assistant.question.asked_time import AskedTime
from parley.assistant.question.periods import days_of, span_of
from parley.index.language.times import Time, find_times
from parley.index.types import DocumentEntry

REPORTED_AFTER = timedelta(days=1)
"""How long after the time asked for a document may be dated that tells of it: a newspaper is of the next morning."""

_WEEK = timedelta(days=7)


def is_of_day(day: Date, asked: AskedTime) -> bool:
    """Whether a document of a day is of the time."""
    if asked.weekday is not None:
        return asked.weekday in {day.weekday(), (day - REPORTED_AFTER).weekday()}
    return (asked.since or day) <= day <= (asked.until + REPORTED_AFTER if asked.until and asked.within else asked.until or day)


def is_dated(entry: DocumentEntry, asked: AskedTime) -> bool:
    """Whether a document is dated of the time itself; "from March 2031" means of that month where documents are asked for."""
    if entry.date is None or (asked.weekday is not None and entry.date.weekday() != asked.weekday):
        return False
    until = asked.until
    if asked.since is not None and asked.words.lower().startswith("from "):
        until = (days_of(asked.words[len("from ") :], asked.since) or (None, None))[1]
    return (asked.since or entry.date) <= entry.date <= (until or entry.date)


def is_of_time(citation: Citation, asked: AskedTime, *, around: bool = False) -> bool | None:
    """Whether a citation is of the time; `None` where its document, without a date, tells nothing of when it is.

    A document of that time is, whatever its sentences tell of. In another one, a sentence is that tells the time itself; with
    `around`, also one that tells none and stands in a passage that does.
    """
    document = citation.document
    if document.date is not None and is_of_day(document.date, asked):
        return True
    if (own := _tells(citation.quote, document.date, asked)) is not None:
        return own
    if document.date is None:
        return _tells(f"{document.title}\n{document.text}", None, asked)
    passage = document.text[citation.passage.start : citation.passage.end]
    return around and bool(_tells(f"{document.title}\n{passage}", document.date, asked))


def _tells(text: str, day: Date | None, asked: AskedTime) -> bool | None:
    """Whether a text tells the time asked for; `None` where it tells no time at all."""
    times = [time for time in find_times(text) if time.grain != "weekday" or asked.weekday is not None or day is not None]
    return any(_may_be(time, day, asked) for time in times) if times else None


def _may_be(time: Time, day: Date | None, asked: AskedTime) -> bool:
    if asked.weekday is not None:
        return time.weekday == asked.weekday
    return any(first <= (asked.until or last) and last >= (asked.since or first) for first, last in _spans(time, day))


def _spans(time: Time, day: Date | None) -> Iterable[tuple[Date, Date]]:
    """The days that a time may mean: a weekday lies within a week of the document, a month of no year near it."""
    if time.grain == "weekday":
        near = [day + timedelta(days=number) for number in range(-_WEEK.days, _WEEK.days + 1)] if day is not None else []
        return [(one, one) for one in near if one.weekday() == time.weekday]
    near_years = [day.year - 1, day.year, day.year + 1] if day is not None else []
    years = [time.year] if time.year is not None else near_years
    return [span for year in years if (span := span_of(time, year)) is not None]
