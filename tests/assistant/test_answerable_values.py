"""The figures that the probability of an answer rests on, each from sentences made by hand."""

from __future__ import annotations

import math
from datetime import date

import pytest

from parley.assistant.question.analysis import analyse_question
from parley.assistant.reading.answerability import NEAR_THE_TOP, answerable_values, out_of_time, probability
from tests.assistant.scores import scored

ASKED = analyse_question("Which company opened the winter route?")
HEARD = analyse_question("What did Lund say about the ferry?")
THIS_WEEK = analyse_question("Which company opened the route this week? (The question was asked on 2031-06-04.)")


def test_without_candidates_nothing_answers() -> None:
    assert probability([], ASKED) == 0.0


def test_a_probability_grows_with_what_the_reader_makes_of_the_best_sentence() -> None:
    low, high = (probability([scored("Norlin opened it.", reader=given, score=given)], ASKED) for given in (-6.0, 6.0))
    assert 0.0 < low < high < 1.0


def test_how_far_the_best_leads_is_cut_to_three() -> None:
    def ahead(*scores: float) -> float:
        return answerable_values([scored(f"Sentence {n}.", score=given) for n, given in enumerate(scores)], ASKED)["ahead"]

    assert ahead(2.0) == 0.0
    assert ahead(2.0, 1.5, -4.0) == 0.5
    assert ahead(9.0, 1.0) == 3.0


def test_several_sentences_together_answer_more_surely_than_the_best_one() -> None:
    def together(*readings: float) -> float:
        found = [scored(f"Sentence {n}.", reader=given) for n, given in enumerate(readings)]
        return answerable_values(found, ASKED)["together"]

    assert together(1.0) == pytest.approx(1.0)
    assert together(0.0, 0.0) == pytest.approx(math.log(2))
    assert together(-1.0, 2.0) == pytest.approx(math.log(math.exp(-1) + math.exp(2)))
    assert (together(50.0), together(-50.0)) == (10.0, -10.0)


def test_the_nearest_passage_is_one_that_tells_something() -> None:
    asks = scored("Who opened it?", passage=1, dense=0.9)
    tells, unfound = scored("Norlin did.", passage=2, dense=0.6), scored("It is open.", passage=3)
    assert answerable_values([asks, tells, unfound], ASKED)["best_dense"] == 0.6
    assert answerable_values([unfound], ASKED)["best_dense"] == 0.0


@pytest.mark.parametrize(
    ("found", "unheard"),
    [
        ({"speaker": 0.9}, 0.0),
        # Somebody else speaks there: so the asked one is known to.
        ({"other_speaker": 1.0}, 0.0),
        ({}, 1.0),
    ],
)
def test_whom_nobody_heard_is_told(found: dict[str, float], unheard: float) -> None:
    values = answerable_values([scored("The ferry is late.", **found)], HEARD)
    assert values["unheard"] == unheard
    assert answerable_values([scored("The ferry is late.")], ASKED)["unheard"] == 0.0


def test_the_asked_speaker_counts_as_far_as_the_matter_is_theirs() -> None:
    values = answerable_values([scored("The ferry is late.", speaker=0.5, context=0.4)], HEARD)
    assert values["heard_on_it"] == pytest.approx(0.2)


def test_a_question_in_a_conversation_is_a_later_one() -> None:
    found = [scored("The ferry is late.")]
    assert [answerable_values(found, HEARD, later=later)["later"] for later in (False, True)] == [0.0, 1.0]
    assert answerable_values(found, HEARD)["later"] == 0.0


@pytest.mark.parametrize(("day", "expected"), [(date(2031, 6, 2), False), (date(2031, 1, 2), True), (None, True)])
def test_this_week_is_out_of_time_without_a_document_of_that_time(day: date | None, *, expected: bool) -> None:
    found = [scored("Norlin opened the route.", date=day)]
    assert out_of_time(found, THIS_WEEK) is expected
    assert answerable_values(found, THIS_WEEK)["out_of_time"] == float(expected)
    assert not out_of_time(found, ASKED)


def test_only_a_document_near_the_top_is_of_the_time_asked_about() -> None:
    old = [scored("An older one.", date=date(2030, 1, 1)) for _ in range(NEAR_THE_TOP)]
    new = scored("Norlin opened the route.", date=date(2031, 6, 2))
    assert not out_of_time(old, analyse_question("Which company opened the route this week?"))  # of a day that nobody tells
    assert not out_of_time([*old[1:], new], THIS_WEEK)
    assert out_of_time([*old, new], THIS_WEEK)
