"""What the record of a hearing tells between turns: who examines ("BY MR. SPILL:") and who is sworn ("(DR. T. URR, sworn.)")."""

from __future__ import annotations

import re

from parley.index.structure.voices.naming import Named, read_named

_WHO = r"[A-Z][A-Z.’' -]{2,40}?"
_EXAMINES = re.compile(
    rf"^[^\S\n]*(?:(?:[A-Z-]+[ -])*EXAMINATION[^\S\n]+(?:BY[^\S\n]+|\()(?P<of>{_WHO})\)?|BY[^\S\n]+(?P<by>{_WHO}))"
    r"[^\S\n]*:?[^\S\n]*$",
    re.MULTILINE,
)
_NAME = r"[^\W\d_a-z][\w.’'-]*(?:[^\S\n]+[\w.’'-]+){1,5}?"
_SWORN = re.compile(
    rf"^[^\S\n]*[(\[]?(?P<who>{_NAME}),?\s+(?:(?:was|having been)\s+)?(?:previously\s+|first\s+)?(?:duly\s+)?"
    r"(?:sworn|affirmed)\b[^\n]{0,30}$"
    r"|^[^\S\n]*[(\[]?(?P<again>[A-Z][A-Z.’'-]*(?:[^\S\n]+[A-Z][A-Z.’'-]*){1,5}),?\s+recalled\b[^\n]{0,30}$",
    re.MULTILINE,
)
"""One who is recalled is written in capitals: "MS. A. DORN, recalled."; "Toll was recalled to Halvik" is news."""
_HEADING = re.compile(
    r"[^\S\n]*(?:[A-Z]+[ -])?(?:RE-?)?(?:CROSS-?|DIRECT )?\s?EXAMINATION(?:\s+BY\s.{2,40}|\s*\(.{2,30}\))?:?[^\S\n]*\Z"
)


def is_examination(line: str) -> bool:
    """Whether a line tells that an examination begins, who leads it or who is sworn; nobody says such a line."""
    return _HEADING.match(line) is not None or _EXAMINES.fullmatch(line) is not None or _SWORN.fullmatch(line) is not None


def begins_examination(between: str) -> bool:
    """Whether another examination begins between two turns, so that whoever led the last one asks no more."""
    return any(_HEADING.match(line) is not None or _EXAMINES.fullmatch(line) is not None for line in between.split("\n"))


def examiner(between: str) -> Named | None:
    """Who asks from here on, by what stands between two turns; `None` where it does not tell."""
    found = [match["of"] or match["by"] for match in _EXAMINES.finditer(between)]
    return read_named(found[-1]) if found else None


def witness(between: str) -> Named | None:
    """Who has been sworn or recalled between two turns, on a line of its own; `None` where nobody has."""
    match = _SWORN.search(between)
    return read_named(match["who"] or match["again"]) if match is not None else None
