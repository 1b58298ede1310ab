"""Marks of a time line: natural days, few enough, none outside."""

from __future__ import annotations

from datetime import date

import pytest

from parley.ui.views.ticks import MOST_TICKS, natural_ticks


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (
            date(2031, 5, 3),
            date(2031, 5, 8),
            ["3 May 2031", "4 May 2031", "5 May 2031", "6 May 2031", "7 May 2031", "8 May 2031"],
        ),
        (date(2031, 5, 1), date(2031, 5, 30), ["5 May 2031", "12 May 2031", "19 May 2031", "26 May 2031"]),
        (date(2031, 1, 20), date(2031, 6, 2), ["Feb 2031", "Mar 2031", "Apr 2031", "May 2031", "Jun 2031"]),
        (date(2028, 6, 1), date(2031, 6, 2), ["Jul 2028", "Jan 2029", "Jul 2029", "Jan 2030", "Jul 2030", "Jan 2031"]),
        (date(1938, 2, 1), date(1999, 2, 1), ["1940", "1950", "1960", "1970", "1980", "1990"]),
    ],
)
def test_marks_fall_on_natural_days(first: date, last: date, names: list[str]) -> None:
    ticks = natural_ticks(first, last)
    assert [tick.name for tick in ticks] == names
    assert all(first <= tick.day <= last for tick in ticks)


@pytest.mark.parametrize("days", [1, 7, 30, 59, 61, 200, 399, 401, 900, 3000, 40_000])
def test_there_are_never_more_than_fit(days: int) -> None:
    first = date(1900, 3, 17)
    ticks = natural_ticks(first, date.fromordinal(first.toordinal() + days))
    assert 2 <= len(ticks) <= MOST_TICKS
    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})
