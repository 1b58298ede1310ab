"""The time that a question sets as a condition: "since April 2031", "before 5 May", "last week", "the latest on …".

The words that set it are taken off the question, so that no document has to hold them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from parley.index.language.dates import find_dates

_MONTH = "|".join(calendar.month_name[1:])
_PERIOD = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH}),? \d{{4}}|(?:{_MONTH}) \d{{1,2}},? \d{{4}}|"
    rf"\d{{4}}-\d\d-\d\d|(?:(?:{_MONTH}) )?\d{{4}})"
)
_BOUND = re.compile(
    r",?\s*\b(?P<bound>since|after|from|before|until|till|up to|prior to|as of|as at)\s+(?:the )?"
    rf"(?P<period>{_PERIOD})(?! to\b)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",?\s*\b(?:(?P<day>yesterday|today)|(?P<which>last|this|past) (?P<unit>week|month|year)|"
    r"(?:in |over |during )?the (?:last|past) (?P<number>\d+) (?P<units>day|week|month)s?)\b(?=[?.!\s]*$)",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:the )?(?:latest|newest|most recent)\b(?! (?:date|time|day|deadline|by))|"
    r"\bup to date\b|\bas things stand\b|\bright now\b",
    re.IGNORECASE,
)
_LATEST = r"(?:the )?(?:latest|newest|most recent)"
_NEWS = r"(?: (?:news|word|developments?|updates?))?"
_ANYTHING = r"(?:is there )?any(?:thing)? news?|new"
_NEWEST_ON = re.compile(
    rf"^(?:what(?:['’]s| is| are)|tell me|give me)? ?(?P<words>{_LATEST}{_NEWS}|{_ANYTHING}) "
    r"(?:on|about|regarding|with) (?P<matter>\S.+)$",
    re.IGNORECASE,
)
"""A question for nothing but the latest on a matter."""


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A condition on the day of the documents that may answer.

    Attributes:
        words: as the question has them.
        since, until: first and last day; `None` for no bound.
        newest: whether the newest document that answers is wanted.
        relative: whether the days are counted from the day of asking.
    """

    words: str
    since: Date | None = None
    until: Date | None = None
    newest: bool = False
    relative: bool = False


def take_time(question: str, today: Date) -> tuple[str, AskedTime | None]:
    """The question without its condition of time, and the condition; the question as it is and `None` where it sets none."""
    bound = _BOUND.search(question)
    if bound is not None:
        span = _days_of(bound["period"])
        if span is not None:
            return _without(question, bound), _bounded(bound, span)
    relative = _RELATIVE.search(question)
    if relative is not None:
        since, until = _counted(relative, today)
        return _without(question, relative), AskedTime(relative.group().strip(" ,"), since, until, relative=True)
    matter = _NEWEST_ON.match(question)
    if matter is not None:
        return f"What is said about {matter['matter']}", AskedTime(matter["words"], newest=True)
    newest = _NEWEST.search(question)
    return (question, AskedTime(newest.group(), newest=True)) if newest is not None else (question, None)


def _bounded(match: re.Match[str], span: tuple[Date, Date]) -> AskedTime:
    words, bound = match.group().strip(" ,"), match["bound"].lower()
    first, last = span
    if bound in {"since", "from"}:
        return AskedTime(words, since=first)
    if bound == "after":
        return AskedTime(words, since=last + timedelta(days=1))
    if bound in {"before", "prior to"}:
        return AskedTime(words, until=first - timedelta(days=1), newest=False)
    return AskedTime(words, until=last, newest=bound.startswith("as "))


def _counted(match: re.Match[str], today: Date) -> tuple[Date, Date]:
    """The first and the last day that words such as "last week" mean."""
    if match["day"]:
        day = today - timedelta(days=match["day"].lower() == "yesterday")
        return day, day
    if match["number"]:
        length = {"day": 1, "week": 7, "month": 30}[match["units"].lower()]
        return today - timedelta(days=int(match["number"]) * length), today
    unit, past = match["unit"].lower(), match["which"].lower() != "this"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * past)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return Date(today.year - past, 1, 1), Date(today.year - past, 12, 31)
    last = today.replace(day=1) - timedelta(days=1) if past else today
    return last.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])


def _days_of(words: str) -> tuple[Date, Date] | None:
    """The first and last day of a day, a month or a year."""
    if dates := find_dates(words):
        return dates[0].date, dates[0].date
    *month, year = words.split()
    if not 1000 <= int(year) <= 2199:
        return None
    if not month:
        return Date(int(year), 1, 1), Date(int(year), 12, 31)
    number = next(number for number in range(1, 13) if calendar.month_name[number].lower() == month[0].lower())
    return Date(int(year), number, 1), Date(int(year), number, calendar.monthrange(int(year), number)[1])


def _without(question: str, match: re.Match[str]) -> str:
    rest = f"{question[: match.start()]}{question[match.end() :]}".strip(" ,")
    return rest[:1].upper() + rest[1:]
