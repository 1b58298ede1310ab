"""Questions about a letter as a thing that was sent: by whom, to whom, when, from where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parley.assistant import Assistant
from parley.assistant.question.correspondence_form import correspondence_question
from parley.index.types import Document
from tests.assistant.texts import documents, library_of

LETTER = """Sarn, 21 January 2030

Excellency,

My Government protests against the closure of the Orla crossing, which breaks the agreement of 2028.

(Signed) Mirela DANCU
Minister for Foreign Affairs
"""
WIRE = """TELEGRAM

FROM: Norland Legation, Port Essen
TO: Ministry of Foreign Affairs, Brenn
DATE: 3 October 1931

Saw the Premier this morning. He refuses the customs truce and will not see me again.
"""


def document_of(text: str, name: str, title: str, day: date | None = None, place: str | None = None) -> Document:
    return replace(Document.from_text(text, id=name, title=title, date=day, language="en"), place=place)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    letters = [
        document_of(LETTER, "letter", "Letter to the Secretary-General", date(2030, 1, 21), "Sarn"),
        document_of(WIRE, "wire", "Telegram", date(1931, 10, 3)),
    ]
    return Assistant(library_of(tmp_path_factory.mktemp("library"), [*documents(), *letters]))


@pytest.mark.parametrize(
    ("question", "told", "line"),
    [
        ("Who wrote the letter?", "From Mirela DANCU", "Mirela DANCU"),
        ("Who signed the letter to the Secretary-General?", "From Mirela DANCU", "Mirela DANCU"),
        ("Who sent the telegram?", "From Norland Legation", "FROM: Norland Legation, Port Essen"),
        ("Who is the cable from?", "From Norland Legation", "FROM: Norland Legation, Port Essen"),
        ("To whom is the telegram addressed?", "To Ministry of Foreign Affairs, Brenn", "TO: Ministry of Foreign Affairs, Brenn"),
        ("Who did Norland Legation write to?", "To Ministry of Foreign Affairs, Brenn", "TO: Ministry of Foreign Affairs, Brenn"),
        ("When was the telegram sent?", "3 October 1931", "DATE: 3 October 1931"),
        ("When did Dancu write the letter?", "21 January 2030", "Sarn, 21 January 2030"),
        ("Where was the letter sent from?", "From Sarn", "Sarn, 21 January 2030"),
    ],
)
def test_a_letter_is_told_of_with_the_line_that_tells_it(assistant: Assistant, question: str, told: str, line: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.text.startswith(told)
    (citation,) = answer.citations
    assert line in citation.quote
    assert citation.document.text[citation.start : citation.end] == citation.quote
    assert "own voice" not in citation.attribution


def test_it_is_the_letter_spoken_of_last(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("Who sent the telegram?")
    assert chat.ask("When was it sent?").text.startswith("3 October 1931")
    chat.ask("Who wrote the letter?")
    assert "21 January 2030" in chat.ask("When was it written?").text


def test_it_is_nothing_where_nothing_was_spoken_of(assistant: Assistant) -> None:
    assert assistant.ask("When was it sent?").status == "not_in_documents"


def test_what_the_form_does_not_state_is_said_so(tmp_path: Path) -> None:
    alone = Assistant(library_of(tmp_path, [document_of(LETTER.split("\n", 1)[1], "letter", "A letter")]))
    answer = alone.ask("When was it sent?")
    assert answer.status == "not_in_documents"
    assert "it is not known when it was sent" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the clause on ferries?",
        "Who sent the delegation home?",
        "When did the Premier refuse the truce?",
        "Who is the envoy from Tavia?",
        "Where was the agreement signed?",
        "Who signed the agreement?",
    ],
)
def test_other_questions_are_none_about_a_letter(question: str) -> None:
    assert correspondence_question(question) is None


def test_a_letter_described_otherwise_is_not_taken_for_one_that_is_there(assistant: Assistant) -> None:
    assert not assistant.ask("Who wrote the letter about the Suez pension scheme?").text.startswith("From ")
