"""The noun that says what kind of thing a question wants named."""

from __future__ import annotations

import pytest

from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.asked_noun import asked_noun, head_noun


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("In which country was the treaty signed?", "country"),
        ("Which island state won the arbitration?", "island state"),
        ("Which harbour town bans its trawlers in May?", "harbour town"),
        ("What is the name of the river that the dam holds back?", "river"),
        ("The envoys met twice. What kind of vessel carried them?", "vessel"),
        ("The first round was held in Geneva. Which city hosts the second?", "city"),
        ("What happened at the border post?", None),
        ("Who signed the treaty?", None),
    ],
)
def test_the_noun_after_which_or_what(question: str, noun: str | None) -> None:
    assert asked_noun(question) == noun


def test_the_head_is_the_last_content_word() -> None:
    assert head_noun("island state") == "state"
    assert head_noun("Ports") == "ports"


def test_numbers_and_dates_want_no_noun() -> None:
    assert analyse_question("How many ships are there?").wanted is None
    assert analyse_question("In which year was it signed?").wanted is None
    assert analyse_question("Which company runs the ferry?").wanted == "company"
