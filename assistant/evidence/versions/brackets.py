"""Square brackets in a draft: words that are not agreed, and what became of them in another version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.assistant.evidence.versions.units import Word
from parley.index.types import Span

Outcome = Literal["kept", "agreed", "dropped", "opened", "proposed"]
"""What became of bracketed words: still in brackets; left without brackets; gone; put in brackets; new, and in brackets."""

_OWNER = re.compile(r"\[\s*(?P<owner>[A-Z][\w.&/, -]{0,40}?)\s*:")
"""Whose proposal bracketed words are: "[K: seven]"."""

_SIGN = re.compile(r"[A-Z]{1,4}")
"""A bracket that is nothing but the sign of a party: "[K]", "[EU]"."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """What became of words in square brackets.

    Attributes:
        outcome: "agreed" and "dropped" are about brackets of the old version that are gone, "opened" and "proposed" about
            new ones, "kept" about those that both have.
        old: the bracket with its words in the old version; the words without brackets where they were "opened"; else `None`.
        new: the same in the new version.
        owner: whose proposal the bracket says it is, as written ("K"); "" where it does not.
    """

    outcome: Outcome
    old: Span | None
    new: Span | None
    owner: str = ""


def brackets_in(text: str, start: int, end: int) -> list[Span]:
    """Square brackets with what they hold, in order, outer ones before inner ones.

    Links, ticked boxes, and the sign of a party ("Option A [K]: …"), which brackets nothing else, are left out.
    """
    open_: list[int] = []
    found: list[Span] = []
    for place in range(start, end):
        if text[place] == "[":
            open_.append(place)
        elif text[place] == "]" and open_:
            opening = open_.pop()
            inside = text[opening + 1 : place].strip(" xX")
            if inside and text[place + 1 : place + 2] != "(" and not _SIGN.fullmatch(inside):
                found.append(Span(opening, place + 1))
    return sorted(found, key=lambda span: (span.start, -span.end))


def owner_of(text: str, bracket: Span) -> str:
    """Whose proposal a bracket says it is, as written; "" where it does not."""
    match = _OWNER.match(text, bracket.start, bracket.end)
    return match["owner"] if match else ""


def bracket_changes(
    texts: tuple[str, str], spans: tuple[Span | None, Span | None], kept: Sequence[tuple[Word, Word]]
) -> tuple[Bracket, ...]:
    """What became of the brackets of one paragraph; `kept` are the words that both versions have, each with its like."""
    old = brackets_in(texts[0], *spans[0]) if spans[0] else []
    new = brackets_in(texts[1], *spans[1]) if spans[1] else []
    words = [pair for pair in kept if pair[0].form not in "[]:" and len(pair[0].form.strip()) > 0]
    told: list[Bracket | None] = [_of_old(texts[0], bracket, new, words) for bracket in old]
    known = {item.new for item in told if item is not None and item.outcome == "kept"}
    lifted = [item.old for item in told if item is not None and item.outcome == "agreed" and item.old is not None]
    told += [_of_new(texts[1], bracket, old, lifted, words) for bracket in new if bracket not in known]
    return tuple(item for item in told if item is not None)


def _of_old(text: str, bracket: Span, new: Sequence[Span], words: Sequence[tuple[Word, Word]]) -> Bracket:
    owner = owner_of(text, bracket)
    inside = [other for one, other in words if _holds(bracket, one) and one.form != owner]
    if not inside:
        return Bracket("dropped", bracket, None, owner)
    around = [item for item in new if any(_holds(item, word) for word in inside)]
    left = sum(any(_holds(item, word) for item in around) for word in inside)
    if left >= STILL * len(inside):
        return Bracket("kept", bracket, min(around, key=lambda item: item.end - item.start), owner)
    return Bracket("agreed", bracket, Span(inside[0].start, inside[-1].end), owner)


STILL = 0.5
"""Share of a bracket's words, of those that both versions have, that must still be in brackets for it to be kept. Where one word
of a sentence is left in brackets, the sentence is agreed. Chosen by hand, on invented drafts."""


def _of_new(
    text: str, bracket: Span, old: Sequence[Span], lifted: Sequence[Span], words: Sequence[tuple[Word, Word]]
) -> Bracket | None:
    owner = owner_of(text, bracket)
    inside = [one for one, other in words if _holds(bracket, other) and other.form != owner]
    if not inside:
        return Bracket("proposed", None, bracket, owner)
    outer = next((item for item in lifted for word in inside if _holds(item, word)), None)
    if outer is not None:
        return Bracket("kept", outer, bracket, owner)
    if any(_holds(item, word) for item in old for word in inside):
        return None
    return Bracket("opened", Span(inside[0].start, inside[-1].end), bracket, owner)


def _holds(span: Span, word: Word) -> bool:
    return span.start < word.start and word.end < span.end
