"""By what a head calls people: "Ragna Holt (RH, chair)", "Secretary Idris Halloum (SECRETARY)", initials of full names."""

from __future__ import annotations

import re
from dataclasses import replace

from parley.index.language.lexicon import alternatives, countries, is_role_word
from parley.index.structure.voices.naming import Named, person_in
from parley.index.structure.voices.words import PARTICLES

_WORD = rf"(?:(?<!\w)[^\W\d_a-z][\w’'.-]*|\b(?:{alternatives(PARTICLES)})\b)"
_DEFINED = re.compile(
    rf"(?P<who>{_WORD}(?:[^\S\n]+{_WORD}){{1,6}})\s*\((?P<label>[^\W\d_][\w. -]{{0,20}}?)(?:,\s*(?P<rest>[^()]{{2,60}}))?\)"
)
_NAME = re.compile(rf"{_WORD}(?:[^\S\n]+{_WORD}){{1,4}}")
_INITIALS = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]\Z")
_HEAD = 4000
"""Characters in which people are listed."""


def called_by(text: str, end: int) -> dict[str, Named]:
    """Who is meant by the short labels that the text before `end` defines in brackets; keys in small letters."""
    found: dict[str, Named] = {}
    twice: set[str] = set()
    for match in _DEFINED.finditer(text[: min(end, _HEAD)]):
        label = match["label"].strip()
        named = person_in(match["who"])
        if (
            named is None
            or label.lower() in countries()
            or not (_abbreviates(label, named.name or "") or (label.isupper() and f"{label}:" in text))
        ):
            continue
        known = found.get(label.lower())
        twice |= {label.lower()} if known is not None and known.name != named.name else set()
        found[label.lower()] = replace(named, role=named.role or match["rest"])
    return {label: named for label, named in found.items() if label not in twice}


def by_initials(label: str, text: str, end: int) -> Named | None:
    """The one person named before `end` whose initials the label is: "TL" for Tobin Leary."""
    if _INITIALS.fullmatch(label) is None or label.lower() in countries() or is_role_word(label):
        return None
    people = filter(None, (person_in(match.group()) for match in _NAME.finditer(text[: min(end, _HEAD)])))
    by_name = {named.name: named for named in people}
    meant = [named for name, named in by_name.items() if name and _abbreviates(label, name)]
    return meant[0] if len(meant) == 1 else None


def _abbreviates(label: str, name: str) -> bool:
    """Whether a label is made of a name's initials, small words of it counted or not: "PvdM", "RH"."""
    words = re.findall(r"[^\W\d_]+", name)
    letters = [letter for letter in label if letter.isalpha()]
    every = [word[0].lower() for word in words]
    without = [word[0].lower() for word in words if word.lower() not in PARTICLES]
    folded = [letter.lower() for letter in letters]
    return len(folded) > 1 and folded in (every, without)
