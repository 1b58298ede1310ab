"""Word lists that connect different wordings of the same thing: synonyms of the trade, and how countries are named.

Both are plain tab-separated files beside this module, for users to read and extend. They steer search and ranking; what is
shown is always the document's own wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.index.language.lexicon import country_rows, read_rows, words_by_kind
from parley.index.language.words import fold, stem

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in read_rows("synonyms.tsv"):
        stems = {stem(fold(word)) for word in row if word}
        for member in stems:
            groups.setdefault(member, set()).update(stems)
    return {word: frozenset(group - {word}) for word, group in groups.items()}


def synonyms_of(word_stem: str) -> frozenset[str]:
    """Stems listed beside `word_stem` in synonyms.tsv, without itself; empty where it is not listed."""
    return _synonyms().get(word_stem, frozenset())


Naming = Literal["name", "seat", "residence"]
"""How a country is named: by its name or people, by its seat of government, by the residence of its head."""


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A country named at `text[start:end]`: `party` as first named in countries.tsv."""

    party: str
    naming: Naming
    start: int
    end: int


@cache
def _party_forms() -> dict[str, tuple[str, Naming]]:
    """Folded form -> (country as first named, how the form names it)."""
    forms: dict[str, tuple[str, Naming]] = {}
    for country in country_rows():
        party = country.names[0]
        forms |= {_key(form): (party, "name") for form in (*country.names, *country.people)}
        forms |= {_key(form): (party, "seat") for form in country.seats}
        forms |= {_key(form): (party, "residence") for form in country.residences}
    return forms


def _key(phrase: str) -> str:
    return " ".join(fold(word) for word in phrase.split())


@cache
def _longest_form() -> int:
    return max(form.count(" ") + 1 for form in _party_forms())


def parties_in(text: str, *, seats: bool = True) -> tuple[str, ...]:
    """The countries that `text` names, in order, each once, as the first name in countries.tsv.

    Args:
        text: any wording, such as a role phrase or a question.
        seats: whether a seat of government ("Kyiv", "the White House") counts for its country.
    """
    return tuple(dict.fromkeys(item.party for item in party_mentions(text) if seats or item.naming == "name"))


def party_mentions(text: str) -> list[PartyMention]:
    """Where `text` names countries, in order; of overlapping forms the longest ("South Korea")."""
    words = list(_WORD.finditer(text))
    found: list[PartyMention] = []
    position = 0
    while position < len(words):
        mention, length = _party_at(words, position)
        found += [mention] if mention else []
        position += length
    return found


def _party_at(words: Sequence[re.Match[str]], position: int) -> tuple[PartyMention | None, int]:
    """The country named at `position`, if any, and the number of words to go on by."""
    for length in range(min(_longest_form(), len(words) - position), 0, -1):
        phrase = words[position : position + length]
        entry = _party_forms().get(_key(" ".join(word.group() for word in phrase)))
        if entry is not None and phrase[0].group()[:1].isupper():
            return PartyMention(entry[0], entry[1], phrase[0].start(), phrase[-1].end()), length
    return None, 1


@cache
def party_stems(party: str) -> frozenset[str]:
    """Stems of the one-word forms of a country's names, people and seats of government."""
    return frozenset(stem(form) for form, (name, _) in _party_forms().items() if name == party and " " not in form)


@cache
def opposites(kind: Literal["upheld", "unchanged", "given_up"]) -> frozenset[str]:
    """Stems of the verbs by which something is upheld, stays as it is, or is given up."""
    return frozenset(stem(fold(word)) for word in words_by_kind("opposites")[kind])
