"""Statements as the tests compare them: the words themselves instead of offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.index.statements import extract_statements
from parley.index.types import Document, Statement


@dataclass
class Read:
    speaker: str | None
    cue: str | None
    mode: str
    content: list[str] = field(default_factory=list)


def statements(text: str) -> tuple[Statement, ...]:
    return extract_statements(Document.from_text(text, id="text"))


def read(text: str) -> list[Read]:
    """Every statement of a text by its speaker clause's own words."""
    return [
        Read(
            text[one.speaker_span.start : one.speaker_span.end] if one.speaker_span else None,
            text[one.cue.start : one.cue.end] if one.cue else None,
            one.mode,
            [text[start:end] for start, end in one.content],
        )
        for one in statements(text)
    ]


def only(text: str) -> Read:
    (one,) = read(text)
    return one


def saying(text: str, words: str) -> Statement:
    """The statement whose content holds `words`; the shortest where one lies inside another."""
    found = [one for one in statements(text) if any(words in text[start:end] for start, end in one.content)]
    assert found, f"no statement holds {words!r} in {[read(text)]}"
    return min(found, key=lambda one: sum(end - start for start, end in one.content))
