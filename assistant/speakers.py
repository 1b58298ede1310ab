"""Naming a statement's speaker as the text does, and telling whether a question asks for that speaker."""

from __future__ import annotations

import re

from assistant.vocabulary import parties_in
from assistant.words import STOP_WORDS, fold, stem, word_set, words_of
from index.types import Document, Statement

_ARTICLE = re.compile(r"^(?:a|an|the|one|another|some|this|that)\s+(?:same\s+)?", re.IGNORECASE)
_UNNAMED = re.compile(r"unnamed|unidentified|anonym|condition of anonymity|not be(?:en)? named|undisclosed", re.IGNORECASE)
_TITLES = word_set(
    """
    mr mrs ms dr prof sir lady sen rep gov gen president minister secretary senator chancellor ambassador king queen
    """
)
_GENERIC = word_set(
    """
    side delegation team camp party government official officials negotiators representatives people ministry statement
    authorities leaders envoy
    """
)
_PERSON = re.compile(
    r"\b(?:official|spokes(?:man|woman|person)|minister|negotiator|diplomat|envoy|delegate|officer|source|"
    r"representative|leader|chair(?:man|woman|person)?|president|secretary|ambassador|mediator|director|"
    r"manager|adviser|lawyer|treasurer|mayor)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:\w+s|people|police|men|women|team)\b(?:\s+(?:familiar|close|briefed|with|in|at|of|from|who)\b.*)?$", re.IGNORECASE
)


def cue_words(document: Document, statement: Statement) -> str:
    """The reporter's cue words as written, with "never" or "did not" before them; empty where there are none, or only a colon."""
    if statement.cue is None:
        return ""
    words = " ".join(document.text[_cue_start(document.text, statement) : statement.cue.end].split())
    return words if any(character.isalpha() for character in words) else ""


_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|should|may|might|must)\s*$", re.IGNORECASE
)
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


_INDEFINITE = re.compile(r"(?:an?|one|two|three|four|several|some|many|another|other|multiple|various)\s", re.IGNORECASE)


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


def display_name(statement: Statement) -> str:
    """The speaker as the text names them, with the role; whoever is not named stays so: "an unnamed Turkish official"."""
    if statement.speaker is None or statement.speaker_kind == "unidentified":
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
    if re.match(r"(?:[A-Z][\w.]*\s)*[A-Z][\w.]*['’]s?\s", speaker):
        return f"{speaker} (unnamed)"
    bare = _shortened(_ARTICLE.sub("", speaker))
    head = re.split(r"\s+(?:who|familiar|close|briefed|with|in|at|of|from|involved)\b", bare, maxsplit=1)[0]
    if re.match(r"(?:two|three|four|several|some|many|other|multiple|various)\b", bare, re.IGNORECASE):
        return re.sub(r"^(\w+)\s+", r"\1 unnamed ", bare)
    return f"unnamed {bare}" if _PLURAL.match(head) and not head.endswith("ss") else f"an unnamed {bare}"


_LONGEST_DESCRIPTION = 9


def _shortened(description: str) -> str:
    """A long description without its relative clause: "official who spoke to … after …" gives "official"."""
    if len(description.split()) <= _LONGEST_DESCRIPTION:
        return description
    return re.split(r",?\s+(?:who|whom|whose|which|that)\s+", description, maxsplit=1)[0]


def is_firsthand(statement: Statement) -> bool:
    """Whether nobody stands between the speaker and the document."""
    return not statement.relay and not statement.on_behalf_of


def speaker_match(statement: Statement, asked: str) -> float:
    """How surely `asked` (a name, role or side, as a question words it) means this statement's speaker, 0 to 1.

    1 for the same name or role, 0.9 for a side whose spokesman the role makes them; 0 when the given names differ, when
    either names a side and the other another, or when nothing connects them. The former holder of an office speaks for no side.
    """
    speaker = statement.speaker
    if not speaker or statement.speaker_kind == "unidentified":
        return 0.0
    sides = parties_in(asked)
    wanted = _name_stems(asked)
    if not sides and _speaks_for(statement, asked):
        return 0.9
    if not wanted - _side_stems(asked, sides):
        return _side_match(statement, sides, asked)
    return max(_name_match(wanted, speaker, asked), _name_match(wanted, f"{statement.role or ''} {speaker}", asked) * 0.95)


