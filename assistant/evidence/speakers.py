"""Naming a statement's speaker as the text does."""

from __future__ import annotations

import re

from parley.index.language.lexicon import alternatives, word_kind
from parley.index.language.words import fold, words_of
from parley.index.types import Document, Statement

SEVERAL = alternatives(word_kind("several"))
"""Words before a plural that leave open who is meant, as alternatives of a pattern: "three", "various"."""

_LINKS = alternatives(word_kind("description_link"))
_ARTICLE = re.compile(r"^(?:a|an|the|one|another|some|this|that)\s+(?:same\s+)?", re.IGNORECASE)
_UNNAMED = re.compile(r"unnamed|unidentified|anonym|condition of anonymity|not be(?:en)? named|undisclosed", re.IGNORECASE)
_PLURAL = re.compile(rf"(?:\w+s|people|police|men|women|team)\b(?:\s+(?:{_LINKS})\b.*)?$", re.IGNORECASE)


def cue_words(document: Document, statement: Statement) -> str:
    """The reporter's cue words as written, with "never" or "did not" before them; empty where there are none, or only a colon."""
    if statement.cue is None:
        return ""
    words = " ".join(document.text[_cue_start(document.text, statement) : statement.cue.end].split())
    return words if any(character.isalpha() for character in words) else ""


_AUXILIARY = re.compile(rf"\b(?:{alternatives(word_kind('auxiliary_form'))})\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:\w+\s+){0,2}")
"""What may stand between a negation and its verb: "never publicly demanded"."""


def _cue_start(text: str, statement: Statement) -> int:
    """Where the cue begins, with the negation that stands before it: whoever "never asked for" something did not ask for it."""
    assert statement.cue is not None
    start = statement.cue.start
    told = statement.speaker_span or statement.cue  # "Neither side demanded" is told with the speaker
    for negation in statement.negations:
        is_before = negation.end <= start and not told.start <= negation.start < told.end
        if is_before and _BETWEEN.fullmatch(text, negation.end, start):
            auxiliary = _AUXILIARY.search(text, max(0, negation.start - 12), negation.start)
            return auxiliary.start() if auxiliary else negation.start
    return start


def speaker_words(document: Document, statement: Statement) -> str:
    """The words of the speaker clause itself ("he", "the official"); empty where there is none."""
    span = statement.speaker_span
    return " ".join(document.text[span.start : span.end].split()) if span else ""


_INDEFINITE = re.compile(rf"(?:an?|one|another|{SEVERAL})\s", re.IGNORECASE)


def name_in_clause(document: Document, statement: Statement, *, with_role: bool = True) -> str:
    """The speaker in the words of the clause itself where they say who it is, else as `display_name` has it.

    "a ministry official" becomes "a ministry official (unnamed)"; "Finance Minister Maria Lopez" stays; for "she" or "Lopez"
    the fuller mention is used, with its role if `with_role` or if the office is a former one.
    """
    words = speaker_words(document, statement)
    if words and len(words.split()) <= _LONGEST_CLAUSE and statement.speaker:
        if statement.speaker_kind == "anonymous" and _INDEFINITE.match(words):
            return words if _UNNAMED.search(words) else f"{words} (unnamed)"
        if statement.speaker_kind in {"named", "collective"} and fold(statement.speaker) in fold(words):
            return words
    if statement.speaker_kind == "named" and not with_role and not statement.former and statement.speaker:
        return " ".join(statement.speaker.split())
    return display_name(statement)


_LONGEST_CLAUSE = 16
"""Words of a speaker clause beyond which the plain name with its role is easier to read."""


def is_identified(statement: Statement) -> bool:
    """Whether the document says who speaks, by name or by a description."""
    return statement.speaker is not None and statement.speaker_kind != "unidentified"


def display_name(statement: Statement) -> str:
    """The speaker as the text names them, with the role; whoever is not named stays so: "an unnamed Turkish official"."""
    if statement.speaker is None or not is_identified(statement):
        return "a speaker whom the document does not identify"
    speaker = " ".join(statement.speaker.split())
    if statement.speaker_kind == "anonymous":
        return unnamed(speaker)
    role = " ".join((statement.role or "").split()).strip(" ,")
    known = {fold(word.surface) for word in words_of(speaker)}
    if statement.speaker_kind == "named" and role and not {fold(word.surface) for word in words_of(role)} <= known:
        former = "former " if statement.former and "former" not in role.lower() else ""
        return f"{speaker} ({former}{role})"
    return speaker


def unnamed(speaker: str) -> str:
    """`speaker`, a description, marked as unnamed: "a source familiar with …" gives "an unnamed source familiar with …"."""
    if _UNNAMED.search(speaker):
        return re.sub(r"^(?:An?|The|One)\b", lambda article: article.group().lower(), speaker)
    if re.match(r"(?:[A-Z][\w.]*\s)*[A-Z][\w.]*['’]s?\s", speaker) or speaker.split(" ", 1)[0].lower() in _POSSESSIVES:
        return f"{speaker} (unnamed)"
    bare = _shortened(_ARTICLE.sub("", speaker))
    head = re.split(rf"\s+(?:{_LINKS})\b", bare, maxsplit=1)[0]
    if re.match(rf"(?:{SEVERAL})\b", bare, re.IGNORECASE):
        return re.sub(r"^(\w+)\s+", r"\1 unnamed ", bare)
    return f"unnamed {bare}" if _PLURAL.match(head) and not head.endswith("ss") else f"an unnamed {bare}"


_POSSESSIVES = word_kind("owner")
"""What stands in an article's place: "their leader (unnamed)", not "an unnamed their leader"."""
_LONGEST_DESCRIPTION = 9


def _shortened(description: str) -> str:
    """A long description without its relative clause: "official who spoke to … after …" gives "official"."""
    if len(description.split()) <= _LONGEST_DESCRIPTION:
        return description
    return re.split(r",?\s+(?:who|whom|whose|which|that)\s+", description, maxsplit=1)[0]
