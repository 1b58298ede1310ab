"""Words that are quoted in order to be rejected: "the claim that the port “is bankrupt” was nonsense"."""

from __future__ import annotations

import re
from functools import cache

from parley.index.language.lexicon import read_rows
from parley.index.language.standing import near_words
from parley.index.types import Span

_INFLECTED = r"(?:s|es|d|ed|ing|ies|ied|'s|’s)?"
_AS = re.compile(r"\bas\s*[\"“'‘]?\s*$")


def rejection_of(text: str, sentence: Span, span: Span) -> Span | None:
    """Where a sentence says that the words at `span`, a claim of somebody's, are rejected; `None` where it does not.

    A claim must be named before the words, and rejected before that ("dismissed the claim that …") or called false behind them.
    What somebody rejects "as “a joke”" are their own words.
    """
    sentence = near_words(text, sentence, span)
    if _AS.search(text[sentence.start : span.start]):
        return None
    matters = list(_pattern("matter").finditer(text, sentence.start, span.start))
    for matter in reversed(matters):
        acts = list(_pattern("act").finditer(text, sentence.start, matter.start()))
        if acts:
            return Span(*acts[-1].span())
        verdict = _pattern("verdict").search(text, span.end, sentence.end)
        if verdict is not None:
            return Span(*verdict.span())
    behind = _pattern("act").search(text, span.end, sentence.end)
    claim = _pattern("matter").search(text, span.end, sentence.end)
    if behind is not None and claim is not None and claim.start() < behind.start():
        return Span(*behind.span())  # "…, a claim Toll denied"
    return None


def names_claim(text: str, start: int, end: int) -> bool:
    """Whether words begin with somebody's claim: "Toll's claim that …", "the suggestion that …"."""
    found = _pattern("matter").search(text, start, min(end, start + _FIRST))
    return found is not None and re.match(r"\s+(?:that|of)\b", text[found.end() : end]) is not None


_FIRST = 60
"""Characters in which a claim is named at the beginning of words."""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = next(row[1] for row in read_rows("rejections.tsv") if row[0] == kind).split("|")
    listed = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed}){'' if kind == 'verdict' else _INFLECTED}\b", re.IGNORECASE)
