"""The thing that a question asks about: the noun phrase whose place another takes in "And the rest break?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.question.question_words import can_speak
from parley.index.language.lexicon import Form, lexicon, question_words, word_kind
from parley.index.language.words import Word, is_content, words_of

_BEFORE_NOUN = frozenset({"determiner", "possessive"})
_BORDERS = frozenset({"pronoun", "object", "conjunction", "relative", "subordinator", "that", "negation"})
_NO_THING = frozenset({"time", "adverb", "pronoun", "object", "subordinator"})
_FOR_THING = frozenset({"what", "which", "who", "whom"})
_AFTER_BE: frozenset[Form] = frozenset({"participle", "past", "ing"})
_AFTER_DO: frozenset[Form] = frozenset({"base"})
"""Forms of the verb behind "is the" and "has the", and behind "does the" and "will the"."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What becomes of a question whose object is replaced.

    Attributes:
        gone: the stems of the words whose place is taken.
        core: the question with the other thing in their place.
    """

    gone: frozenset[str]
    core: str


def replaced_object(core: str, phrase: str) -> Replaced | None:
    """A question about another thing than the one before; `None` where a phrase takes the place of nothing in it.

    After "What does the company say about leave?", "And cranes?" and "And about cranes?" take the place of the leave. After "What
    did they offer at the gauge?", "And the toll?" takes that of nothing: what stands behind "at" is where, not what.

    Args:
        core: the question before.
        phrase: what is asked about now, with the preposition before it if there is one.
    """
    asked = words_of(phrase)
    linked = bool(asked) and _kind(asked[0]) == "preposition"
    thing = _bare(asked[1:] if linked else asked)
    link, found = _last_phrase(words_of(core))
    if not thing or _kind(thing[-1]) in _NO_THING or not _fits(asked[0].folded if linked else "", link):
        return None
    gone = frozenset(word.stem for word in found if is_content(word.folded))
    if not gone or (can_speak(_text(thing)) and not can_speak(_text(found))):
        return None
    named = phrase[thing[0].start : thing[-1].end]
    return Replaced(gone, core[: found[0].start] + named + core[found[-1].end :])


def _fits(asked: str, link: str) -> bool:
    """Whether what stands behind one preposition can take the place of what stands behind another; "" for none."""
    matter = question_words("matter_link")
    return link in matter if asked in matter else not asked and link in matter | {"", "of"}


def _last_phrase(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """The last noun phrase of a question, and the preposition before it, "" where there is none."""
    start = next((at + 1 for at in reversed(range(len(words))) if _is_border(words[at])), 0)
    found = words[start:]
    at = start - 1
    while at >= 0 and _kind(words[at]) in _BEFORE_NOUN:
        at -= 1
    link = words[at].folded if at >= 0 and _kind(words[at]) == "preposition" else ""
    auxiliary = next((word for word in words if _is_auxiliary(word)), None)
    if at >= 0 and _is_auxiliary(words[at]) and words[at] is not auxiliary:
        return _last_phrase(words[:at])  # "Has the deadline been extended?"
    if auxiliary is None or link in question_words("matter_link") or not (link or _is_auxiliary(words[at])):
        return link, found
    forms = _AFTER_BE if _kind(auxiliary) in {"be", "have"} else _AFTER_DO
    fronted = _fronted(words[: words.index(auxiliary)])
    if fronted and all(_kind(word) == "adverb" for word in found):
        return link, fronted  # "How many guards are there?"
    deed = next((at for at in range(1, len(found)) if forms & lexicon().forms.get(found[at].folded, frozenset())), None)
    if deed is None:
        return link, found
    asks_thing = bool(fronted) or words[0].folded in _FOR_THING
    return link, found[deed + 1 :] or _thing_of(found[:deed], fronted, asks_thing=asks_thing)


def _fronted(opening: Sequence[Word]) -> Sequence[Word]:
    """The thing that a question names before its verb: "toll" of "which toll", "guards" of "how many guards"."""
    asked = [word.folded for word in opening]
    if asked[:1] and asked[0] in _FOR_THING:
        return opening[1:]
    return opening[2:] if asked[:2] in (["how", "many"], ["how", "much"]) else ()


def _thing_of(doer: Sequence[Word], fronted: Sequence[Word], *, asks_thing: bool) -> Sequence[Word]:
    """What a question without an object is about: "toll" of "Which toll does Lund want?", "ferry" of "What does the ferry cost?".

    Of "What did the union win?" nothing is left: "what" stands for the thing, and the union for whoever did it.
    """
    return fronted if asks_thing and can_speak(_text(doer)) else doer


def _bare(words: Sequence[Word]) -> Sequence[Word]:
    """A noun phrase without its article."""
    return words[1:] if words and _kind(words[0]) in _BEFORE_NOUN else words


def _is_border(word: Word) -> bool:
    return _is_auxiliary(word) or _kind(word) in _BORDERS | _BEFORE_NOUN | {"preposition"} or _asks(word)


def _asks(word: Word) -> bool:
    return word.folded in question_words("question_word")


def _is_auxiliary(word: Word) -> bool:
    return word.folded in word_kind("auxiliary_form") or _kind(word) in {"be", "have"}


def _kind(word: Word) -> str:
    return lexicon().kinds.get(word.folded, "")


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.surface for word in words)
