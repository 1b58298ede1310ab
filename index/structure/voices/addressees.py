"""Whom a letter is for, from its salutation and the address above it: "Ms Dora Velin" over "Dear Ms Velin,"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.index.language.dates import find_dates
from parley.index.structure.voices.naming import read_named

_GREETING = re.compile(r"(?:(?:my )?dear|hello|hi|good (?:morning|afternoon|evening)|your)\s+", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:sirs?|madam|sir or madam|madam or sir|(?:your )?excellenc(?:y|ies)|gentlemen|ladies and gentlemen|all|colleagues?"
    r"|friends?|team|everyone|to whom it may concern|(?:mr|madam|mrs|ms)\.? (?:president|chair\w*|speaker|secretary"
    r"|(?:prime )?minister|ambassador|secretary-general)\b.*)\Z",
    re.IGNORECASE,
)
"""Salutations that name nobody."""
_HONOURED = re.compile(r"(?:the (?:right )?hon(?:ou?rable|\.)?|his excellency|her excellency|h\.\s?e\.)\s+", re.IGNORECASE)
_TO = re.compile(r"to\s+(?=the\b|[A-Z])", re.IGNORECASE)
_LONGEST_LINE = 90


def addressee_of(salutation: str, above: Sequence[str]) -> str | None:
    """The addressee as written, `above` being the lines over the salutation; `None` where they are not named.

    A salutation that names nobody ("Sir,") is filled in from the address: a line that opens with "To", or the first person or
    office below the day.
    """
    called = _GREETING.sub("", " ".join(salutation.split()).strip(" ,:!"))
    addresses = [line.strip(" ,") for line in above if len(line) <= _LONGEST_LINE]
    if not _NOBODY.match(called):
        surname = called.split()[-1].lower() if called else ""
        fuller = [line for line in addresses if surname in line.lower().split() and _is_somebody(line)]
        return fuller[-1] if fuller else called or None
    for line in addresses:
        if _TO.match(line):
            return _TO.sub("", line, count=1)
    day = next((number for number, line in enumerate(addresses) if find_dates(line)), None)
    below = addresses[day + 1 :] if day is not None else []
    return next((line for line in below if _is_somebody(line)), None) or (called if len(called.split()) > 1 else None)


def _is_somebody(line: str) -> bool:
    named = read_named(_HONOURED.sub("", line))
    return named is not None and named.kind in {"person", "office"}
