"""Questions for somebody's position on a matter, whatever they did to take it: said, demanded, rejected.

"What is X's position on Y?", "What is the position of X on Y?", "Where does X stand on Y?", "What position does X take on Y?",
"What does X make of Y?", "What was the reaction of X to Y?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.assistant.question import question_words as vocabulary
from parley.assistant.question.question_words import can_speak
from parley.index.language.lexicon import alternatives, question_words
from parley.index.language.words import fold, stem

WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
"""A pattern of one word of letters, hyphens and apostrophes inside it among them."""

_DO = alternatives(question_words("asking_do"))
_POSITION = re.compile(
    rf"^what (?:is|was|are|were) (?P<speaker>[^?]+?)['’]s? (?P<adjectives>(?:\w+ ){{0,3}}?)"
    rf"(?P<noun>{vocabulary.POSITION_NOUNS})\b(?:\s+(?:on|about|to|regarding|of|for|concerning|towards?)\b)?(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_ON = rf"(?:to|{alternatives(question_words('matter_link'))})"
_POSITION_OF = re.compile(
    rf"^what (?:is|was|are|were) the (?P<adjectives>(?:\w+ ){{0,2}}?)(?P<noun>{vocabulary.POSITION_NOUNS}) (?:of|by|from) "
    rf"(?P<speaker>[^?]+?)\s+(?P<link>{_ON})\s+(?P<rest>[^?]+)",
    re.IGNORECASE,
)
_OF_A_SIDE = re.compile(
    rf"^what (?:is|was|are|were) the (?P<side>(?-i:[A-Z])[\w-]*) (?P<noun>{vocabulary.POSITION_NOUNS}) {_ON} (?P<rest>[^?]+)",
    re.IGNORECASE,
)
"""The side as an adjective or a name: "the Russian position on the draft"."""
_STANDS = re.compile(
    rf"^(?:(?:where|how) (?:{_DO}) (?P<speaker>[^?]+?) (?:stand|stood) {_ON}|"
    rf"what (?:{_DO}) (?P<judge>[^?]+?) (?:make|made) of) (?P<rest>[^?]+)",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"^(?:what|which) (?P<adjectives>(?:\w+ ){{0,2}}?)(?P<noun>{vocabulary.POSITION_NOUNS}) (?:{_DO}) "
    rf"(?P<speaker>[^?]+?) (?P<verb>{WORD}) {_ON} (?P<rest>[^?]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Position:
    """Whose position is asked for, on what; `verb` is the stem of the act that the question names, "say" where it names none."""

    speaker: str
    verb: str
    matter: str


def asked_position(core: str) -> Position | None:
    """Whose position on what a question asks for; `None` if it asks for none, as in "the position of the ship on the map"."""
    if (side := _OF_A_SIDE.match(core)) is not None:
        return Position(f"the {side['side']} side", _act_of(side["noun"]), f" {side['rest']}")
    owned = _POSITION.match(core)
    found = owned or _POSITION_OF.match(core) or _STANDS.match(core) or _HOLDS.match(core)
    if found is None:
        return None
    parts = found.groupdict()
    speaker = parts.get("speaker") or parts["judge"]
    if not can_speak(speaker) if not owned else _is_part(speaker):
        return None
    if "verb" in parts and stem(fold(parts["verb"])) not in vocabulary.HOLDING:
        return None
    return Position(speaker, _act_of(parts.get("noun") or "position"), f"{parts.get('adjectives') or ''} {parts['rest']}")


def _act_of(noun: str) -> str:
    """The stem of the act that a noun names ("demand"); to have a standpoint is to say something."""
    named = stem(fold(noun))
    return stem("say") if named in vocabulary.STANDPOINTS else named


def _is_part(owner: str) -> bool:
    """Whether something of somebody's is asked for, and not their position: "the six points of Norland" before "'s reply"."""
    part, _, whole = owner.partition(" of ")
    return bool(whole) and not can_speak(part)


def asked_reaction(core: str) -> Position | None:
    """For "the reaction of A to B", which sets nobody against another."""
    match = _POSITION_OF.match(core)
    return asked_position(core) if match and match["link"].lower() == "to" and " and " not in match["speaker"] else None
