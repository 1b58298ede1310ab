"""Whether the speaker that an answer names is the one that a question set names: the same person, not a word in common.

A name may be shorter than the other one ("Fidan", "Hakan Fidan"). A description must hold all that is wanted, and be about the
same head noun: an official is not a Turkish official, and an aide to the Turkish official is not the official.
"""

from __future__ import annotations

import re

from parley.eval.scorers.text import squash, words
from parley.index.types import Statement

_FILLING = frozenset(words("a an the same unnamed anonymous unidentified mr mrs ms dr"))
"""Words that tell nobody from anybody else."""
_AFTERTHOUGHT = re.compile(r"[,(]|\b(?:who|which|that)\b")
_ATTRIBUTE = re.compile(r"\b(?:of|to|for|from|in|at|with|on|close|familiar)\b")
OWN_VOICE = "own voice"
"""How the line of attribution names the document itself; sets write "the document"."""
_NAME = re.compile(r"[A-Z][\w'’-]{2,}")
_BESIDE_THE_NAME = re.compile(r"\(.*?\)|,.*| as (?:told|quoted|reported).*")
_OFFICES = frozenset(["The", "President", "Minister", "Prime", "Secretary", "Mr", "Mrs", "Ms", "Dr", "Sir", "Vice"])
_SHORTEST_WORD = 4
"""Letters of a word by which somebody without a name is known."""


def is_named_in(speaker: str, attribution: str) -> bool:
    """Whether a line of attribution has a word of a speaker's name, or of a description; "the document" is its own voice.

    Laxer than `is_speaker`: sets that others made name speakers in many ways.
    """
    line = squash(attribution)
    if speaker.lower().startswith("the document"):
        return OWN_VOICE in attribution.lower()
    core = _BESIDE_THE_NAME.sub("", speaker)
    named = [name for name in _NAME.findall(core) if name not in _OFFICES]
    told = named or [word for word in squash(core).split() if len(word) >= _SHORTEST_WORD]
    return any(squash(one) in line for one in told)


def is_person_in(speaker: str, statement: Statement | None, attribution: str) -> bool:
    """Whether a citation is the speaker's: by its statement, or for the document itself by its line of attribution."""
    if statement is None or speaker.lower().startswith("the document"):
        return speaker.lower().startswith("the document") and is_named_in(speaker, attribution)
    return is_speaker(statement, _BESIDE_THE_NAME.sub("", speaker))


def is_speaker(statement: Statement, wanted: str) -> bool:
    """Whether the statement's speaker is the person, office or body that `wanted` names.

    Somebody named is compared by name, and by role where the set gives one; somebody described by description.
    """
    if not statement.speaker:
        return False
    if statement.speaker_kind == "named":
        return same_name(statement.speaker, wanted, role=statement.role or "")
    return same_description(statement.speaker, wanted)


def same_name(found: str, wanted: str, *, role: str = "") -> bool:
    """Whether a name and a wanted speaker can be one person.

    One name holds all words of the other ("Fidan"; "Foreign Minister Hakan Fidan" with what the role adds); or the set names
    only an office, and it is the role.
    """
    name, asked, office = _telling(found), _telling(wanted), _telling(role)
    if not name or not asked:
        return False
    if name & asked:
        return name <= asked or asked <= name | office
    return bool(office) and asked <= office


def same_description(found: str, wanted: str) -> bool:
    """Whether somebody described is who is wanted: all words of `wanted` are there, and the heads of both are the same."""
    asked = _telling(wanted)
    return bool(asked) and asked <= _telling(found) and _head(found) == _head(wanted)


def _telling(text: str) -> set[str]:
    return {word.removesuffix("'s") for word in words(_AFTERTHOUGHT.split(text)[0])} - _FILLING - {""}


def _head(text: str) -> str:
    """The noun that a description is about: the last word before its first preposition ("source" of "a source close to …")."""
    before = words(_ATTRIBUTE.split(_AFTERTHOUGHT.split(text)[0])[0])
    return before[-1] if before else ""
