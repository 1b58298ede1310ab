"""Names kept whole, and people of one name kept apart."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.speaker_matching import speaker_match
from parley.index.types import Document
from tests.statements.reading import statements

NAMES = [
    "Carla von der Heide",
    "Pieter van den Bosch",
    "Inés de la Vega",
    "Rui dos Santos",
    "Lucía del Río",
    "Omar bin Khalid",
    "Huda bint Sami",
    "Yusuf ibn Tariq",
    "Hassan el-Masri",
    "Nadia al-Khoury",
    "Paul Ryder Jr.",
    "Ahmed ould Sidi",
    "José Ortega y Gasset",
]


@pytest.mark.parametrize("name", NAMES)
def test_small_words_belong_to_the_name(name: str) -> None:
    found = statements(f"{name} said on Friday that the locks were open. The board was told.")
    assert [one.speaker for one in found][:1] == [name]


def test_a_small_word_that_is_no_part_of_a_name_stays_one() -> None:
    (found,) = statements("Ruiz told the Bin Company that al dente was no excuse.")
    assert found.speaker == "Ruiz"


def test_mr_and_ms_of_one_surname_are_two_people() -> None:
    found = statements("Mr Stone said the locks were shut. Ms Stone said the locks were open.")
    assert [one.speaker for one in found] == ["Mr Stone", "Ms Stone"]


def test_a_title_keeps_apart_a_full_name_and_a_surname() -> None:
    text = "Ms Chloe Stone said the locks were open. Mr Stone said the locks were shut. Ms Stone said it was late."
    found = statements(text)
    assert [one.speaker for one in found] == ["Chloe Stone", "Mr Stone", "Chloe Stone"]
    document = Document.from_text(text, id="two")
    grades = {asked: [speaker_match(one, asked, document) > 0.5 for one in found[:2]] for asked in ("Chloe Stone", "Mr Stone")}
    assert grades == {"Chloe Stone": [True, False], "Mr Stone": [False, True]}


def test_a_crown_prince_is_not_answered_by_the_king_of_his_name() -> None:
    text = "King Omar of Arlen said the gate would stay shut. Crown Prince Khalid bin Omar said the gate would open."
    king, prince = statements(text)
    document = Document.from_text(text, id="gulf")
    assert speaker_match(king, "Khalid bin Omar", document) == 0
    assert speaker_match(prince, "Khalid bin Omar", document) > 0.5


def test_nobody_is_joined_on_a_surname_that_two_bear() -> None:
    text = "Ana Stone said yes. Otto Stone said no. Stone said that it was late. Mr Stone said that it was early."
    assert [one.speaker for one in statements(text)][-2:] == ["Stone", "Mr Stone"]


def test_a_king_is_not_the_prince_who_is_named_after_him() -> None:
    text = "King Omar bin Faisal said the gate would stay shut. Crown Prince Khalid bin Omar said the gate would open."
    king, prince = statements(text)
    document = Document.from_text(text, id="gulf")
    assert speaker_match(king, "King Omar", document) > 0.5
    assert speaker_match(prince, "King Omar", document) == 0
    assert speaker_match(prince, "Omar", document) == 0


def test_a_full_name_is_not_answered_by_a_bare_surname_that_two_bear() -> None:
    text = "Ana Stone spoke first, then Otto Stone. Ms Stone said that the locks were open."
    (found,) = statements(text)
    assert speaker_match(found, "Ana Stone", Document.from_text(text, id="two")) == 0
    alone = "Ana Stone spoke first. Ms Stone said that the locks were open."
    assert speaker_match(statements(alone)[0], "Ana Stone", Document.from_text(alone, id="one")) > 0.5


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("4 Toll said that the port was closed.", "Toll"),
        ("[6] Marek Toll said that the port was closed.", "Marek Toll"),
        ("(b) Toll said that the port was closed.", "Toll"),
        ("The Republican representative [4] said that the port was closed.", "The Republican representative"),
        ("40 delegates said that the port was closed.", "40 delegates"),
    ],
)
def test_numbers_of_notes_and_lists_are_no_part_of_a_name(text: str, speaker: str) -> None:
    (one,) = statements(text)
    assert one.speaker == speaker
    assert one.speaker_span is not None
    assert text[slice(*one.speaker_span)] == speaker
