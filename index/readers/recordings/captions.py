"""Captions (.vtt, .srt): cues joined into what somebody says, with the clock at which each speaker begins."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from parley.index.errors import ReadError
from parley.index.readers.content import Content
from parley.index.readers.encoding import decode_text
from parley.index.readers.places import put_together
from parley.index.readers.recordings.cues import Cue, spoken_parts
from parley.index.readers.text import unify_line_ends
from parley.index.types import Metadata

_TIMING = re.compile(r"(?:(\d{1,2}):)?(\d{2}):(\d{2})[.,]\d{3}\s*-->\s*(?:\d{1,2}:)?\d{2}:\d{2}[.,]\d{3}[^\n]*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|\{\\[^}]*\}", re.IGNORECASE)
_LABEL = re.compile(r"(?:>>+\s*)?([A-Z][^:\n]{0,60}):\s+")
_NEW_SPEAKER = re.compile(r"^(?:>>+|[-–]\s)\s*")


def read_captions(data: bytes, name: str) -> Content:
    """Read a .vtt or .srt file: one paragraph for each run of cues of one speaker, as "[00:01:15] Name: words".

    Raises ReadError if no cue is found.
    """
    cues = list(_cues(unify_line_ends(decode_text(data, name=name))))
    if not cues:
        msg = f"{name} has no captions: no line with times such as 00:00:01.000 --> 00:00:04.000. Check that it was saved whole."
        raise ReadError(msg)
    return put_together(spoken_parts(cues), Metadata())


def _cues(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n\s*\n", text.strip()):
        timing = _TIMING.search(block)
        if timing is None:
            continue
        start = int(timing[1] or 0) * 3600 + int(timing[2]) * 60 + int(timing[3])
        speaker: str | None = None
        for line in block[timing.end() :].strip("\n").split("\n"):
            voice = _VOICE.search(line)
            plain = html.unescape(_TAG.sub("", line)).strip()
            label = None if voice else _LABEL.match(plain)
            if voice or label or _NEW_SPEAKER.match(plain):
                speaker = html.unescape(voice[1]).strip() if voice else label[1].strip() if label else ""
            said = plain[label.end() :] if label else _NEW_SPEAKER.sub("", plain)
            if said:
                yield Cue(start, speaker, said)
