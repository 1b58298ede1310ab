"""How surely a sentence answers: less where names are missing, and for a time from which there is no document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.reading.answerability import out_of_time, probability
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
    return probability(inquiry.scored, inquiry.question)


@pytest.mark.parametrize(
    ("answered", "other"),
    [
        (
            "Which company opened the winter route to Hask?",
            "Which company opened the winter route to Tromsdalen after Bergqvist resigned?",
        ),
        ("During which months may boats fish?", "During which months may boats dredge for sand?"),
        ("How many cars can go across daily?", "How many lorries drowned in the crossing?"),
    ],
)
def test_what_the_documents_do_not_answer_is_less_probable(reader: ExtractiveReader, answered: str, other: str) -> None:
    assert 0 <= chance(reader, other) < chance(reader, answered) <= 1


def test_this_week_needs_a_document_from_around_that_day(reader: ExtractiveReader) -> None:
    near, far = (
        reader.inquire(f"Which company opened the winter route this week? (The question was asked on {day}.)", SearchFilter())
        for day in ("2031-06-04", "2034-01-10")
    )
    assert not out_of_time(near.scored, near.question)
    assert out_of_time(far.scored, far.question)
    assert probability(near.scored, near.question) > probability(far.scored, far.question)


def test_a_question_in_the_documents_answers_nothing(tmp_path: Path) -> None:
    asking = Document.from_text("Which company opened the winter route to Hask?", id="asks", language="en")
    question = "Which company opened the winter route to Hask?"
    answer = reader_of(tmp_path / "library", [*TEXTS, asking]).answer(question, question)
    assert answer.citations[0].document.id == "ferry"
    assert "In the document's own voice: “Which company" not in answer.text
