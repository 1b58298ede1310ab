"""How surely a sentence answers: less where names are missing, and for a time from which there is no document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.answers.refusal import confidence
from parley.assistant.reading.answerability import out_of_time
from parley.index.types import Document, SearchFilter
from tests.assistant.texts import reader_of

TEXTS = [
    Document.from_text(
        "The ferry company Norlin opened the winter route to Hask on Monday. Its ships carry 300 cars a day. "
        "The harbour master called the crossing safe.",
        id="ferry",
        title="Winter route opened",
        outlet="Orla Courier",
        date=date(2031, 6, 2),
        language="en",
    ),
    Document.from_text(
        "Delegates of both banks agreed on a fishing season from April to June. Herring and cod may be landed in Hask. "
        "Country after country has closed its waters, and Norway was the last to do so.",
        id="fishing",
        title="Fishing season agreed",
        outlet="Radio Verin",
        date=date(2031, 6, 5),
        language="en",
    ),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    return reader_of(tmp_path_factory.mktemp("answerable") / "library", TEXTS)


def chance(reader: ExtractiveReader, question: str) -> float:
    inquiry = reader.inquire(question, SearchFilter())
    return confidence(inquiry, inquiry.scored[0])


def test_missing_names_lower_the_probability(reader: ExtractiveReader) -> None:
    present = chance(reader, "Which company opened the winter route to Hask?")
    absent = chance(reader, "Which company opened the winter route to Tromsdalen after Bergqvist resigned?")
    assert 0 <= absent < present <= 1


def test_a_name_of_the_kind_asked_for_leads(reader: ExtractiveReader) -> None:
    answer = reader.answer("Which country closed its waters last?", "Which country closed its waters last?")
    assert answer.sentences[0].text == "“Norway”."


def test_this_week_needs_a_document_from_around_that_day(reader: ExtractiveReader) -> None:
    near, far = (
        reader.inquire(f"Which company opened the winter route this week? (The question was asked on {day}.)", SearchFilter())
        for day in ("2031-06-04", "2034-01-10")
    )
    assert not out_of_time(near.scored, near.question)
    assert out_of_time(far.scored, far.question)
    assert confidence(near, near.scored[0]) > confidence(far, far.scored[0])


def test_a_question_in_the_documents_answers_nothing(tmp_path: Path) -> None:
    asking = Document.from_text("Which company opened the winter route to Hask?", id="asks", language="en")
    question = "Which company opened the winter route to Hask?"
    answer = reader_of(tmp_path / "library", [*TEXTS, asking]).answer(question, question)
    assert {citation.document.id for citation in answer.citations} == {"ferry"}
