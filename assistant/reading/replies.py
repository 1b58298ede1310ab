"""How much a sentence replies to a question that somebody in the document asked, and that is much like the user's own.

A reporter asks "Have you spoken to the mayors?", the minister says "Not about that". The reader sees the reply without the
question where they stand in two passages; here the question's score is passed on to what follows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from parley.assistant.evidence.candidates import Candidate, is_question
from parley.index.models.passage_reader import SentenceReading

SURELY_ASKED, HARDLY_ASKED = 5.0, -5.0
"""Scores of a question, by the reader, that make all and nothing of what follows a reply: beyond these it tells no more."""

HALF_WAY = 300
"""Characters into a turn after which a sentence counts half as a reply."""


def replies(candidates: Sequence[Candidate], readings: Sequence[SentenceReading]) -> list[float]:
    """From 0 to 1 for each candidate: 1 for the first words after a question that asks the same."""
    places = [_turn_of(item) for item in candidates]
    asked: dict[tuple[str, int], float] = {}
    for item, reading, place in zip(candidates, readings, places, strict=True):
        if place is not None and is_question(item):
            key = (item.document.id, place)
            asked[key] = max(asked.get(key, HARDLY_ASKED), reading.score)
    return [
        0.0 if place is None else _reply(item, place, asked.get((item.document.id, place - 1)))
        for item, place in zip(candidates, places, strict=True)
    ]


def _turn_of(candidate: Candidate) -> int | None:
    """The number of the turn that holds a candidate."""
    number = bisect_right(candidate.turns, candidate.span.start, key=lambda turn: turn.start) - 1
    inside = number >= 0 and candidate.span.start < candidate.turns[number].end
    return number if inside else None


def _reply(candidate: Candidate, place: int, asked: float | None) -> float:
    if asked is None:
        return 0.0
    share = (asked - HARDLY_ASKED) / (SURELY_ASKED - HARDLY_ASKED)
    into = candidate.span.start - candidate.turns[place].start
    return max(0.0, min(1.0, share)) * HALF_WAY / (HALF_WAY + into)
