"""The timeline: whole dates that the text states, weekdays only with a document's date, and the undated apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley import Document, Timeline
from tests.views.corpus import CORPUS, library_of

SATURDAY = date(2031, 5, 10)


def timeline_of(folder: Path, text: str, day: date | None) -> Timeline:
    return library_of(folder / "library", [Document.from_text(text, id="d", date=day, language="en")]).timeline()


def stated(timeline: Timeline) -> list[tuple[str | None, str, str]]:
    return [
        (item.date.isoformat() if item.date else None, item.cited.words(item.words) if item.words else "", item.cited.quote)
        for item in timeline.stated
    ]


def test_the_three_lists(tmp_path: Path) -> None:
    timeline = library_of(tmp_path / "library").timeline()
    assert stated(timeline) == [
        ("2031-05-03", "3 May 2031", "the flow was agreed in principle"),
        ("2031-05-09", "Friday", 'her side "could live with" a lower flow'),
    ]
    assert timeline.stated[0].basis == "stated beside what was said"
    assert timeline.stated[1].basis == (
        "reckoned: “Friday” is not a date; the last Friday up to the document's date, 2031-05-10 (given), was 2031-05-09"
    )
    assert {item.date for item in timeline.by_document} == {SATURDAY}
    assert {item.basis for item in timeline.by_document} == {"date of the document (given)"}
    assert [item.cited.quote for item in timeline.undated] == ["a truce", "the truce was possible", "the truce a mistake"]
    assert {item.date for item in timeline.undated} == {None}


def test_dates_in_what_was_said_come_in_order_with_their_sentences(tmp_path: Path) -> None:
    text = 'Norvia\'s envoy said: "We signed on 4 June 2031. We met on 2 March 2030, and on 1 May."'
    timeline = timeline_of(tmp_path, text, None)
    assert [(item.date, item.basis, item.passage) for item in timeline.stated] == [
        (date(2030, 3, 2), "stated in what was said", 'We met on 2 March 2030, and on 1 May."'),
        (date(2031, 6, 4), "stated in what was said", "Norvia's envoy said: \"We signed on 4 June 2031."),
    ]
    assert timeline.by_document == ()
    assert timeline.undated == ()


def test_a_date_belongs_to_the_speaker_clause_next_to_it(tmp_path: Path) -> None:
    text = "On 3 May 2031, the envoy said the flow was low, while the minister demanded a fund."
    assert stated(timeline_of(tmp_path, text, None)) == [("2031-05-03", "3 May 2031", "the flow was low")]


def test_one_speakers_date_is_not_anothers(tmp_path: Path) -> None:
    text = "The envoy of Norvia said the fund opens on 4 June 2031, but the minister rejected the plan."
    assert {quote for _, _, quote in stated(timeline_of(tmp_path, text, None))} == {"the fund opens on 4 June 2031"}


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("The envoy of Norvia said on Friday that talks go on.", SATURDAY, "2031-05-09"),
        ("The envoy of Norvia said on Saturday that talks go on.", SATURDAY, "2031-05-10"),
        ("The envoy of Norvia said Sunday that talks go on.", SATURDAY, "2031-05-04"),
        ("The envoy of Norvia said on Friday that talks go on.", None, None),
        ("The envoy of Norvia said that talks go on on Friday.", SATURDAY, None),
        ("After Friday's session, the envoy of Norvia said that talks go on.", SATURDAY, None),
        ("The envoy of Norvia will say on Friday that talks go on.", SATURDAY, None),
        ("Last Friday the envoy of Norvia said that talks go on.", SATURDAY, None),
        ("By Friday, the envoy of Norvia said, talks will go on.", SATURDAY, None),
    ],
)
def test_weekdays_need_a_document_date_and_a_speech_in_the_past(
    tmp_path: Path, text: str, day: date | None, expected: str | None
) -> None:
    timeline = timeline_of(tmp_path, text, day)
    assert [on for on, _, _ in stated(timeline)] == ([expected] if expected else [])
    assert len(timeline.by_document) + len(timeline.undated) == 1


def test_the_other_statements_of_a_document_are_read_only_where_a_date_stands_beside_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Document.from_text("Norvia's envoy described the weather.", id="weather", date=date(2031, 5, 11))
    assistant = library_of(tmp_path / "library", (*CORPUS, plain))
    asked: list[str] = []
    statements = assistant.library.statements
    monkeypatch.setattr(assistant.library, "statements", lambda name: asked.append(name) or statements(name))
    shown = assistant.timeline()
    assert "weather" in {item.cited.document.id for item in shown.by_document}
    assert set(asked) == {"post-1"}
