"""Texts of several people in one letter or telegram: whose each of them is."""

from __future__ import annotations

import pytest

from parley.index.statements import extract_statements
from parley.index.structure.reading import read_structure
from parley.index.types import Document

PARAGRAPHS = """Cablegram From Quiller to Ministry of Harbours

Cablegram, Port Ansel, 4 June 2031

77. The following messages were read out by (1) Admiral Toll, (2) Ruiz, Minister of Lithmark, and (3) myself.

(1) The fleet has waited nine years for two harbours.

It will wait no longer: (a) the moles are built, (b) the pilots are trained.

(2) Lithmark signs with a glad heart.

(3) My own country comes as a neighbour.

78. Grateful for instructions by Thursday.
"""
LETTER = """12 Quiller to Ministry of Harbours

Telegram, Port Ansel, 4 June 2031

Following from Quiller.

1. The envoy called on me this morning and left a letter, which I think is meant for the press as much as for us. He would not sit
down, and he would not say who had drafted it; his secretary waited in the car with the engine running all the while.

2. Text of the letter begins:

I am to say that Lithmark will drop its objection to the mole. Yours sincerely, B. Ruiz

Text ends.

3. At the door he met the others: (a) Mr Toll: "We have time." (b) myself: "Nobody has time before Easter."
"""


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (PARAGRAPHS, "The following messages", "Quiller"),
        (PARAGRAPHS, "The fleet has waited", "Toll"),
        (PARAGRAPHS, "the pilots are trained", "Toll"),
        (PARAGRAPHS, "Lithmark signs", "Ruiz"),
        (PARAGRAPHS, "comes as a neighbour", "Quiller"),
        (PARAGRAPHS, "Grateful for", "Quiller"),
        (LETTER, "which I think", "Quiller"),
        (LETTER, "drop its objection", "B. Ruiz"),
        (LETTER, "Nobody has time", "Quiller"),
    ],
)
def test_each_text_is_whose_it_is_announced_or_signed_as(text: str, words: str, who: str):
    structure = read_structure(Document.from_text(text, id="cable"))
    at = text.index(words)
    speakers = [turn.speaker for turn in structure.turns if any(start <= at < end for start, end in turn.said)]
    assert [(speaker or "").removeprefix("Admiral ") for speaker in speakers] == [who]


def test_a_list_that_names_nobody_stays_the_writers():
    text = PARAGRAPHS.replace("(1) Admiral Toll, (2) Ruiz, Minister of Lithmark, and (3) myself", "(1) the moles, (2) the dues")
    structure = read_structure(Document.from_text(text, id="cable"))
    assert {turn.speaker for turn in structure.turns} == {"Quiller"}


def test_the_mark_of_an_item_is_nobody():
    speakers = {one.speaker for one in extract_statements(Document.from_text(LETTER, id="cable"))}
    assert {"Quiller", "Toll", "B. Ruiz"} <= speakers
    assert not {speaker for speaker in speakers if speaker and speaker.startswith("(")}
