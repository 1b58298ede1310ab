"""To whom a statement was made: addressee, outlet and reporter, and on whose behalf."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parley.index.language.lexicon import alternatives, outlet_names, outlets, word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.phrases import phrase_after
from parley.index.statements.grammar.tokens import Tokens

_MEDIA_WORDS = word_kind("media")
_SPOKEN_TO = frozenset({"to", "with"})
_SEARCHED = 14
"""Tokens behind a cue in which its audience is looked for."""

_INTERVIEW = re.compile(
    r"\b(?:in|during)\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,3}interviews?\s+(?:with|on|to)\s+|\bspoke(?:n)?\s+(?:to|with)\s+|\bspeaking\s+(?:to|with)\s+"
    rf"|\bon\s+(?=(?:{alternatives(outlet_names())})(?!\w))"
)
_BEHALF = re.compile(r"\b(?:on|in)\s+behalf\s+of\s+|\bspeaking\s+for\s+")


@dataclass(frozen=True, slots=True)
class Audience:
    """Those a statement was made to; each as written, `None` where the text names none."""

    addressee: str | None = None
    outlet: str | None = None
    reporter: str | None = None
    on_behalf_of: str | None = None


def audience_of(tokens: Tokens, attribution: Attribution) -> Audience:
    """The audience in the speaker clause: behind the cue ("told CNN's Ana Ruiz"), or in the speaker's description."""
    addressee = attribution.addressee or _spoken_to(tokens, attribution)
    outlet, reporter = find_outlet(tokens, *addressee) if addressee else (None, None)
    if outlet is None and attribution.medium is not None:
        outlet, reporter = find_outlet(tokens, *attribution.medium)
    if outlet is None:
        outlet, reporter = _interviewer(tokens, attribution)
    return Audience(
        addressee=tokens.slice(*addressee) if addressee else None,
        outlet=outlet,
        reporter=reporter,
        on_behalf_of=_behalf(tokens, attribution),
    )


def _spoken_to(tokens: Tokens, attribution: Attribution) -> tuple[int, int] | None:
    """The phrase behind "to": "said on Monday to reporters"."""
    if attribution.cue is None or attribution.form in {"noun", "adjective", "according", "colon", "passive"}:
        return None
    begin = attribution.speaker[1] if attribution.inverted and attribution.speaker else attribution.cue[1]
    for at in range(begin, min(begin + _SEARCHED, len(tokens) - 1)):
        kind = tokens.kinds[at]
        if kind in {"that", "open", "stop", "colon", "comma", "pronoun", "subordinator"}:
            return None
        if tokens.words[at] in _SPOKEN_TO:
            end = phrase_after(tokens, at + 1, len(tokens))
            links = (n for n in range(at + 2, end) if tokens.kinds[n] == "preposition" and tokens.words[n] != "of")
            last = next(links, end)
            if last > at + 1 and tokens.kinds[at + 1] in {"name", "determiner", "word"} and _is_audience(tokens, at + 1, last):
                return at + 1, last
    return None


def _is_audience(tokens: Tokens, first: int, last: int) -> bool:
    words = set(tokens.words[first:last])
    if words & word_kind("hearers"):
        return True
    return find_outlet(tokens, first, last)[0] is not None


def find_outlet(tokens: Tokens, first: int, last: int) -> tuple[str | None, str | None]:
    """The medium named in a phrase, and the reporter behind its possessive ("CNN's Ana Ruiz")."""
    at = first
    while at < last:
        if tokens.kinds[at] not in {"name", "title"} and tokens.words[at] != "the":
            at += 1
            continue
        end = at + (tokens.words[at] == "the")
        while end < last and (tokens.kinds[end] == "name" or tokens.words[end] in {"of", "de", "della", "/"}):
            end += 1
        begin, stop = _outlet_in(tokens, at, end)
        if stop > begin:
            return tokens.slice(begin, stop), _reporter(tokens, stop, last)
        at = max(end, at + 1)
    return None, None


def _outlet_in(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The outlet among the names from `first` to `last`; an empty range where there is none."""
    for begin in range(first, last):
        for end in range(last, begin, -1):
            written = tokens.slice(begin, end)
            if written.lower() in outlets():
                longer = (n for n in range(end, last) if tokens.words[n] not in _MEDIA_WORDS)
                return begin, next(longer, last)
    if first < last and tokens.words[first] == "the":
        first += 1
    if last - first >= 2 and any(word in _MEDIA_WORDS for word in tokens.words[first:last]):
        return first, last
    if last > first > 0 and tokens.words[first - 1] in _MEDIA_WORDS:
        return first, last
    return first, first


def _reporter(tokens: Tokens, at: int, last: int) -> str | None:
    if at >= len(tokens) or tokens.kinds[at] != "clitic":
        return None
    end = at + 1
    limit = max(last, min(len(tokens), at + 5))
    while end < limit and tokens.kinds[end] in {"name", "title"}:
        end += 1
    return tokens.slice(at + 1, end) if end > at + 1 else None


def _interviewer(tokens: Tokens, attribution: Attribution) -> tuple[str | None, str | None]:
    """The outlet of "in an interview with …", "spoke to …" in the speaker clause's sentence, outside its content."""
    first = attribution.speaker[0] if attribution.speaker else attribution.group
    ends = [attribution.after, attribution.speaker[1] if attribution.speaker else 0]
    low = tokens.starts[first]
    high = tokens.ends[min(len(tokens), max(ends) + _SEARCHED) - 1]
    sentence = tokens.sentences[first]
    for match in _INTERVIEW.finditer(tokens.text, low, high):
        at = tokens.first_at(match.end())
        if at >= len(tokens) or tokens.sentences[at] != sentence or tokens.quotes[at] != attribution.level:
            continue
        outlet, reporter = find_outlet(tokens, at, min(len(tokens), at + 8))
        if outlet is not None:
            return outlet, reporter
    return None, None


def _behalf(tokens: Tokens, attribution: Attribution) -> str | None:
    first = min(attribution.speaker[0], attribution.group) if attribution.speaker else attribution.group
    low = tokens.starts[first]
    high = tokens.ends[min(len(tokens), max(attribution.after, first) + 8) - 1]
    match = _BEHALF.search(tokens.text, low, high)
    if match is None:
        return None
    at = tokens.first_at(match.end())
    end = phrase_after(tokens, at, len(tokens)) if at < len(tokens) else at
    return tokens.slice(at, end) if end > at else None
