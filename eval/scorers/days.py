"""Calendar days in a text: full dates in ISO form or with an English month, so that a day is compared and not its digits."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date as Date

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<number>\d{{2}})-(?P<day>\d{{2}})\b",
        rf"\b{_DAY}(?:\s+of)?[\s-]+(?P<name>{_MONTH})\b\.?,?[\s-]+{_YEAR}\b",
        rf"\b(?P<name>{_MONTH})\b\.?\s+{_DAY},?\s+{_YEAR}\b",
    )
)


def days_in(text: str) -> list[Date]:
    """The full dates that the text gives, form by form; what is no day of the calendar is left out.

    >>> days_in("signed on 22 July 2022 (2022-07-23 local time), and again in May 2023")
    [datetime.date(2022, 7, 23), datetime.date(2022, 7, 22)]
    """
    return list(_days(text))


def gives_day(text: str, day: Date) -> bool:
    """Whether the text gives that day with its year; "12 September 2015" does not give 12 September 2016."""
    return day in days_in(text)


def _days(text: str) -> Iterator[Date]:
    for form in _FORMS:
        for match in form.finditer(text):
            found = match.groupdict()
            month = int(found["number"]) if found.get("number") else _MONTHS[found["name"].lower()]
            try:
                yield Date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                continue
