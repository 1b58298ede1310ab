"""Telling whether a question asks for a statement's speaker: by name, by office, as an institution or as a side.

A general noun ("the ministry", "the president") does not fit somebody asked for with more words, unless what is known of the
speaker, or the document before, has those words too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from parley.assistant.evidence.description_before import described_before
from parley.assistant.evidence.two_people import TITLES, are_two, is_patronymic, shares_surname
from parley.index.language.descriptions import Description, all_stems, described, held_in, words_for
from parley.index.language.lexicon import bare_titles, word_kind
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import STOP_WORDS, fold, stem, words_of
from parley.index.types import Document, Statement

EXACT, BY_ROLE, SHORTER, FOR_SIDE = 1.0, 0.95, 0.9, 0.92
"""The same name; the asked office; a shorter name ("Lopez" for "Maria Lopez"); one who speaks for the asked side."""

BELONGS = 0.85
"""A member of what bears the asked name: Acme's treasurer for "Acme". Nobody's, where that name is a person's."""

LOOSELY = 0.6
"""A minister for the ministry, one of a side's people of whom nothing says that they speak for it."""

_SIDE = frozenset(stem(word) for word in word_kind("side"))
_GENERIC = word_kind("generic_speaker")
_CALLED = "|".join(sorted(word.capitalize() for word in bare_titles() | word_kind("titled_office")))
_PERSON = re.compile(
    r"\b(?:official|spokes(?:man|woman|person)|minister|negotiator|diplomat|envoy|delegate|officer|source|"
    r"representative|leader|chair(?:man|woman|person)?|president|secretary|ambassador|mediator|director|"
    r"manager|adviser|lawyer|treasurer|mayor)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\b(?:to|with|against|about|on)\b", re.IGNORECASE)
"""What follows is whom an office deals with, not whose it is: "ambassador to NATO"."""

_ABOUT = re.compile(r"\b(?:on|about|in|by|against|to|at|released|issued)\b")
"""What follows says nothing of whose a speaker is: "data on operations in Norland"."""

_OWNER = re.compile(r"^.*['’]s?\s+|\s+(?:of|for|to)\s.*$")
"""The owner in "Ramaphosa's government", "aide to Ramaphosa"."""


def names_side(asked: str) -> bool:
    """Whether a question asks for a side rather than for a person: a country, or "the … side", "the … delegation"."""
    return bool(parties_in(asked)) or bool({word.folded for word in words_of(asked)} & _GENERIC)


def describes_person(asked: str) -> bool:
    """Whether a question asks for one person by office and place ("the envoy of Freedonia"), not for the side as a whole."""
    return _PERSON.search(asked) is not None


def side_stems(asked: str) -> set[str]:
    """The stems that name a side, without "side", "delegation" and the like."""
    return {word.stem for word in words_of(asked) if word.folded not in STOP_WORDS | _GENERIC | TITLES}


def speaker_match(statement: Statement, asked: str, document: Document | None = None) -> float:
    """How surely `asked` (a name, role or side, as a question words it) means this statement's speaker, 0 to 1.

    One of the grades above; 0 when the given names differ, when either names a side and the other another, or when nothing
    connects them. The former holder of an office speaks for no side. With the document, "the ministry" is also known by what
    the text before calls it, and one who belongs to the bearer of a name by whether that is a person.
    """
    if not statement.speaker or statement.speaker_kind == "unidentified":
        return 0.0
    if filed := _filed_match(statement, asked):
        return filed
    wanted = described(asked)
    if wanted.stems <= _SIDE and not _asks_for_one(asked):
        found = _side_match(statement, wanted)
    elif wanted.is_person_in_office:
        found = _office_match(statement, wanted)
    elif wanted.stems <= words_for("institution") | words_for("modifier"):
        found = _institution_match(statement, wanted)
    else:
        found = _name_match(statement, wanted, asked, document)
    if document is None:
        return found
    if found == BELONGS and titled_person(asked, document.text):
        return 0.0
    return found or (SHORTER if described_before(document, statement, wanted) else 0.0)


