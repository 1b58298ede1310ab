"""Which words may stand alone in front: whole ones, of the asked type, of the asked time."""

from __future__ import annotations

import pytest

from parley.assistant.question.analysis import analyse_question
from parley.assistant.reading.answer_words import asks_of_plans, fits_type, is_cut, names_time
from parley.index.types import Span


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("It fell to the Norwegian delegation to answer.", "the Norwegian", True),
        ("The Swiss and the Norwegian delegations met.", "The Swiss", False),
        ("The winner was a Norwegian.", "a Norwegian", False),
        ("Norway hosted the talks.", "Norway", False),
        ("The Norwegians left.", "The Norwegians", False),
        ("Norway's delegation kept calm.", "Norway's", True),
        ("The idea was Norway's.", "Norway's", False),
        ("It was the envoys’ delegation.", "the envoys’", True),
    ],
)
def test_words_that_end_before_their_noun_are_cut(text: str, words: str, cut: bool) -> None:
    start = text.index(words)
    assert is_cut(text, Span(start, start + len(words))) == cut


@pytest.mark.parametrize(
    ("question", "planned"),
    [
        ("When will the accord be signed?", True),
        ("When was the accord signed?", False),
        ("Who signed the accord?", False),
    ],
)
def test_questions_of_plans(question: str, planned: bool) -> None:
    assert asks_of_plans(analyse_question(question)) == planned


def test_a_date_is_no_name_and_a_name_no_number() -> None:
    assert fits_type("21 March", "date")
    assert not fits_type("Tarrow", "date")
    assert not fits_type("in three years", "date")
    assert fits_type("three years ago", "date")
    assert fits_type("Tarrow", "place")
    assert not fits_type("the toll", "person")
    assert not fits_type("many cars", "number")


def test_times_are_known_by_their_words() -> None:
    assert names_time("They met on Wednesday.")
    assert names_time("in the spring")
    assert not names_time("cut the levy by a third")
