"""The day on which a treaty or contract was signed, as its last clause tells: "Done at Brenn on 4 June 2031"."""

from __future__ import annotations

import re
from datetime import date as Date

from parley.index.language.dates import find_dates, parse_date
from parley.index.language.lexicon import read_rows

_CLAUSE = re.compile(
    r"^[^\S\n]*(?:DONE|Done|IN WITNESS WHEREOF|In witness whereof)\b(?:(?!\n[^\S\n]*\n)[^;]){0,300}", re.MULTILINE
)
"""The clause to the end of its paragraph; "done at Brenn on …" inside a sentence tells of another instrument."""
_IN_WORDS = re.compile(
    r"\bthis\s+(?P<day>[a-z]+(?:[-\s][a-z]+)?)\s+day\s+of\s+(?P<month>[A-Z][a-z]+),?\s+(?:in the year\s+)?"
    r"(?P<year>(?:one|two)\s+thousand(?:[\s,-]+[a-z]+){1,6})",
    re.IGNORECASE,
)


def signing_day(text: str) -> Date | None:
    """The day that the clause gives; `None` where there is none, or several clauses give different days."""
    days = {day for clause in _CLAUSE.finditer(text) if (day := _day_in(clause.group())) is not None}
    return days.pop() if len(days) == 1 else None


def _day_in(clause: str) -> Date | None:
    found = find_dates(clause)
    if found:
        return found[0].date
    match = _IN_WORDS.search(clause)
    if match is None:
        return None
    day, year = _number(match["day"]), _number(match["year"])
    return parse_date(f"{day} {match['month']} {year}") if day is not None and year is not None else None


def _number(words: str) -> int | None:
    """The number that words give ("twenty-eighth", "one thousand nine hundred and eighty-two"); `None` where they give none."""
    known = _values()
    total = group = 0
    for word in re.split(r"[\s,-]+", words.lower()):
        if word == "and":
            continue
        value = known.get(word)
        if value is None:
            # What follows a year is no part of it: "two thousand and four in two originals".
            break
        if value == 100:
            group *= value
        elif value == 1000:
            total, group = total + group * value, 0
        else:
            group += value
    return total + group or None


def _values() -> dict[str, int]:
    """Numbers in words, ordinals among them."""
    cardinal = {row[1]: int(row[2]) for row in read_rows("numbers.tsv") if row[0] == "word" and row[2].isdigit()}
    ordinal = {_ordinal(word): value for word, value in cardinal.items()}
    return cardinal | ordinal | _IRREGULAR | {"hundred": 100, "thousand": 1000}


_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}


def _ordinal(word: str) -> str:
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
