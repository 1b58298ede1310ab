"""What stands between a cue and its content: those spoken to, and the circumstances ("on Monday", "in a statement")."""

from __future__ import annotations

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.cueing.cues import Region
from parley.index.statements.grammar.phrases import phrase_after

_NOMINAL = frozenset({"determiner", "possessive", "name", "title", "number", "pronoun", "word", "left"})
_SKIPPED = frozenset({"time", "adverb"})
_CIRCUMSTANCE = word_kind("circumstance")
_OPENERS = word_kind("noun_opener")
_PLACED = word_kind("placed")
_TIME_OPENERS = word_kind("time_opener")
_TIME_UNITS = word_kind("time_unit")
_COUNTED_FROM = frozenset({"ago", "earlier", "later", "before"})

AUDIENCES = word_kind("audience")
"""Plural nouns for those spoken to; what follows one of them begins a clause."""


def skip_addressee(region: Region, attribution: Attribution) -> int:
    """First token behind the cue and those it is spoken to ("told [reporters on Monday] that")."""
    tokens = region.tokens
    at = attribution.after
    if "a" in attribution.frames and region.kind(at) in _NOMINAL | {"object"} and not _is_clause(region, at):
        end = _addressee_end(region, attribution.lemma, at)
        if region.kind(end) in {
            "that",
            "preposition",
            "comma",
            "stop",
            "end",
            "open",
            "time",
            "subordinator",
            "colon",
            "pronoun",
            "determiner",
            "possessive",
            "name",
        } or (tokens.words[end - 1] in AUDIENCES and region.kind(end) == "word"):
            attribution.addressee = (at, end)
            at = end
    elif region.kind(at) == "preposition" and tokens.words[at] in {"to", "with"} and "c" in attribution.frames:
        end = _addressee_end(region, attribution.lemma, at + 1)
        if end > at + 1 and not _is_deed(region, at, attribution):
            attribution.addressee = (at + 1, end)
            at = end
    return at


def _is_deed(region: Region, preposition: int, attribution: Attribution) -> bool:
    """Whether "to" begins what somebody means to do: "vowed to boycott the talks", not "pledged to voters"."""
    word = region.tokens.words[preposition + 1]
    if word in lexicon().forms:
        return True
    is_plain = region.tokens.kinds[preposition + 1] == "word" and word not in AUDIENCES and not word.endswith("s")
    return "i" in attribution.frames and region.tokens.words[preposition] == "to" and is_plain


def _addressee_end(region: Region, lemma: str, first: int) -> int:
    """End of an addressee without "in Oslo", "at the border" behind it, or a clause: "told reporters [the talks were over]"."""
    tokens = region.tokens
    last = phrase_after(tokens, first, region.high)
    if " " in lemma:
        return last  # "warned of the price a war would have": no addressee either
    for at in range(first + 1, last):
        begins = tokens.words[at - 1] in AUDIENCES and tokens.kinds[at] in {"word", "name"}
        if begins or tokens.words[at] in _PLACED or _begins_phrase(region, at):
            return at
    return last


def _begins_phrase(region: Region, at: int) -> bool:
    """Whether another noun phrase begins behind a noun: "in a statement [the talks …]", not "in interviews this week"."""
    tokens = region.tokens
    opens = tokens.words[at] in _OPENERS and tokens.text[tokens.starts[at]].islower()
    return opens and tokens.kinds[at - 1] in {"word", "name", "title"} and region.kind(at + 1) != "time"


def _is_clause(region: Region, at: int) -> bool:
    """Whether a clause with a subject of its own begins at `at` ("said [the talks were over]")."""
    tokens = region.tokens
    if tokens.kinds[at] == "pronoun" and region.kind(at + 1) in {"be", "have", "auxiliary", "word", "adverb"}:
        return tokens.words[at] not in {"you", "it"} or region.kind(at + 1) in {"be", "have", "auxiliary"}
    return False


def circumstance_end(region: Region, begin: int) -> int:
    """Steps over "on Monday", "in a statement", "at the border" behind a cue, up to nine words."""
    tokens = region.tokens
    at = begin
    while at < region.high and at - begin < 12:
        kind = tokens.kinds[at]
        time = at + (kind == "preposition")
        if (behind := _time_end(region, time)) > time:
            at = behind
        elif kind in _SKIPPED or kind == "number":
            at += 1
        elif tokens.words[at] in _CIRCUMSTANCE and region.kind(at + 1) in _NOMINAL | {"time", "object", "preposition"}:
            end = phrase_after(tokens, at + 1, region.high)
            if tokens.words[at] != "to":
                end = next((n for n in range(at + 2, end) if _begins_phrase(region, n)), end)
            at = max(end, at + 1)
        else:
            break
    return at


def _time_end(region: Region, at: int) -> int:
    """End of "last week", "early May" or "two weeks ago" at `at`; `at` itself where none stands there."""
    words = region.tokens.words[at : min(at + 3, region.high)]
    if len(words) > 1 and words[0] in _TIME_OPENERS and region.kind(at + 1) == "time":
        return at + 2
    counted = len(words) == 3 and words[2] in _COUNTED_FROM and (words[1] in _TIME_UNITS or f"{words[1]}s" in _TIME_UNITS)
    return at + 3 if counted and region.kind(at) in {"determiner", "number"} else at
