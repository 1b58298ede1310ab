"""When a draft may stand where the extractive reader found no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.drafting.when_to_draft import bears_on
from parley.index.library import Library
from tests.drafting.talks import library_of


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("bearing")
    return library_of(folder)


@pytest.mark.parametrize(
    ("question", "bears"),
    [
        ("How many people does the ferry line carry?", True),
        ("How many people does the ferry line in Orsk carry?", False),
        ("How many people does the tram line in Dorn carry?", False),
    ],
)
def test_a_draft_without_a_name_of_the_question_is_no_answer_to_it(talks: Library, question: str, bears: bool) -> None:
    base = Answer(question, question, (), (), "not_in_documents")
    sentences = (AnswerSentence("The ferry line opened in 1987 and carries 40,000 people a year."),)
    assert bears_on(base, sentences, (), talks) is bears
