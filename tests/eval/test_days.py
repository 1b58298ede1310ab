from __future__ import annotations

from datetime import date

import pytest

from parley.eval.scorers.days import days_in, gives_day

DAY = date(2031, 5, 12)


@pytest.mark.parametrize(
    "text",
    ["2031-05-12", "12 May 2031", "on May 12, 2031", "the 12th of May 2031", "12 MAY 2031", "May 12th 2031", "12-May-2031"],
)
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    assert gives_day(f"It was signed {text}.", DAY)


@pytest.mark.parametrize(
    "text",
    [
        "12 May 2030",  # another year
        "12 September 2031",  # another month
        "2 May 2031",
        "112 May 2031",
        "12 May",  # no year
        "Maybe 12 people stayed until 2031",
        "12 mayors in 2031",
    ],
)
def test_a_day_is_not_found_in_its_digits(text: str) -> None:
    assert not gives_day(text, DAY)


def test_all_days_are_found_and_impossible_ones_left_out() -> None:
    text = "from 3 Sept. 2030 to Sep 5, 2030, and not on 31 February 2030 or 2030-13-01"
    assert days_in(text) == [date(2030, 9, 3), date(2030, 9, 5)]
