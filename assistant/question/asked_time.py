"""The time that a question sets as a condition: "since April 2031", "in 1997", "before the summit", "last week", "the latest …".

The words that set it are taken off the question, so that no document has to hold them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Literal

from parley.assistant.question.periods import PERIOD, WITH_YEAR, WITHOUT_YEAR, days_of
from parley.index.language.lexicon import alternatives, calendar_names, number_words, words_by_kind
from parley.index.language.words import words_of

_WEEKDAYS = {day.name.lower(): day.number for day in calendar_names("weekday")}
_TIMES = words_by_kind("times")
_BEHIND = rf"(?=\s*(?:[?.!,;:]|$)|\s+(?:{alternatives(_TIMES['behind_time'])})\b)"
_BOUND = re.compile(
    rf",?\s*\b(?P<bound>{alternatives(_TIMES['bound'])})\s+(?:the )?"
    rf"(?P<period>{WITH_YEAR})(?! to\b)\b|"
    rf",?\s*\b(?P<side>{alternatives(_TIMES['bound_of_month'])})\s+(?P<month>{WITHOUT_YEAR})(?! to\b)\b{_BEHIND}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf",?\s*\bbetween (?P<first>\d{{1,2}}|{PERIOD}) and (?P<last>{PERIOD}){_BEHIND}",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf",?\s*\b(?:{alternatives(_TIMES['within'])})\s+(?P<period>{PERIOD}){_BEHIND}|"
    rf",?\s*\b(?:(?P<last>last)|on) (?P<weekday>{alternatives(_WEEKDAYS)}){_BEHIND}",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r",?\s*\b(?P<bound>since|after|before|prior to) (?P<event>the (?:[\w'’-]+ ){0,3}"
    rf"(?:{alternatives(_TIMES['event'])})(?: (?:in|of|on) [A-Z\d][\w ]*)?)(?=\s*(?:[?.!,]|$))",
    re.IGNORECASE,
)
_NUMBER = rf"\d+|{alternatives(number_words('word'))}"
_RELATIVE = re.compile(
    r",?\s*\b(?:(?P<day>yesterday|today)|(?:earlier )?(?P<which>last|this|past) (?P<unit>week|month|year)|"
    rf"(?:in |over |during )?the (?:last|past) (?P<number>{_NUMBER}) (?P<units>day|week|month)s?)\b"
    r"(?=\s*(?:[?.!,]|$)|\s+(?:about|on|regarding|concerning)\b)",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:the )?(?:latest|newest|most recent)\b(?! (?:date|time|day|deadline|by))|"
    r"\bup to date\b|\bas things stand\b|\bright now\b",
    re.IGNORECASE,
)
_LATELY = re.compile(r",?\s*\b(?:lately|recently)\b(?=\s*(?:[?.!,]|$))", re.IGNORECASE)
_LATEST = r"(?:the )?(?:latest|newest|most recent)"
_NEWS = r"(?: (?:news|word|developments?|updates?))?"
_ANYTHING = r"(?:is there )?any(?:thing)? news?|new"
_NEWEST_ON = re.compile(
    rf"^(?:what(?:['’]s| is| are)|tell me|give me)? ?(?P<words>{_LATEST}{_NEWS}|{_ANYTHING}) "
    r"(?:on|about|regarding|with) (?P<matter>\S.+)$",
    re.IGNORECASE,
)
"""A question for nothing but the latest on a matter."""

Side = Literal["since", "after", "before"]


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A condition on the time of what may answer.

    Attributes:
        words: as the question has them.
        since, until: first and last day; `None` for no bound.
        newest: whether the newest document that answers is wanted.
        relative: whether the days are counted from the day of asking, or a missing year was filled in.
        within: whether a time is named in which something was ("in 1997"), which the question may also be answered with.
        weekday: the weekday in question, 0 for Monday; `None` for none.
        event: whose day is the bound, before which or after which (`side`); "" for none.
    """

    words: str
    since: Date | None = None
    until: Date | None = None
    newest: bool = False
    relative: bool = False
    within: bool = False
    weekday: int | None = None
    event: str = ""
    side: Side = "before"


