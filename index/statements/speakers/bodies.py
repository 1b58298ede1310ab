"""Which names of a document are those of countries, bodies and places, so that nobody is called "he" by them."""

from __future__ import annotations

import re

from parley.index.language.lexicon import countries, role_words, word_kind

_NAME = r"(?P<name>[A-ZÀ-ÖØ-Þ][\w’'-]*\w(?: [A-ZÀ-ÖØ-Þ][\w’'-]*\w)?)"
_HELD_BY_COUNTRIES = (
    r"(?:foreign |prime |interior |defen[cs]e |finance )?(?:minister|ministry|government|parliament|army|border|borders|"
    r"president|capital|republic|kingdom|embassy|ambassador|envoy|delegation|people|territory|coast|waters)"
)
_IN = re.compile(rf"\b(?:in|across|throughout|inside|within|between) {_NAME}\b(?! [A-ZÀ-ÖØ-Þ])")
_OWNER = re.compile(rf"\b{_NAME}['’]s? {_HELD_BY_COUNTRIES}\b")
_OF = re.compile(rf"\b{_HELD_BY_COUNTRIES} (?:of|to|from) (?:the )?{_NAME}\b")
_BODY = word_kind("body_noun")


def names_of_places(text: str) -> frozenset[str]:
    """Names, in lower case, that a text uses as those of a country or a place: "in Norland", "Norland's government"."""
    return frozenset(match["name"].lower() for pattern in (_IN, _OWNER, _OF) for match in pattern.finditer(text))


def is_body(name: str, places: frozenset[str]) -> bool:
    """Whether a name is a country's, a place's, a body's or an office's, and so no person's."""
    folded = name.lower()
    words = folded.split()
    if folded in places or folded in countries() or folded.removeprefix("the ") in countries():
        return True
    last = words[-1].rpartition("-")[2] if words else ""  # a Sub-Committee is a committee
    return last in _BODY or last in role_words()["group"]
