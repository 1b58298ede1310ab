"""What the words that describe a speaker say: which countries, which office, whose residence, and what else.

Offices and institutions take one normal form ("MFA", "the ministry of foreign affairs", "the foreign ministry"), by offices.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from parley.index.language.lexicon import bare_titles, read_rows
from parley.index.language.vocabulary import party_mentions
from parley.index.language.words import STOP_WORDS, fold, stem, words_of

_PART = re.compile(r"[,;/&(]|\band\b")
_COMPLEMENT = re.compile(r"\b(?:of|for|to|in|at|on|with|from|by|who|that|near|close)\b", re.IGNORECASE)
_TITLES = bare_titles() | {"same", "unnamed", "unidentified", "anonymous"}


@dataclass(frozen=True, slots=True)
class Description:
    """The parts of a speaker's name, role or description.

    Attributes:
        countries: as first named in countries.tsv, in order.
        residence: whether a head of state's residence is named ("the Kremlin").
        stems: of all other content words, offices in their normal form.
        heads: stems of the nouns that say what the speaker is: "spokesperson" of "the president's spokesman for trade".
    """

    countries: tuple[str, ...]
    residence: bool
    stems: frozenset[str]
    heads: frozenset[str]

    @property
    def is_person_in_office(self) -> bool:
        """Whether one person is described by an office ("the envoy of Freedonia"), not named and not a group."""
        return bool(self.heads & words_for("office"))

    @property
    def is_generic(self) -> bool:
        """Whether nothing is said but kinds of office or institution, as in "the foreign ministry"."""
        return self.stems <= words_for("office") | words_for("institution") | words_for("modifier")


@lru_cache(maxsize=20_000)
def described(text: str) -> Description:
    """The parts of a name, role or description."""
    mentions = party_mentions(text)
    rest = text
    for mention in mentions:
        rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
    heads = [_stems(_COMPLEMENT.split(part, maxsplit=1)[0]) for part in _PART.split(rest)]
    return Description(
        countries=tuple(dict.fromkeys(mention.party for mention in mentions)),
        residence=any(mention.naming == "residence" for mention in mentions),
        stems=frozenset(_stems(rest)),
        heads=frozenset(words[-1] for words in heads if words),
    )


def all_stems(text: str) -> frozenset[str]:
    """The stems of all content words of a name or description, those of countries included, offices in their normal form."""
    return frozenset(_stems(text))


def same_word(left: str, right: str) -> bool:
    """Whether two stems are forms of one name: equal, a people and its country, or two transcriptions ("Sergey", "Sergei")."""
    if left == right:
        return True
    if min(len(left), len(right)) < _LEAST or {left, right} & _listed():
        return False
    return _transcribed(left) == _transcribed(right) or _is_people_of(left, right) or _is_people_of(right, left)


_LEAST = 4
"""Letters of a name below which it is compared as it stands."""


def _is_people_of(country: str, people: str) -> bool:
    """Whether one name is made of the other by "-n" or "-an": "Freedonia", "Freedonian"; for countries that no list has."""
    return len(country) > _LEAST and people in {f"{country}n", f"{country}an", f"{country}ian", f"{country[:-1]}an"}


def _transcribed(name: str) -> str:
    return name.replace("y", "i").rstrip("i")


def held_in(wanted: frozenset[str], known: frozenset[str]) -> bool:
    """Whether each of the wanted stems has a form in `known`."""
    return all(any(same_word(left, right) for right in known) for left in wanted)


def _stems(text: str) -> list[str]:
    words = [word.folded for word in words_of(text)]
    normal = _same_forms().sub(lambda match: _normal_forms()[match.group()], " ".join(words))
    return [stem(word) for word in normal.split() if word not in STOP_WORDS | _TITLES and len(word) > 1]


@cache
def _rows() -> list[list[str]]:
    return list(read_rows("offices.tsv"))


@cache
def _normal_forms() -> dict[str, str]:
    return {form: row[1] for row in _rows() if row[0] == "same" for form in row[2].split("|")}


@cache
def _same_forms() -> re.Pattern[str]:
    longest_first = sorted(_normal_forms(), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?!\S)")


@cache
def words_for(kind: str) -> frozenset[str]:
    """The stems that offices.tsv lists for a kind of description ("office", "government", …)."""
    return frozenset(stem(fold(word)) for row in _rows() if row[0] == kind for word in row[1].split())


@cache
def _listed() -> frozenset[str]:
    return frozenset[str]().union(*(words_for(row[0]) for row in _rows() if row[0] != "same"))