def _may_be_person(statement: Statement) -> bool:
    """Whether the speaker may be one person, not a side as a whole ("Russia", "the delegation")."""
    if statement.speaker_kind == "collective":
        return False
    words = {word.stem for word in words_of(statement.speaker or "")}
    return not (
        parties_in(statement.speaker or "") and statement.role is None and len(words) <= 2 and statement.speaker_kind == "named"
    )


def names_side(asked: str) -> bool:
    """Whether a question asks for a side rather than for a person: a country, or "the … side", "the … delegation"."""
    return bool(parties_in(asked)) or bool({word.folded for word in words_of(asked)} & _GENERIC)


def describes_person(asked: str) -> bool:
    """Whether a question asks for one person by office and place ("the envoy of Freedonia"), not for the side as a whole."""
    return _PERSON.search(asked) is not None


def side_stems(asked: str) -> set[str]:
    """The stems that name a side, without "side", "delegation" and the like."""
    return {word.stem for word in words_of(asked) if word.folded not in STOP_WORDS | _GENERIC | _TITLES}


def _speaks_for(statement: Statement, asked: str) -> bool:
    """Whether the party bears the asked name or nearly so ("Freedonia", "Freedonian"), where no list knows the country."""
    core = side_stems(asked)
    if not core or not statement.party or statement.former or (_PERSON.search(asked) and not _may_be_person(statement)):
        return False
    party = {word.stem for word in words_of(statement.party)}
    return all(
        any(
            left == right or (len(left) > 3 and left[:-1] == right[: len(left) - 1] and abs(len(left) - len(right)) <= 2)
            for right in party
        )
        for left in core
    )


def _side_match(statement: Statement, sides: tuple[str, ...], asked: str) -> float:
    if statement.former or (_PERSON.search(asked) and not _may_be_person(statement)):
        return 0.0
    if not sides:
        wanted = _name_stems(asked) or {word.stem for word in words_of(asked)}
        named = f"{statement.party or ''} {statement.role or ''} {statement.speaker or ''}"
        return 0.9 if wanted <= {word.stem for word in words_of(named)} | {stem(fold(statement.party or ""))} else 0.0
    spoken_for = parties_in(statement.party or "") or parties_in(statement.on_behalf_of or "")
    if not spoken_for and statement.speaker_kind != "named":
        spoken_for = parties_in(statement.speaker or "")
    return 0.9 if sides[0] in spoken_for[:1] else 0.0


def _name_stems(text: str) -> set[str]:
    return {word.stem for word in words_of(text) if word.folded not in STOP_WORDS | _TITLES_ONLY and len(word.folded) > 1}


_TITLES_ONLY = frozenset({"mr", "mrs", "ms", "dr", "prof", "sir", "same"})


def _side_stems(asked: str, sides: tuple[str, ...]) -> set[str]:
    """Stems in `asked` that name a side or only say "side", "delegation", "officials"."""
    words = words_of(asked)
    generic = {word.stem for word in words if word.folded in _GENERIC}
    places = {word.stem for word in words if sides and parties_in(word.surface)}
    whole = (
        {word.stem for word in words}
        if len(words) > 1 and parties_in(asked) and not {w.stem for w in words} - generic - places
        else set()
    )
    return generic | places | whole


def _name_match(wanted: set[str], speaker: str, asked: str) -> float:
    found = _name_stems(speaker)
    if wanted <= found:
        return 1.0
    shared = wanted & found
    if not shared:
        return 0.0
    if found <= wanted:  # asked "Maria Lopez", the text says "Lopez"
        return 0.9 if _last_name(asked) in found else 0.3
    return (
        0.55
        if _last_name(asked) in shared and len(wanted) == 1
        else 0.25
        if _is_role(asked) and len(shared) / len(wanted) >= 0.6
        else 0.0
    )


def _last_name(text: str) -> str:
    words = [word.stem for word in words_of(text) if word.folded not in STOP_WORDS]
    return words[-1] if words else ""


def _is_role(text: str) -> bool:
    return text[:1].islower() or bool({word.folded for word in words_of(text)} & _TITLES)
