"""Cues of a recording joined into what somebody says: paragraphs that tell their clock, each cue cited by its own."""

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
    """A part for each cue, cited by its own clock, those of one speaker in one paragraph.

    Without names a paragraph goes up to a sentence's end before a pause. Words that the cue before shows too stand once.
    """
    speaker, before = cues[0].speaker, None
    for cue in cues:
        changes = cue.speaker is not None and cue.speaker != speaker
        speaker = cue.speaker if changes else speaker
        pauses = before is not None and cue.start - before.start > _PAUSE and _SENTENCE_END.search(before.text) and not speaker
        clock = f"{cue.start // 3600:02}:{cue.start // 60 % 60:02}:{cue.start % 60:02}"
        if before is None or changes or pauses:
            label = f"{speaker}: " if speaker else ""
            yield Part("at", clock, (Block(f"[{clock}] {label}{cue.text}"),))
        elif cue.text != before.text:
            yield Part("at", clock, (Block(cue.text),), " ")
        before = cue
