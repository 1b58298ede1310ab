"""The standing of statements, the grades that obey it, and who "he" is behind what a country said."""

from __future__ import annotations

import pytest

from parley.index.statements import extract_statements, statements_within
from parley.index.types import Document, Span, Statement


def _statements(text: str) -> tuple[Statement, ...]:
    return extract_statements(Document.from_text(text, id="t", language="en"))


@pytest.mark.parametrize(
    ("text", "standing", "shown"),
    [
        ("Lund said the sluice was shut.", "stated", []),
        ("Lund said the sluice was not shut.", "stated", []),
        ("Lund never said the sluice was shut.", "denied", ["never"]),
        ("Lund denied that the sluice was shut.", "denied", ["denied that"]),
        ('Neither Toll nor Lund called the offer "a triumph".', "denied", ["Neither", "nor"]),
        ("Lund asked whether the sluice was shut.", "asked", ["asked"]),
        ("If the chart is redrawn, Norland would accept the lease.", "conditional", ["If"]),
        ('Ms Lund rejected the claim that the union had "stolen the fund".', "rejected", ["rejected"]),
        ("Lund hopes the ferry will sail.", "supposed", ["hopes"]),
        ('Lund allegedly called the crews "lazy dogs".', "supposed", ["allegedly"]),
    ],
)
def test_the_words_around_what_is_said_decide(text: str, standing: str, shown: list[str]) -> None:
    found = _statements(text)
    assert [item.standing for item in found if item.standing != "stated"] == ([standing] if standing != "stated" else [])
    assert [text[start:end] for item in found for start, end in item.standing_words] == shown


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Norland agreed to give up the port, Lund said.", True),
        ("Norland accepted the lease.", True),
        ("Lund said Norland had never agreed to give up the port.", False),
        ("If the chart is redrawn, Norland would accept the lease, Lund said.", False),
        ("Lund asked whether Norland had agreed to give up the port.", False),
        ("Norland may agree to the lease, Lund said.", False),
        ("LUND: We accept the lease only if the crews are paid.\n\nTOLL: Very well.\n\nLUND: Good.", False),
    ],
)
def test_nothing_denied_asked_or_conditional_is_agreed(text: str, agreed: bool) -> None:
    assert any(item.status == "agreed" for item in _statements(text)) == agreed


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("China identified three issues. He stressed that the text fell from the sky.", "representative of China"),
        ("Lund said Norland had never agreed to pay. He denied that the port was shut.", "Lund"),
        ("Talks were held in Norland. Norland said it would not pay. He said the port was shut.", "representative of Norland"),
        ("Lund told reporters that Ruiz had accused Toll of lying. He said the chart was final.", "Lund"),
        ("Ruiz quoted Lund as saying that the chart was final.", "Lund"),
    ],
)
def test_a_pronoun_stays_with_the_speaker_and_is_no_country(text: str, speaker: str) -> None:
    assert _statements(text)[-1].speaker == speaker


def test_a_word_divided_at_the_end_of_a_line_is_one_word() -> None:
    found = _statements('Asked about the lease, the minister re-\nplied: "We will read it."')
    assert [item.speaker for item in found] == ["the minister"]


def test_what_a_speech_reports_of_others_is_found_at_its_place() -> None:
    text = "Friends, as Ruiz often says, ‘the chart is final’."
    document = Document.from_text(text, id="t", language="en")
    inner = statements_within(document, Span(9, len(text)))
    assert [(item.speaker, text[item.content[0].start : item.content[0].end]) for item in inner] == [
        ("Ruiz", "‘the chart is final’")
    ]