def _filed_match(statement: Statement, asked: str) -> float:
    """By the names under which the user's own list files a speaker: part of a person's name, or a side's whole name."""
    if not (statement.also_called or statement.speaks_for):
        return 0.0
    wanted, name = side_stems(asked), all_stems(asked)
    if any(name and held_in(name, all_stems(form)) for form in statement.also_called):
        return EXACT
    return FOR_SIDE if wanted and any(wanted == side_stems(form) for form in statement.speaks_for) else 0.0


def is_theirs_by_list_only(statement: Statement, asked: str, document: Document) -> bool:
    """Whether only the user's own list, and nothing in the documents, makes the asked name the speaker's."""
    known = replace(statement, also_called=(), speaks_for=())
    return bool(_filed_match(statement, asked)) and not speaker_match(known, asked, document)


def titled_person(name: str, text: str) -> bool:
    """Whether the text calls the bearer of a name by a person's title or office: "President Cyril Ramaphosa"."""
    last = re.escape(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    return bool(last) and re.search(rf"\b(?:{_CALLED})\.?\s+(?:[A-Z][\w.’'-]*\s+){{0,2}}{last}\b", text) is not None


def is_person(statement: Statement) -> bool:
    """Whether a statement's speaker is a person called by name."""
    return statement.speaker_kind == "named" and (statement.role is not None or statement.resolved_by == "surname")


def may_hold_office(statement: Statement, asked: str) -> bool:
    """Whether nothing said of a named speaker here speaks against an office or side that is known to be theirs elsewhere."""
    wanted, role = described(asked), described(statement.role or "")
    if statement.speaker_kind != "named" or statement.former or role.stems & words_for("private"):
        return False
    agrees = not role.heads or not wanted.is_person_in_office or bool(role.heads & wanted.heads)
    return agrees and not (_countries(statement) and wanted.countries and _countries(statement)[:1] != wanted.countries[:1])


def _asks_for_one(asked: str) -> bool:
    words = [word.folded for word in words_of(asked)]
    return bool(words) and words[-1] in {"official", "negotiator", "representative", "leader"}


def _countries(statement: Statement) -> tuple[str, ...]:
    """The countries that a speaker is said to belong to, the nearest first."""
    described_as = statement.role or ("" if statement.speaker_kind == "named" else _ABOUT.split(statement.speaker or "")[0])
    return parties_in(statement.party or "") or parties_in(statement.on_behalf_of or "") or described(described_as).countries


def _known(statement: Statement) -> Description:
    """What is known of a speaker besides a name."""
    return described(statement.role or "" if statement.speaker_kind == "named" else _ABOUT.split(statement.speaker or "")[0])


def _may_be_person(statement: Statement) -> bool:
    """Whether the speaker may be one person, not a side as a whole ("Russia", "the delegation")."""
    if statement.speaker_kind == "collective":
        return False
    words = {word.stem for word in words_of(statement.speaker or "")}
    return not (
        parties_in(statement.speaker or "") and statement.role is None and len(words) <= 2 and statement.speaker_kind == "named"
    )


def _side_match(statement: Statement, wanted: Description) -> float:
    known = _known(statement)
    if statement.former:
        return 0.0
    if not wanted.countries:
        named = f"{statement.party or ''} {statement.role or ''} {statement.speaker or ''}"
        return FOR_SIDE if wanted.stems and wanted.stems <= all_stems(named) else 0.0
    spoken_for = parties_in(statement.party or "") or parties_in(statement.on_behalf_of or "")
    if not spoken_for and (statement.speaker_kind != "named" or statement.role):
        spoken_for = known.countries
    if wanted.countries[0] not in spoken_for[:1] or known.stems & words_for("private"):
        return 0.0
    if wanted.residence:
        return _residence_match(statement, known)
    bare = not known.stems  # the country itself, or its capital
    return FOR_SIDE if bare or known.stems & words_for("government") else LOOSELY


def _residence_match(statement: Statement, known: Description) -> float:
    """For "the Kremlin" whoever speaks for it or for the head of state; others of the government only loosely."""
    itself = known.residence or described(statement.speaker or "").residence
    head = known.heads & words_for("head_of_state") or (
        known.stems & words_for("head_of_state") and stem("spokesperson") in known.heads
    )
    return BY_ROLE if itself else FOR_SIDE if head and not known.stems & words_for("lesser") else LOOSELY


def _office_match(statement: Statement, wanted: Description) -> float:
    """For "the Turkish president" who holds that office there: not the president's aide, nor the president of another country."""
    known = _known(statement)
    lesser = (known.stems & words_for("lesser")) - wanted.stems
    if lesser or (statement.former and stem("former") not in wanted.stems) or not _may_be_person(statement):
        return 0.0
    if not (known.heads & wanted.heads or _leads(known, wanted)):
        return 0.0
    own = _countries(statement)
    if wanted.countries and wanted.countries[0] not in own[:1]:
        return 0.0
    if wanted.residence and not (known.residence or known.stems & words_for("head_of_state")):
        return 0.0
    if not held_in(wanted.stems - wanted.heads, known.stems | all_stems(statement.party or "")):
        return 0.0
    return EXACT if statement.speaker_kind == "anonymous" else BY_ROLE


def _leads(known: Description, wanted: Description) -> bool:
    """Whether one is called a country's leader and the other by the office."""
    heads = words_for("head_of_state")
    leader = stem("leader")
    office = known.heads & heads or (known.stems & heads and stem("minister") in known.heads)
    return (leader in wanted.heads and bool(office)) or (known.stems == {leader} and bool(wanted.heads & heads))


def _institution_match(statement: Statement, wanted: Description) -> float:
    """For "the Slovak foreign ministry" itself, its people, and loosely its minister."""
    own = _countries(statement) or described(_ABOUT.split(statement.speaker or "")[0]).countries
    if statement.former or (wanted.countries and wanted.countries[0] not in own[:1]):
        return 0.0
    known = described(_LINK.split(statement.role or "")[0])
    if wanted.stems <= described(statement.speaker or "").stems:
        return EXACT
    if wanted.stems <= known.stems:
        return BY_ROLE
    of_ministry = stem("ministry") in wanted.stems and stem("minister") in known.heads and not known.stems & words_for("lesser")
    return LOOSELY if of_ministry and wanted.stems - {stem("ministry")} <= known.stems else 0.0


def _name_match(statement: Statement, wanted: Description, asked: str, document: Document | None) -> float:
    speaker = statement.speaker or ""
    found = all_stems(speaker)
    asked_stems = all_stems(asked)
    name = _without_title(wanted)
    own, theirs = _countries(statement), described(speaker).countries
    if are_two(asked, statement, document.text if document is not None else "") or is_patronymic(name, speaker):
        return 0.0
    if held_in(asked_stems, found):
        return EXACT if _is_itself(statement, asked_stems) else BELONGS
    if wanted.countries and (own or theirs) and wanted.countries[0] not in (*own[:1], *theirs):
        return 0.0
    if held_in(name, found) and not theirs:
        return EXACT if _is_itself(statement, name) else BELONGS
    if statement.speaker_kind == "named" and held_in(found, name) and held_in(frozenset({_last(asked)}), found):
        return SHORTER if document is None or not shares_surname(document.text, _last_word(asked)) else 0.0
    if statement.former:
        return 0.0
    core = frozenset(side_stems(asked)) - {stem(word) for word in _GENERIC}
    if core and held_in(core, all_stems(statement.party or "")):
        return BELONGS
    return BELONGS if held_in(name, described(_LINK.split(statement.role or "")[0]).stems) else 0.0


def _is_itself(statement: Statement, name: frozenset[str]) -> bool:
    """Whether a speaker bears the name, and is not merely described as somebody's of that name."""
    return statement.speaker_kind == "named" or held_in(name, all_stems(_OWNER.sub("", statement.speaker or "")))


def _without_title(wanted: Description) -> frozenset[str]:
    """The name in "Foreign Minister Maria Lopez" or "the Lenian side"."""
    offices = words_for("office") & wanted.stems
    name = wanted.stems - _SIDE - (offices | words_for("modifier") if offices else frozenset())
    return name or wanted.stems


def _last_word(asked: str) -> str:
    words = asked.split()
    return words[-1].strip(".,?") if words else ""


def _last(text: str) -> str:
    words = [stem(fold(word.surface)) for word in words_of(text) if word.folded not in STOP_WORDS]
    return words[-1] if words else ""
