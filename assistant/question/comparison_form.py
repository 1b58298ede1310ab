"""Questions that set sides against each other: whom they name, and on what matter.

"Compare the positions of A and B on X", "How do A and B differ on X?", "Where do both sides stand on X?", "What do A and B say
about X?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.assistant.question import question_words as vocabulary
from parley.index.language.lexicon import alternatives, question_words
from parley.index.language.words import fold, stem


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides as the question words them, none where it says only "the two sides", and the matter, empty if none is named."""

    sides: tuple[str, ...]
    matter: str


_HELD = rf"(?:(?:{alternatives(question_words('held_noun'))})(?:e?s)?)"
_ABOUT = rf"(?:{alternatives(question_words('matter_link'))})"
_STANDING = rf"(?:{alternatives(question_words('set_apart'))})"

_ON = rf"(?: {_ABOUT} (?P<matter>.+))?$"
_DO = rf"(?:{alternatives(question_words('asking_be') | question_words('asking_do'))})"
_SIDES = alternatives(question_words("side_noun"))
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:compare|contrast) (?:the |their )?(?:\w+ )?{_HELD} (?:of|by|from) (?P<sides>.+?){_ON}",
        r"(?:compare|contrast) (?:the )?(?P<matter>.+?) (?:of|by|from|between) (?P<sides>(?:the (?:two|three)|both|all) .+)$",
        rf"(?:compare|contrast) (?!what\b)(?P<sides>.+?){_ON}",
        rf"(?:(?:in|on) what|how|where) {_DO} (?:the {_HELD} of )?(?P<sides>.+?) {_STANDING}(?: from each other)?{_ON}",
        rf"how {_DO} (?P<first>.+?) (?:differ|different) from (?P<second>.+?){_ON}",
        rf"what {_DO} the (?:difference|disagreement|dispute|gap)s? between (?P<sides>.+?){_ON}",
        rf"(?:what|which) {_DO} the {_HELD} of (?P<sides>.+?){_ON}",
        rf"(?:what|which) {_DO} (?P<sides>.+? and .+?['’]s?) {_HELD}{_ON}",
    )
)
_SPOKEN = re.compile(
    rf"(?:(?:compare|contrast) what|what (?:{alternatives(question_words('asking_do'))})) (?P<rest>.+)$", re.IGNORECASE
)
_DONE_TOGETHER = frozenset({stem("agree")})
"""What two do together is one matter: "What did A and B agree on?"."""

_COLLECTIVE = re.compile(
    rf"(?:each|every|either) (?:one )?(?:of the )?(?:{_SIDES}|side|party|delegation|team|government|country|camp)$|"
    r"(?:the |all )?(?:both|two|three|four|different|opposing|various|negotiating)? ?(?:of the )?"
    rf"(?:{_SIDES}|side|delegation|team|government|negotiators)$",
    re.IGNORECASE,
)
_PLURALS = re.compile(rf"(?:{_SIDES})\b", re.IGNORECASE)
_EACH = re.compile(r"(?:each|every|either)\b", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:and|versus|vs\.?|with|against|to) |, ", re.IGNORECASE)
_JOINT = re.compile(r" (?:and|versus|vs\.?|with|against|to) ", re.IGNORECASE)
_OWNED = re.compile(
    rf"['’]s?(?: (?:own|official|public|stated|latest|current))? {_HELD}\b(?: of .+)?|['’]s?$| {_HELD}$", re.IGNORECASE
)
_EARLIER_AUXILIARY = re.compile(rf"{_DO} ", re.IGNORECASE)


def comparison(core: str) -> Comparison | None:
    """The sides that a question sets against each other; `None` if it names fewer than two and no group of sides."""
    plain = core.rstrip("?. ")
    if spoken := _SPOKEN.match(plain):
        return _spoken(spoken["rest"].split())
    for pattern in _FORMS:
        if match := pattern.match(plain):
            parts = match.groupdict()
            sides = parts.get("sides") or f"{parts['first']} and {parts['second']}"
            if found := _between(sides, parts.get("matter") or ""):
                return found
    return None


def _spoken(words: list[str]) -> Comparison | None:
    """For "what do A and B say about X": whoever stands before the verb of speaking."""
    for position in range(1, min(len(words), 12)):
        verb = stem(fold(words[position]))
        if verb in vocabulary.SPEECH_VERBS - _DONE_TOGETHER and words[position].islower():
            speaking = [word for word in words[:position] if word.lower() not in {"each", "both"} or word is words[0]]
            matter = re.sub(rf"^(?:{_ABOUT}|for|to) ", "", " ".join(words[position + 1 :]))
            return _between(" ".join(speaking), matter)
    return None


def _between(sides: str, matter: str) -> Comparison | None:
    if _is_group(sides):
        return Comparison((), matter.strip())
    if not _JOINT.search(sides) or sides.endswith(","):
        return None
    named = tuple(side for name in _BETWEEN.split(sides) if (side := _side(name)))
    return Comparison(named, matter.strip()) if len(named) > 1 and all(_may_be_side(side) for side in named) else None


def _side(name: str) -> str:
    return _OWNED.sub("", _EARLIER_AUXILIARY.sub("", name.strip(), count=1)).strip()


def _is_group(sides: str) -> bool:
    several = _PLURALS.search(sides) or _EACH.match(sides)
    return several is not None and _COLLECTIVE.match(_OWNED.sub("", sides).strip()) is not None


def _may_be_side(name: str) -> bool:
    """Whether these words can name a side: a name, "the …", or one or two plain words ("union")."""
    words = name.split()
    return 0 < len(words) <= 6 and (name[:1].isupper() or words[0].lower() == "the" or len(words) <= 2)
