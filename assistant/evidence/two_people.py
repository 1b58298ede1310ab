"""Whether two names of one surname are two people's: by their given names, by "Mr" and "Ms", by king and prince."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parley.index.language.descriptions import all_stems, described, words_for
from parley.index.language.lexicon import bare_titles, titles, word_kind
from parley.index.language.words import fold, stem
from parley.index.structure.voices.naming import read_named
from parley.index.types import Statement

TITLES = bare_titles() | {word.rstrip(".") for word in titles("rank")} | word_kind("office_before_name")
_REIGNING = frozenset(stem(word) for word in word_kind("reigning"))
_SON_OF = re.compile(r"\b(?:bin|ibn|bint|ben)\s+(\w+)", re.IGNORECASE)


def are_two(asked: str, statement: Statement, text: str = "") -> bool:
    """Whether titles say that an asked name is not the speaker's: "Ms Smith" and "Mr Smith", a king and a prince.

    What stands before the names in `text` counts for them too: "Chloe Smith" is a woman where it has "Ms Chloe Smith".
    """
    speaker = statement.speaker or ""
    if not speaker or statement.speaker_kind != "named":
        return False
    reigns = described(asked).stems & _REIGNING
    theirs = described(statement.role or "").stems & _REIGNING
    if reigns and theirs and not reigns & theirs:
        return True
    wanted, own = _called(asked, text), _called(speaker, text)
    if wanted.woman is not None and own.woman is not None and wanted.woman != own.woman:
        return True
    is_shorter = len(all_stems(speaker)) < len(all_stems(asked))
    return is_shorter and bool(theirs and wanted.reigns and not theirs & wanted.reigns)


@dataclass(frozen=True, slots=True)
class _Called:
    """What titles before a name say of who bears it: whether a woman, and the rank in a reigning house."""

    woman: bool | None
    reigns: frozenset[str]


@lru_cache(maxsize=1024)
def _called(name: str, text: str) -> _Called:
    """By the title that stands with the name; for a name with given names also by those that the text puts before it."""
    named = read_named(name)
    bare = (named.name if named is not None else None) or name
    before = [name]
    if " " in bare:
        written = re.escape(bare).replace(r"\ ", r"\s+")
        before += [match.group() for match in re.finditer(rf"\b(?:[A-Z][\w’'.-]*\s+){{1,3}}{written}\b", text)]
    people = [one for one in map(read_named, before) if one is not None]
    genders = {one.is_woman for one in people} - {None}
    reigns = frozenset().union(*(described(one.removesuffix(bare)).stems & _REIGNING for one in before))
    return _Called(genders.pop() if len(genders) == 1 else None, reigns)


def is_patronymic(name: frozenset[str], speaker: str) -> bool:
    """Whether a single asked name is only the father's: "Salman" in "Mohammed bin Salman"."""
    fathers = frozenset(stem(fold(match[1])) for match in _SON_OF.finditer(speaker))
    return len(name) == 1 and name <= fathers and name.isdisjoint(all_stems(_SON_OF.sub(" ", speaker)))


@lru_cache(maxsize=256)
def shares_surname(text: str, surname: str) -> bool:
    """Whether a text calls two people or more by the surname with different given names."""
    if not surname[:1].isupper():
        return False
    given = {match[1] for match in re.finditer(rf"\b([A-Z][\w’'-]+)\s+{re.escape(surname)}\b", text)}
    return len({name for name in given if fold(name) not in TITLES and not words_for("office") & {stem(fold(name))}}) > 1
