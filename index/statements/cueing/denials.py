"""Subjects that deny what their verb says: "Neither Norland nor Velmark demanded", "none of the delegates said"."""

from __future__ import annotations

from parley.index.language.lexicon import word_kind
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.grammar.tokens import Tokens

_DENYING = word_kind("denying_subject")
_WHOLES = frozenset({"neither", "none", "nobody"})
"""What "of" or "from" may follow: "none of the delegates", "nobody from the ministry"."""

_LINKS = word_kind("group_link")
_COUNTED = word_kind("counted")
"""What "not" may stand before in a subject: "not one delegate"; before a name it sets two against each other."""

_REACH = 16
"""Tokens before "nor" in which its "neither" is looked for."""


def widen_denied(tokens: Tokens, attribution: Attribution) -> None:
    """Extend the speaker's words to the one that denies the verb: from "Velmark" to "Neither Norland nor Velmark"."""
    if attribution.speaker is None or attribution.inverted or attribution.form == "passive":
        return
    first, last = attribution.speaker
    attribution.speaker = (_denial_start(tokens, first), last)


def is_denied(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a speaker phrase says that nobody of those it names did what the verb says."""
    return first < last and tokens.words[first] in _DENYING


def denied_group(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Those of whom a denying phrase speaks: "the delegates" of "none of the delegates"; `None` for "nobody"."""
    while first < last and tokens.words[first] in _DENYING | _LINKS | {"one"}:
        first += 1
    return (first, last) if first < last else None


def _denial_start(tokens: Tokens, first: int) -> int:
    """Where the denying words before a subject begin; `first` itself without any."""
    before = [tokens.words[at] for at in range(first - 1, max(-1, first - 4), -1) if _is_beside(tokens, at, first)]
    if not before:
        return first
    if before[0] in _COUNTED and before[1:2] == ["not"]:
        return first - 2
    if before[0] == "neither" or (before[0] == "not" and tokens.words[first] in _COUNTED):
        return first - 1
    if before[0] == "nor":
        earlier = range(first - 2, max(-1, first - _REACH), -1)
        return next((at for at in earlier if tokens.words[at] == "neither" and _is_beside(tokens, at, first)), first)
    if before[0] in _LINKS and len(before) > 1 and before[1] in _WHOLES:
        return first - 2
    if before[0] in _LINKS and before[1:] in (["one", "no"], ["one", "not"]):
        return first - 3
    return first


def _is_beside(tokens: Tokens, at: int, first: int) -> bool:
    return tokens.sentences[at] == tokens.sentences[first] and tokens.quotes[at] == tokens.quotes[first]
