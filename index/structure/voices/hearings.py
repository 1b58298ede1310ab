"""What the record of a hearing tells between turns: who examines ("BY MR. SPILL:") and who is sworn ("(DR. T. URR, sworn.)")."""

from __future__ import annotations

import re

from parley.index.structure.voices.naming import Named, read_named

_EXAMINES = re.compile(
    r"^[^\S\n]*(?:[A-Z-]*\s?EXAMINATION\s+)?BY\s+(?P<who>(?:M[RS]S?|DR|MISS|SIR)\.?\s+[^\n:]{2,40}?)\s*:?[^\S\n]*$", re.MULTILINE
)
_SWORN = re.compile(
    r"^[^\S\n]*[(\[]?(?P<who>[^\W\d_a-z][\w.’'-]*(?:[^\S\n]+[\w.’'-]+){1,5}?),?\s+(?:(?:was|having been)\s+)?(?:first\s+)?"
    r"(?:duly\s+)?(?:sworn|affirmed)\b[^\n]{0,30}$",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*(?:[A-Z]+[ -])?(?:RE-?)?(?:CROSS-?|DIRECT )?\s?EXAMINATION(?:\s+BY\s.{2,40}|\s*\(.{2,30}\))?:?\s*\Z")


def is_examination(line: str) -> bool:
    """Whether a line tells that an examination begins or who leads it; nobody says it."""
    return _HEADING.match(line) is not None or _EXAMINES.fullmatch(line) is not None


def examiner(between: str) -> Named | None:
    """Who asks from here on, by what stands between two turns; `None` where it does not tell."""
    match = _EXAMINES.search(between)
    return read_named(match["who"]) if match is not None else None


def witness(between: str) -> Named | None:
    """Who has been sworn between two turns, on a line of its own; `None` where nobody has."""
    match = _SWORN.search(between)
    return read_named(match["who"]) if match is not None else None
