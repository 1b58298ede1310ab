"""Captions: who speaks, from which second, in whole sentences."""

from __future__ import annotations

import pytest

from parley.index.errors import ReadError
from parley.index.structure.reading import read_structure
from tests.readers.conftest import Read

VTT = b"""WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Petra Nowak>We welcome the second

2
00:00:04.000 --> 00:00:06.500
<v Petra Nowak>draft &amp; its annex.</v>

NOTE nobody says this

00:01:15.000 --> 00:01:17.000
<v Otto Brandl>When will you sign?</v>
"""
SRT = b"""1
00:00:01,000 --> 00:00:04,000
<i>NOWAK: We welcome the draft.</i>

2
00:00:05,000 --> 00:00:06,500
BRANDL: No.

3
00:00:07,000 --> 00:00:09,000
Never.
"""


def test_cues_of_one_speaker_are_one_turn(read: Read) -> None:
    document = read("call.vtt", VTT)
    assert document.text == (
        "[00:00:01] Petra Nowak: We welcome the second draft & its annex.\n\n[00:01:15] Otto Brandl: When will you sign?"
    )
    assert [document.page_at(document.text.index(words)) for words in ("We", "draft", "When")] == [
        "at 00:00:01",
        "at 00:00:04",
        "at 00:01:15",
    ]
    turns = read_structure(document).turns
    assert [(turn.speaker, document.text[turn.said[0].start : turn.said[0].end]) for turn in turns] == [
        ("Petra Nowak", "We welcome the second draft & its annex."),
        ("Otto Brandl", "When will you sign?"),
    ]


def test_names_inside_the_text_of_srt_files_are_speakers(read: Read) -> None:
    document = read("call.srt", SRT)
    assert document.text == "[00:00:01] NOWAK: We welcome the draft.\n\n[00:00:05] BRANDL: No. Never."
    assert [turn.speaker for turn in read_structure(document).turns] == ["NOWAK", "BRANDL"]


def test_a_file_without_times_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="no captions"):
        read("notes.vtt", b"WEBVTT\n\nNothing here.")


ROLLING = b"""WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.800 align:start position:0%
~
we<00:00:00.400><c> welcome</c><00:00:01.100><c> the</c>

00:00:02.800 --> 00:00:02.810 align:start position:0%
we welcome the
~

00:00:02.810 --> 00:00:05.000 align:start position:0%
we welcome the
second<00:00:03.200><c> draft</c>

00:00:05.000 --> 00:00:05.010 align:start position:0%
second draft
~

00:00:05.010 --> 00:00:07.000 align:start position:0%
second draft
no<00:00:06.000><c> no</c>
""".replace(b"~", b" ")
"""Where a line shows nothing, the makers of such files leave a space."""


def test_live_captions_are_read_once_and_without_the_times_of_their_words(read: Read) -> None:
    document = read("call.vtt", ROLLING)
    assert document.text == "[00:00:00] we welcome the second draft no no"
    assert document.page_at(document.text.index("second")) == "at 00:00:02"


def test_words_that_are_said_twice_are_read_twice(read: Read) -> None:
    cues = [("- No.\n- We sign.", 1), ("- No.\n- We sign.\n- When?", 3), ("- Today.", 5), ("- Never.", 7), ("- Why?", 9)]
    text = "\n\n".join(f"00:00:0{second},000 --> 00:00:0{second},900\n{words}" for words, second in cues)
    assert read("call.srt", text.encode()).text.count("We sign.") == 2


def test_captions_without_empty_lines_between_them(read: Read) -> None:
    assert read("call.srt", SRT.replace(b"\n\n", b"\n")).text == read("same.srt", SRT).text
