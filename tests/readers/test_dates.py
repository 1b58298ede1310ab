"""Dates are taken when they are complete and can be read in one way only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.index.language.dates import find_dates, parse_date

MONTHS = "January February March April May June July August September October November December"
MAY_16 = date(2025, 5, 16)


@pytest.mark.parametrize(
    "written",
    [
        "16 May 2025", "16th May, 2025", "May 16, 2025", "MAY 16th 2025", "16-May-2025", "Friday, 16 May 2025, 10:30",
        "2025-05-16", "2025-05-16T23:30:00-05:00", "2025/05/16", "2025.5.16", "20250516", "20250516T101500Z",
        "D:20250516103000+03'00'", "Fri, 16 May 2025 10:00:00 +0300", "16/05/2025", "05/16/2025", "16.05.2025", "05/05/2025",
        "16 мая 2025 г.", "16 травня 2025 року", "16 Mayıs 2025", "16 MAYIS 2025", "16. Mai 2025", "16 mai 2025",
        "16 de mayo de 2025", "the 16th day of May 2025", "2025年5月16日",
    ],
)  # fmt: skip
def test_complete_dates(written: str) -> None:
    expected = date(2025, 5, 5) if written == "05/05/2025" else MAY_16
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2025", "3.4.2025", "03-04-2025", "Friday", "16 May", "May 2025", "2025", "2025-05", "2025-13-01", "31 June 2024",
        "15-16 May 2025", "15–16 May 2025", "1234567890", "", "yesterday", "12:30:2025", "99990101", "S/2025/123", "16 Foo 2025",
    ],
)  # fmt: skip
def test_incomplete_or_ambiguous_dates_stay_missing(written: str) -> None:
    assert parse_date(written) is None


def test_the_dotted_form_is_read_day_first_only_where_the_language_leaves_no_doubt() -> None:
    assert parse_date("03.04.2025", language="ru") == date(2025, 4, 3)
    assert parse_date("03.04.2025", language="en") is None
    assert parse_date("03/04/2025", language="ru") is None


def test_all_dates_are_found_in_order_with_their_places() -> None:
    text = "From 3 March 2025 to May 16, 2025."
    assert [(found.date, text[found.start : found.end]) for found in find_dates(text)] == [
        (date(2025, 3, 3), "3 March 2025"),
        (date(2025, 5, 16), "May 16, 2025"),
    ]


@given(st.integers(0, 400_000))
def test_iso_and_spelt_out_forms_give_the_same_day(days: int) -> None:
    day = date(1000, 1, 1) + timedelta(days=days)
    month = MONTHS.split()[day.month - 1]
    assert parse_date(day.isoformat()) == parse_date(f"{day.day} {month} {day.year}") == day


@given(st.text("0123456789./- MayJun:"))
def test_nothing_written_raises(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
