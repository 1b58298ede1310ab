"""The day on which something was said, where the text gives a weekday and the document a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from parley.assistant.reports.views.cited import CitedStatement
from parley.index.language.lexicon import calendar_names, word_kind
from parley.index.types import Span

_WEEKDAYS = tuple(day.name for day in calendar_names("weekday"))
_NAMED = re.compile(r"(?:(?<!\w)(\w+)\s+)?(?<!\w)(" + "|".join(_WEEKDAYS) + r")(?![\w'’])")
_ANOTHER_DAY = word_kind("another_day")
"""Words before a weekday that make it another day than that of saying; so does the possessive in "Friday's talks"."""

_PAST = re.compile(
    r"(?:had\s+\w+|\w+ed|said|told|wrote|spoke|gave|made|put|held|took|laid|set|read|wanted|saw|thought|felt)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A date that the document's date gives to a weekday, and the words and reasons."""

    date: Date
    words: Span
    basis: str


def day_of_saying(cited: CitedStatement, sentence: Span) -> Reckoned | None:
    """The latest such weekday up to the document's date, for a speaker clause in the past tense ("said on Friday").

    `None` without a document date, or where the weekday stands in what was said, where it may as well lie ahead.
    """
    day, cue = cited.document.date, cited.statement.cue
    if day is None or cue is None or not _PAST.match(cited.words(cue)):
        return None
    for match in _NAMED.finditer(cited.document.text, *sentence):
        words = Span(match.start(2), match.end(2))
        in_content = any(part.start < words.end and words.start < part.end for part in cited.statement.content)
        if in_content or (match[1] or "").lower() in _ANOTHER_DAY:
            continue
        back = (day.weekday() - _WEEKDAYS.index(match[2])) % 7
        found = cited.document.basis_of("date") or "basis not recorded"
        basis = (
            f"reckoned: “{match[2]}” is not a date; the last {match[2]} up to the document's date, "
            f"{day.isoformat()} ({found}), was {(day - timedelta(back)).isoformat()}"
        )
        return Reckoned(day - timedelta(back), words, basis)
    return None
