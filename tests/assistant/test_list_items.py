"""The list that a sentence opens or belongs to, told whole."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.list_items import is_enumeration, list_around
from parley.index.types import Span

BULLETS = """Report on the ferry

The envoy set three terms:

- The ferries sail on Sundays.
- The toll falls to 4 crowns.
- A monitor sits in each port.

The talks go on in Hask.
"""
LETTERED = "Norland asks for:\n(h) lights;\n(i) a second lane;\n(ii) a bell.\nThe lights come first."


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    "words", ["The envoy set three terms:", "- The toll falls to 4 crowns.", "- A monitor sits in each port."]
)
def test_the_opening_and_every_item_give_the_whole_list(words: str) -> None:
    found = list_around(BULLETS, _span(BULLETS, words))
    assert found is not None
    assert found.opening == _span(BULLETS, "The envoy set three terms:")
    assert [BULLETS[item.start : item.end] for item in found.items] == [
        "The ferries sail on Sundays.",
        "The toll falls to 4 crowns.",
        "A monitor sits in each port.",
    ]
    assert BULLETS[found.span.start : found.span.end].endswith("each port.")


def test_letters_and_small_roman_numbers_are_one_list() -> None:
    found = list_around(LETTERED, _span(LETTERED, "(i) a second lane;"))
    assert found is not None
    assert [LETTERED[item.start : item.end] for item in found.items] == ["lights;", "a second lane;", "a bell."]


@pytest.mark.parametrize("words", ["The talks go on in Hask.", "Report on the ferry"])
def test_a_sentence_beside_a_list_is_no_part_of_it(words: str) -> None:
    assert list_around(BULLETS, _span(BULLETS, words)) is None


def test_numbered_paragraphs_are_no_list() -> None:
    text = "Telegram\n\n1. " + "The minister spoke at length of the toll. " * 20 + "\n\n2. " + "He went on. " * 40
    assert list_around(text, _span(text, "1. The minister spoke at length of the toll.")) is None
    text = "He said two things\n\n1. The toll stays.\n\n2. The ferry goes."
    assert list_around(text, _span(text, "1. The toll stays.")) is None


def test_items_within_one_sentence() -> None:
    assert is_enumeration("This Agreement applies to: a) goods; b) services; c) persons.")
    assert is_enumeration("They ask for (1) lights and (2) a bell.")
    assert not is_enumeration("The toll (4 crowns) falls in May (a Monday).")
