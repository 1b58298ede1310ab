"""Where one sentence joins the statements of two: "Norland rejects a veto [and] Velmark demands a pause"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parley.index.language.lexicon import lexicon
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import INVERTIBLE, Region
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.verbs import is_finite

TELLINGS = INVERTIBLE | {"tell"}
"""Verbs whose statement ends where another's begins, though what is said could hold the other's as well."""

_SUBJECTS = frozenset({"determiner", "possessive", "name", "title", "number"})
_LONGEST_SUBJECT = 6
"""Tokens of the second speaker."""

_OBJECTS = frozenset({"determiner", "possessive", "pronoun", "object", "name", "title", "number", "that", "open"})
_HELPING = frozenset({"have", "auxiliary", "negation", "adverb"})
_CLAUSE_STARTS = frozenset({"that", "relative", "subordinator", "semicolon"})


def joined_phrase(region: Region, begin: int) -> int | None:
    """Index of the "and" in what looks like one noun phrase, "a veto and Velmark", before another's cue; `None` without.

    Of several the last, if the verb is in the singular, else the first.
    """
    words = region.tokens.words
    if "and" not in words[begin : region.high] or words[begin] == "both":
        return None
    end = phrase_after(region.tokens, begin, region.high)
    joins = [at for at in range(begin + 1, end) if words[at] == "and" and _opens_cue(region, at + 1)]
    return None if not joins else joins[0] if takes_plural(region, joins[0]) else joins[-1]


def takes_plural(region: Region, joined: int) -> bool:
    """Whether the verb behind the "and" may be that of both phrases as its subject: not "a veto and Velmark demands"."""
    end = phrase_after(region.tokens, joined + 1, region.high)
    return "third" not in lexicon().forms.get(region.tokens.words[end], ()) and region.kind(end) != "have"


def joins_telling(region: Region, begin: int, at: int) -> bool:
    """Whether another tells something behind the "and" at `at`: "said the port was open [and] Velmark said it was closed"."""
    tokens = region.tokens
    if tokens.words[at] != "and" or not _opens_cue(region, at + 1, lemmas=TELLINGS):
        return False
    low = next((n + 1 for n in range(at - 1, begin - 1, -1) if tokens.kinds[n] in _CLAUSE_STARTS), begin)
    return any(is_finite(tokens, n, low, at) for n in range(low, at))


def part_speakers(region: Region, cues: Sequence[Attribution]) -> None:
    """Cut off what belongs to the statement before: from "[content with] the draft and Velmark" to "Velmark"."""
    for before, one in pairwise(cues):
        if one.speaker is None or one.inverted:
            continue
        first, last = one.speaker
        if "and" not in region.tokens.words[first:last]:
            continue
        joined = joined_phrase(region, before.after) if "n" in before.frames else None
        for at in range(max(first, before.after), last):
            if at == joined or (before.lemma in TELLINGS and joins_telling(region, before.after, at)):
                one.speaker = (at + 1, last)


def _opens_cue(region: Region, at: int, *, lemmas: frozenset[str] | None = None) -> bool:
    """Whether a short subject with a cue verb in the past or the third person, and what it takes, begins at `at`."""
    tokens = region.tokens
    if region.kind(at) not in _SUBJECTS:
        return False
    verb = end = phrase_after(tokens, at, region.high)
    while region.kind(verb) in _HELPING:
        verb += 1
    if not at < end <= at + _LONGEST_SUBJECT or region.kind(verb) != "word":
        return False
    word = tokens.words[verb]
    cues = [one for one in lexicon().cues.get(word, ()) if lemmas is None or one.lemma in lemmas]
    following = tokens.words[verb + 1 : verb + 2]
    takes = region.kind(verb + 1) in _OBJECTS or any(list(one.particles[:1]) == following for one in cues if one.particles)
    is_helped = any(region.kind(n) in {"have", "auxiliary"} for n in range(end, verb))
    return bool(cues) and takes and (is_helped or bool(lexicon().forms[word] & {"past", "third"}))
