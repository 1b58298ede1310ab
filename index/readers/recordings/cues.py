"""Cues of a recording joined into what somebody says, each paragraph with the clock at which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.index.readers.content import Block
from parley.index.readers.places import Part

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\Z")
_PAUSE = 4
"""Seconds without a cue after which a sentence's end also ends the paragraph."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Some words of a recording: the second at which they begin, who says them ("" for somebody new, `None` if not told)."""

    start: int
    speaker: str | None
    text: str


def spoken_parts(cues: Sequence[Cue]) -> Iterator[Part]:
    """A part for each paragraph: cues of one speaker joined; without names, up to a sentence's end before a pause."""
    first = before = cues[0]
    words, speaker = [first.text], first.speaker
    for cue in cues[1:]:
        changes = cue.speaker is not None and cue.speaker != speaker
        pauses = cue.start - before.start > _PAUSE and _SENTENCE_END.search(words[-1]) is not None and not speaker
        if changes or pauses:
            yield _part(first, words)
            first, words = cue, []
            speaker = cue.speaker if cue.speaker is not None else speaker
        if not words or words[-1] != cue.text:
            words.append(cue.text)
        before = cue
    yield _part(first, words)


def _part(first: Cue, words: Sequence[str]) -> Part:
    clock = f"{first.start // 3600:02}:{first.start // 60 % 60:02}:{first.start % 60:02}"
    label = f"{first.speaker}: " if first.speaker else ""
    return Part("at", clock, (Block(f"[{clock}] {label}{' '.join(words)}"),))
