"""Transcripts of recordings as JSON, cited by the time at which the words are said."""

from __future__ import annotations

import json

import pytest

from parley.index.errors import ReadError
from tests.readers.conftest import Read


def test_segments_with_seconds_and_speakers(read: Read) -> None:
    segments = [
        {"start": 0.0, "end": 2.5, "text": " We welcome", "speaker": "Petra Nowak"},
        {"start": 2.5, "end": 4.0, "text": " the draft.", "speaker": "Petra Nowak"},
        {"start": 75.2, "end": 78.0, "text": " We do not.", "speaker": "Otto Brandl"},
    ]
    document = read("call.json", json.dumps({"text": "…", "segments": segments, "language": "en"}).encode())
    assert document.text == "[00:00:00] Petra Nowak: We welcome the draft.\n\n[00:01:15] Otto Brandl: We do not."
    assert document.page_at(document.text.index("do not")) == "at 00:01:15"
    assert document.language == "en"


def test_segments_with_milliseconds(read: Read) -> None:
    segments = [{"offsets": {"from": 3_600_000 + number * 9_000}, "text": words} for number, words in enumerate(["Yes.", "No."])]
    document = read("call.json", json.dumps({"result": {"language": "en"}, "transcription": segments}).encode())
    assert document.text == "[01:00:00] Yes.\n\n[01:00:09] No."


@pytest.mark.parametrize("data", ['{"name": "package"}', "[1, 2]", "{", "3"])
def test_other_json_is_refused(read: Read, data: str) -> None:
    with pytest.raises(ReadError, match=r"call\.json (holds no transcript|is not complete JSON)"):
        read("call.json", data.encode())
