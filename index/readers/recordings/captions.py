"""Captions (.vtt, .srt): cues joined into what somebody says, with the clock at which each speaker begins."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import takewhile, zip_longest

from parley.index.errors import ReadError
from parley.index.readers.content import Content
from parley.index.readers.encoding import decode_text
from parley.index.readers.places import put_together
from parley.index.readers.recordings.cues import Cue, spoken_parts
from parley.index.readers.text import unify_line_ends
from parley.index.types import Metadata

_TIMING = re.compile(
    r"^[ \t]*(?:(\d{1,2}):)?(\d{2}):(\d{2})[.,]\d{3}\s*-->\s*(?:\d{1,2}:)?\d{2}:\d{2}[.,]\d{3}[^\n]*", re.MULTILINE
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<[\d:.]+>|\{\\[^}]*\}", re.IGNORECASE)
_COUNTER = re.compile(r"\s*\d+\s*")
_LABEL = re.compile(r"(?:>>+\s*)?([A-Z][^:\n]{0,60}):\s+")
_NEW_SPEAKER = re.compile(r"^(?:>>+|[-–]\s)\s*")
_Block = tuple[int, list[str]]
"""The second at which a cue begins, and its lines as the file has them."""


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
    for start, lines in _without_repeats(list(_blocks(text))):
        speaker: str | None = None
        for line in lines:
            voice = _VOICE.search(line)
            plain = _shown(line)
            label = None if voice else _LABEL.match(plain)
            if voice or label or _NEW_SPEAKER.match(plain):
                speaker = html.unescape(voice[1]).strip() if voice else label[1].strip() if label else ""
            said = plain[label.end() :] if label else _NEW_SPEAKER.sub("", plain)
            if said:
                yield Cue(start, speaker, said)


def _blocks(text: str) -> Iterator[_Block]:
    """Each cue's second and its lines; a line of times begins a cue whether or not an empty line stands before it."""
    timings = list(_TIMING.finditer(text))
    for timing, following in zip_longest(timings, timings[1:]):
        end = following.start() if following else len(text)
        lines = text[timing.end() : end].lstrip("\n").rstrip("\n").split("\n")
        shown = list(takewhile(bool, lines))
        if len(shown) == len(lines) > 1 and following and _COUNTER.fullmatch(shown[-1]):
            shown.pop()
        yield int(timing[1] or 0) * 3600 + int(timing[2]) * 60 + int(timing[3]), [line for line in shown if _shown(line)]


def _without_repeats(blocks: list[_Block]) -> list[_Block]:
    """The cues without the lines of the cue before that they begin with, where that is how the file's captions roll.

    Live captions show each line twice, below and then above the next one. Where fewer than half of the cues do so, words that
    are shown again are words that were said again.
    """
    news: list[_Block] = []
    before: list[str] = []
    for start, lines in blocks:
        shown = [_shown(line) for line in lines]
        again = next((size for size in range(min(len(before), len(shown)), 0, -1) if before[-size:] == shown[:size]), 0)
        news.append((start, lines[again:]))
        before = shown
    rolling = sum(len(new) < len(old) for (_, new), (_, old) in zip(news, blocks, strict=True))
    return news if rolling > 1 and 2 * rolling >= len(blocks) - 1 else blocks


def _shown(line: str) -> str:
    return html.unescape(_TAG.sub("", line)).strip()
