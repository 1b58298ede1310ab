"""Transcripts that whisper and programs around it write as JSON, with the time of each segment, and the speaker if told."""

from __future__ import annotations

import json
from collections.abc import Iterator

from parley.index.errors import ReadError
from parley.index.readers.content import Content, Findings, tidy
from parley.index.readers.encoding import decode_text
from parley.index.readers.places import put_together
from parley.index.readers.recordings.cues import Cue, spoken_parts
from parley.index.types import Metadata


def read_whisper(data: bytes, name: str) -> Content:
    """Read the JSON of whisper, whisper.cpp or WhisperX. Raises ReadError if the file holds no transcript of that kind."""
    told = _parsed(data, name)
    cues = list(_cues(told))
    if not cues:
        msg = f"{name} holds no transcript as whisper writes them (a list of segments with start and text). Leave it out."
        raise ReadError(msg)
    return put_together(spoken_parts(cues), _language(told))


def _parsed(data: bytes, name: str) -> dict[str, object]:
    try:
        told = json.loads(decode_text(data, name=name))
    except (json.JSONDecodeError, RecursionError) as error:
        msg = f"{name} is not complete JSON: {error}. Have it written again."
        raise ReadError(msg) from error
    return told if isinstance(told, dict) else {"segments": told}


def _cues(told: dict[str, object]) -> Iterator[Cue]:
    """The segments, of either form: seconds as `start`, or milliseconds as `offsets.from`."""
    segments = told.get("segments", told.get("transcription"))
    for segment in segments if isinstance(segments, list) else []:
        if not isinstance(segment, dict):
            continue
        words, start, speaker = segment.get("text"), _start(segment), segment.get("speaker")
        if isinstance(words, str) and start is not None and words.strip():
            yield Cue(start, tidy(speaker) if isinstance(speaker, str) and speaker.strip() else None, tidy(words))


def _start(segment: dict[str, object]) -> int | None:
    offsets = segment.get("offsets")
    if isinstance(offsets, dict) and isinstance(offsets.get("from"), int):
        return int(offsets["from"]) // 1000
    start = segment.get("start")
    return int(start) if isinstance(start, int | float) and 0 <= start < 1e7 else None


def _language(told: dict[str, object]) -> Metadata:
    result = told.get("result")
    code = result.get("language") if isinstance(result, dict) else told.get("language")
    findings = Findings()
    if isinstance(code, str) and len(code) == 2:
        findings.add("language", code.lower(), "transcript language")
    return findings.metadata()
