"""Whether a sentence tells that somebody did something: the doer before the verb, or after "by" behind it."""

from __future__ import annotations

from parley.assistant.evidence.matching import match
from parley.assistant.evidence.speaker_matching import without_side
from parley.assistant.question.analysis import Term
from parley.index.language.descriptions import described
from parley.index.language.vocabulary import party_mentions
from parley.index.language.words import Word, words_of

_REACH = 10
"""Words between doer and verb, at most."""


def tells_deed(sentence: str, doer: str, verb: str) -> bool:
    """Whether `sentence` has the doer, in any name of a country, near before the verb (a stem) or a synonym of it."""
    words = words_of(sentence)
    doing = [number for number, word in enumerate(words) if match(Term(verb, verb), frozenset({word.stem}))]
    named = _places(sentence, words, doer)
    return any(0 < at - place <= _REACH for at in doing for place in named) or any(
        0 < place - at <= _REACH and "by" in {word.folded for word in words[at:place]} for at in doing for place in named
    )


def names_doer(sentence: str, doer: str) -> bool:
    """Whether `sentence` has the doer, in any name of a country, in whatever part."""
    return bool(_places(sentence, words_of(sentence), doer))


def _places(sentence: str, words: list[Word], doer: str) -> list[int]:
    """Numbers of the words that name the doer: the last word of a name, the noun of an office with its country before it."""
    wanted = described(doer)
    own = without_side(wanted)
    starts = {item.start for item in party_mentions(sentence) if item.party in wanted.countries}
    countries = [number for number, word in enumerate(words) if word.start in starts]
    if not own:
        return countries
    last = [number for number, word in enumerate(words) if described(word.surface).heads & wanted.heads]
    return [number for number in last if not wanted.countries or any(abs(number - place) <= _NEAR for place in countries)]


_NEAR = 5
"""Words between an office and its country, at most: "the foreign minister of the Republic of Lenia"."""