def take_time(question: str, today: Date, known: Collection[Date] = ()) -> tuple[str, AskedTime | None]:
    """The question without its condition of time, and the condition; the question as it is and `None` where it sets none.

    Args:
        question: as understood.
        today: the day of asking.
        known: days of documents, by which a missing year is chosen.
    """
    for pattern, made in ((_BETWEEN, _between), (_BOUND, _bounded), (_RELATIVE, _counted), (_WITHIN, _within), (_EVENT, _event)):
        match = pattern.search(question)
        asked = made(match, today, known) if match is not None else None
        if match is not None and asked is not None and len(words_of(_without(question, match))) > 1:
            return _without(question, match), asked
    if (lately := _LATELY.search(question)) is not None:
        return _without(question, lately), AskedTime(lately.group().strip(" ,"), newest=True)
    matter = _NEWEST_ON.match(question)
    if matter is not None:
        return f"What is said about {matter['matter']}", AskedTime(matter["words"], newest=True)
    newest = _NEWEST.search(question)
    return (question, AskedTime(newest.group(), newest=True)) if newest is not None else (question, None)


def _bounded(match: re.Match[str], today: Date, known: Collection[Date]) -> AskedTime | None:
    span = days_of(match["period"] or match["month"], today, _latest(known, today) if match["month"] else ())
    if span is None:
        return None
    words, bound = match.group().strip(" ,"), (match["bound"] or match["side"]).lower()
    first, last = span
    filled = match["month"] is not None
    if bound in {"since", "from"}:
        return AskedTime(words, since=first, relative=filled)
    if bound == "after":
        return AskedTime(words, since=last + timedelta(days=1), relative=filled)
    if bound in {"before", "prior to"}:
        return AskedTime(words, until=first - timedelta(days=1), relative=filled)
    return AskedTime(words, until=last, newest=bound.startswith("as "), relative=filled)


def _latest(known: Collection[Date], today: Date) -> Collection[Date]:
    """The newest day alone: "since May" counts from the last May before it, whether or not documents are of that May."""
    return {max((day for day in known if day <= today), default=today)}


def _between(match: re.Match[str], today: Date, known: Collection[Date]) -> AskedTime | None:
    end = days_of(match["last"], today, known)
    year = f" {end[1].year}" if end is not None else ""
    first = match["first"]
    given = re.sub(r"\d{1,2}", first, match["last"], count=1) if first.isdigit() and len(first) <= 2 else first
    start = days_of(given if re.search(r"\d{4}", given) else given + year, today, known)
    if start is None or end is None or start[0] > end[1]:
        return None
    return AskedTime(match.group().strip(" ,"), start[0], end[1], within=True)


def _within(match: re.Match[str], today: Date, known: Collection[Date]) -> AskedTime | None:
    words = match.group().strip(" ,")
    if match["weekday"]:
        weekday = _WEEKDAYS[match["weekday"].lower()]
        if not match["last"]:
            return AskedTime(words, within=True, weekday=weekday)
        day = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
        return AskedTime(words, day, day, relative=True)
    span = days_of(match["period"], today, known)
    filled = re.search(r"\d{4}", words) is None
    return AskedTime(words, *span, relative=filled, within=True) if span is not None else None


def _event(match: re.Match[str], today: Date, known: Collection[Date]) -> AskedTime:
    del today, known
    bound = match["bound"].lower()
    side: Side = "since" if bound == "since" else "after" if bound == "after" else "before"
    return AskedTime(match.group().strip(" ,"), event=match["event"], side=side)


def _counted(match: re.Match[str], today: Date, known: Collection[Date]) -> AskedTime:
    del known
    since, until = _days_counted(match, today)
    return AskedTime(match.group().strip(" ,"), since, until, relative=True)


def _days_counted(match: re.Match[str], today: Date) -> tuple[Date, Date]:
    """The first and the last day that words such as "last week" mean."""
    if match["day"]:
        day = today - timedelta(days=match["day"].lower() == "yesterday")
        return day, day
    if match["number"]:
        length = {"day": 1, "week": 7, "month": 30}[match["units"].lower()]
        number = match["number"].lower()
        return today - timedelta(days=int(number_words("word").get(number, number)) * length), today
    unit, past = match["unit"].lower(), match["which"].lower() != "this"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * past)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return Date(today.year - past, 1, 1), Date(today.year - past, 12, 31)
    last = today.replace(day=1) - timedelta(days=1) if past else today
    return last.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])


def _without(question: str, match: re.Match[str]) -> str:
    rest = f"{question[: match.start()]}{question[match.end() :]}".strip(" ,")
    return rest[:1].upper() + rest[1:]
