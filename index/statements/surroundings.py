"""What stands between a cue and its content: those spoken to, and the circumstances ("on Monday", "in a statement")."""

from __future__ import annotations

from index.statements.attributions import Attribution
from index.statements.cues import Region
from index.statements.lexicon import lexicon
from index.statements.phrases import phrase_after

_NOMINAL = frozenset({"determiner", "possessive", "name", "title", "number", "pronoun", "word", "left"})
_SKIPPED = frozenset({"time", "adverb"})
_CIRCUMSTANCE = frozenset(
    {"in", "on", "at", "during", "after", "to", "from", "by", "of", "before", "via", "through", "when", "as", "about", "with"}
)


def skip_addressee(region: Region, attribution: Attribution) -> int:
    """First token behind the cue and those it is spoken to ("told [reporters on Monday] that")."""
    tokens = region.tokens
    at = attribution.after
    if "a" in attribution.frames and region.kind(at) in _NOMINAL | {"object"} and not _is_clause(region, at):
        end = _without_circumstance(region, at, phrase_after(tokens, at, region.high))
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
        }:
            attribution.addressee = (at, end)
            at = end
    elif region.kind(at) == "preposition" and tokens.words[at] in {"to", "with"} and "c" in attribution.frames:
        end = _without_circumstance(region, at + 1, phrase_after(tokens, at + 1, region.high))
        if end > at + 1 and tokens.words[at + 1] not in lexicon().forms:
            attribution.addressee = (at + 1, end)
            at = end
    return at


def _without_circumstance(region: Region, first: int, last: int) -> int:
    """End of an addressee without "in Oslo", "at the border" behind it."""
    tokens = region.tokens
    return next((at for at in range(first + 1, last) if tokens.words[at] in {"in", "at", "on", "during", "after"}), last)


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
        if kind in _SKIPPED or kind == "number":
            at += 1
        elif tokens.words[at] in _CIRCUMSTANCE and region.kind(at + 1) in _NOMINAL | {"time", "object", "preposition"}:
            end = phrase_after(tokens, at + 1, region.high)
            at = max(end, at + 1)
        else:
            break
    return at
