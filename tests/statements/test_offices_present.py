"""Whom "the Minister said" means in minutes: whoever of those present is the only minister."""

from __future__ import annotations

from functools import cache

import pytest

from parley.index.statements import extract_statements
from parley.index.types import Document, Statement

LISTED = """Minutes of the second meeting of the Canal Board

Present:
  Mrs I. Dahl (Chairwoman)
  Mr T. Rask, Director of Waterways, Norland
  Mr O. Pell, Deputy Director, Norland
  Ms A. Ferro, Minister for Rivers, Velmark
  Mr J. Stane, Legal Counsel, Velmark
  Mr L. Orme, Legal Counsel, Velmark
Apologies: Professor Ude

The Minister said that the locks could not be opened before May. The Director answered that this was too late for the mills.
Mr Stane thought that the dues were too high. The Norland side reserved its position.
The Chair summed up: the dues would be looked at again.
The Legal Counsel warned that the treaty would lapse.
The Foreign Minister said that the bridge was safe.
"""
BY_SIDE = """Minutes of a meeting on the ferry

In attendance
For Norland:
1. Ana Toll, Secretary of Transport
For Velmark:
2. Bo Lind, Secretary of Transport

The Velmark Secretary said that the ferry was late. The Secretary asked that the fares be read out.
"""
OF_TWO = """Record of Conversation Between Quiller and Ruiz

The Prime Minister said that the harbour would be widened. President Ruiz said that he was glad to hear it.
The Prime Minister thought that the dues could fall. He asked for a loan. The Prime Minister said that he would wait.
The Harbour Master said that the pilots were tired. The President replied that the loan was not his to give.
"""


@cache
def statements(text: str) -> tuple[Statement, ...]:
    return extract_statements(Document.from_text(text, id="record"))


def speaker(text: str, words: str) -> str | None:
    at = text.index(words)
    found = [one.speaker for one in statements(text) if any(start <= at < end for start, end in one.content)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("locks could not", "A. Ferro"),
        ("this was too late", "T. Rask"),
        ("the dues were too high", "J. Stane"),
        ("the dues would be looked at", "I. Dahl"),
    ],
)
def test_an_office_that_one_of_those_present_holds_is_theirs(words: str, who: str):
    assert speaker(LISTED, words) == who


@pytest.mark.parametrize(
    ("text", "words", "surface"),
    [
        (LISTED, "the treaty would lapse", "The Legal Counsel"),
        (LISTED, "the bridge was safe", "The Foreign Minister"),
        (BY_SIDE, "the fares be read out", "The Secretary"),
        (OF_TWO, "the pilots were tired", "Harbour Master"),
    ],
)
def test_an_office_that_two_hold_or_nobody_stays_without_a_name(text: str, words: str, surface: str):
    assert speaker(text, words) == surface


def test_a_side_tells_two_holders_of_an_office_apart():
    assert speaker(BY_SIDE, "the ferry was late") == "Bo Lind"


def test_what_another_side_did_in_the_room_is_not_said_by_the_last_speaker():
    assert speaker(LISTED, "The Norland side reserved") is None


def test_between_two_people_the_office_that_is_left_is_the_others():
    said = [speaker(OF_TWO, words) for words in ("the harbour would be widened", "the dues could fall", "the loan was not his")]
    assert said == ["Quiller", "Quiller", "Ruiz"]


def test_in_news_the_minister_of_a_list_is_not_guessed():
    news = OF_TWO.replace("Record of Conversation Between", "Talks between")
    assert speaker(news, "the harbour would be widened") == "The Prime Minister"
