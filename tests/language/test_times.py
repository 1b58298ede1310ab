"""Dates and quantities are read as the text gives them, and no further."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal

import pytest

from parley.index.language.numbers import find_quantities
from parley.index.language.times import Time, find_times, parse_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam opened on 3 May 2031.", [("day", 2031, 5, 3, 5, "3 May 2031")]),
        ("The dam opened in May 2031.", [("month", 2031, 5, None, None, "May 2031")]),
        ("The dam opened on 3 May.", [("day", None, 5, 3, None, "3 May")]),
        ("The dam opened on May 3rd.", [("day", None, 5, 3, None, "May 3rd")]),
        ("The dam opened in 2031.", [("year", 2031, None, None, None, "2031")]),
        ("The dam opened on Friday.", [("weekday", None, None, None, 4, "Friday")]),
        ("The dam opened in March.", [("month", None, 3, None, None, "March")]),
        ("The march may end at the dam.", []),
        ("May the dam hold.", []),
        ("It cost 2031.50 crowns, or 12,031.", []),
        (
            "On Friday, 4 May, and in 2019.",
            [
                ("weekday", None, None, None, 4, "Friday"),
                ("day", None, 5, 4, None, "4 May"),
                ("year", 2019, None, None, None, "2019"),
            ],
        ),
    ],
)
def test_a_time_has_the_parts_that_are_given(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(t.grain, t.year, t.month, t.day, t.weekday, text[t.start : t.end]) for t in find_times(text)] == expected


def test_a_month_of_a_year_holds_its_days_and_no_others() -> None:
    may = parse_time("May 2031")
    assert may is not None
    assert may.may_be(Date(2031, 5, 3))
    assert may.may_be(Date(2031, 5, 29))
    assert not may.may_be(Date(2031, 6, 3))
    assert not may.may_be(Date(2030, 5, 3))


def test_times_that_share_no_part_may_be_the_same() -> None:
    assert Time(weekday=4).may_be(Time(month=5, day=4))
    assert Time(weekday=5).may_be(Date(2031, 5, 3))
    assert not Time(weekday=4).may_be(Date(2031, 5, 3))


@pytest.mark.parametrize(("words", "grain"), [("2031-05-03", "day"), ("2031", "year"), ("May", "month"), ("last week", None)])
def test_a_few_words_are_read_by_themselves(words: str, grain: str | None) -> None:
    found = parse_time(words)
    assert (found.grain if found else None) == grain


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound", "shown"),
    [
        ("about 1,000 prisoners", "1000", "prisoners", "about", "1,000"),
        ("at least forty-two ships", "42", "ships", "at least", "forty-two"),
        ("$3.5 million", "3500000", "dollar", "", "$3.5 million"),
        ("4.0 per cent", "4.0", "percent", "", "4.0 per cent"),
        ("4%", "4", "percent", "", "4%"),
        ("two hundred crowns", "200", "crown", "", "two hundred"),
        ("a dozen ships", "12", "ships", "", "a dozen"),
        ("no more than 12 days", "12", "days", "at most", "12"),
        ("12 days or more", "12", "days", "at least", "12"),
        ("more than 5 of them", "5", "", "more than", "5"),
    ],
)
def test_a_quantity_has_value_unit_and_bound(text: str, value: str, unit: str, bound: str, shown: str) -> None:
    found = find_quantities(f"They saw {text}.", 9)
    assert [(q.value, q.unit, q.bound, f"They saw {text}."[q.start : q.end]) for q in found] == [
        (Decimal(value), unit, bound, shown)
    ]


@pytest.mark.parametrize("text", ["the 5th of them", "at 10:30", "article 5.1.2", "B12", "one of them"])
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,000 men", "1000 men", True),
        ("about 1,000 men", "1,020 men", True),
        ("about 1,000 men", "1,500 men", False),
        ("at least 40 men", "52 men", True),
        ("at least 40 men", "39 men", False),
        ("more than 40 men", "40 men", False),
        ("more than 40 men", "42 men", True),
        ("less than 40 men", "40 men", False),
        ("less than 40 men", "39 men", True),
        ("40 men", "41 men", False),
        ("up to 40 men", "at least 41 men", False),
    ],
)
def test_two_quantities_agree_where_their_bounds_let_them(left: str, right: str, *, expected: bool) -> None:
    (first,), (second,) = find_quantities(left), find_quantities(right)
    assert first.agrees_with(second) is expected
    assert second.agrees_with(first) is expected
