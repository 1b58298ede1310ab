"""What goes on in minutes: sentences without a speaker of their own that are still the last speaker's."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.attribution_line import attribution_line
from parley.index.statements import extract_statements
from parley.index.types import Document

MINUTES = """Minutes of the harbour board, 4 June 2031

MR. QUILLER said that the locks were shut. The engineers had found a crack in May. It would cost four millions to mend.

The dues might have to rise.

MS. NOWAK thought that this was too early. She wished to hear the engineers first.
The Lithmark delegation had announced that it would report.

It was agreed that the board would meet again in July.

The room was then cleared. The locks are twelve metres wide."""


def speaker_at(text: str, words: str) -> list[tuple[str | None, tuple[str, ...]]]:
    at = text.index(words)
    found = extract_statements(Document.from_text(text, id="minutes"))
    return [(one.speaker, one.relay) for one in found if any(start <= at < end for start, end in one.content)]


@pytest.mark.parametrize("words", ["The engineers had found", "It would cost", "The dues might"])
def test_a_sentence_set_back_in_time_is_still_the_last_speakers(words: str):
    assert [speaker for speaker, _ in speaker_at(MINUTES, words)] == ["QUILLER"]


def test_she_is_whoever_speaks_and_whom_she_reports_comes_by_way_of_her():
    assert [speaker for speaker, _ in speaker_at(MINUTES, "to hear the engineers first")] == ["NOWAK"]
    at = MINUTES.index("had announced")
    found = extract_statements(Document.from_text(MINUTES, id="minutes"))
    announced = [one for one in found if one.cue is not None and one.cue.start <= at + 4 < one.cue.end]
    assert [("Lithmark" in (one.speaker or ""), one.relay) for one in announced] == [(True, ("NOWAK",))]


@pytest.mark.parametrize("words", ["The room was then cleared", "twelve metres wide"])
def test_what_the_board_did_and_what_is_so_now_is_nobodys(words: str):
    assert speaker_at(MINUTES, words) == []


NEWS = MINUTES.replace("Minutes of the harbour board, 4 June 2031", "Locks stay shut after a crack was found")


def test_in_news_what_goes_on_is_only_surmised_and_told_so():
    document = Document.from_text(NEWS, id="news")
    at = NEWS.index("It would cost")
    (found,) = [one for one in extract_statements(document) if any(start <= at < end for start, end in one.content)]
    assert (found.speaker, found.is_surmised) == ("QUILLER", True)
    assert attribution_line(document, found) == "QUILLER, it seems: indirect speech, going on from the sentence before"
    said = next(one for one in extract_statements(document) if one.cue is not None)
    assert not said.is_surmised
    assert "it seems" not in attribution_line(document, said)


def test_in_news_it_ends_with_the_paragraph_and_a_plain_past_is_the_reporters_own():
    assert speaker_at(NEWS, "The dues might") == []
    plain = (
        "Locks stay shut\n\nMr. Quiller said that the locks were shut. The engineers found a crack in May. It would cost four."
    )
    assert speaker_at(plain, "The engineers found") == []
    assert speaker_at(plain, "It would cost") == []


def test_what_i_had_done_is_the_writers_own():
    text = "The crack\n\nMr. Quiller said that the locks were shut. I had warned him of it. We would have mended it."
    assert speaker_at(text, "I had warned") == []
    assert speaker_at(text, "We would have") == []


def test_the_points_of_a_summary_are_whose_statement_they_sum_up():
    text = """Harbour Council Minute 77

The Chairman welcomed Admiral Quiller to the meeting.

2. The following is a summary of the main points of Admiral Quiller's statement:-

(a) The fleet needs two harbours.

(b) There is room for forty ships at Arle.

3. The Chairman thanked the Admiral. The port is full."""
    assert [speaker for speaker, _ in speaker_at(text, "The fleet needs")] == ["Admiral Quiller"]
    assert [speaker for speaker, _ in speaker_at(text, "There is room")] == ["Admiral Quiller"]
    assert speaker_at(text, "The port is full") == []
