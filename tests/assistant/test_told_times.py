"""Times and deeds that a sentence tells of, against those that a question sets."""

from __future__ import annotations

import pytest

from parley.assistant.answers.facts.denied_deeds import asked_deeds
from parley.assistant.answers.facts.told_times import of_other_times
from parley.index.language.words import stem


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("In November 200 trucks crossed.", "Now 600 trucks cross the bridge."),
        ("In May 2030 the levy was 3 crowns.", "In May 2031 it was 5 crowns."),
        ("On 4 June they met.", "They met on 5 June."),
        ("How many crossed in March?", "In April 40 crossed."),
    ],
)
def test_times_that_exclude_each_other(left: str, right: str) -> None:
    assert of_other_times(left, right)
    assert of_other_times(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("In May 2030 the levy was 3 crowns.", "The levy was 3 crowns."),
        ("In May the levy fell.", "On 4 May 2031 the levy fell."),
        ("How many crossed in 2031?", "In April 40 crossed."),
        ("The levy fell.", "Now the levy falls."),
    ],
)
def test_times_that_may_be_one(left: str, right: str) -> None:
    assert not of_other_times(left, right)
    assert not of_other_times(right, left)


def test_the_verbs_of_a_question_are_its_deeds() -> None:
    assert stem("signed") in asked_deeds("When did Lund sign the accord?")
    assert stem("talks") not in asked_deeds("When did the talks end?")
    assert stem("end") in asked_deeds("When did the talks end?")
    assert asked_deeds("Who is she?") == frozenset()
