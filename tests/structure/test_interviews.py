"""Interviews that have no labels: questions are asked, answers are those of whoever is interviewed."""

from __future__ import annotations

import pytest

from parley.index.structure.reading import read_structure
from parley.index.types import Document

INTERVIEW = """The napkin that drew a border: an interview with the mediator Ada Quiller

Ansel Weekly, 18 August 2036. The questions were put by Bo Lind.

You left the talks in June. Why?

Because neither side read what it was given. I told Lithmark that I was no postman.

What else was there to do?

We sat for forty hours over one sentence.

Ostmark says you took sides.

It said so in May as well. Who did not take sides? I favour whoever brings a text.

Who drew the first map?

The harbour master did, over lunch. It was drawn on a napkin.
"""
TITLED = INTERVIEW.replace("The napkin that drew a border: an interview with the mediator Ada Quiller", "{}").replace(
    "Ansel Weekly, 18 August 2036. The questions were put by Bo Lind.", "18 August 2036"
)


def voices(text: str) -> list[tuple[str | None, bool]]:
    structure = read_structure(Document.from_text(text, id="interview"))
    return [(turn.speaker, turn.is_question) for turn in structure.turns]


def test_questions_and_answers_take_turns():
    assert voices(INTERVIEW) == [("Bo Lind", True), ("Ada Quiller", False)] * 4
    assert read_structure(Document.from_text(INTERVIEW, id="interview")).document.genre == "transcript"


@pytest.mark.parametrize(
    "title",
    ["Interview: Ada Quiller", "Ada Quiller, mediator: interview", "Interview with Special Envoy Ada Quiller on the border"],
)
def test_who_answers_is_named_in_the_title(title: str):
    said = voices(TITLED.replace("{}", title))
    assert said == [("the interviewer", True), ("Ada Quiller", False)] * 4


NEWS = """Envoy weighs a second term

In an interview with Ada Quiller the envoy was frank.

Will she go? Nobody knows.

The talks begin in May.

What then? The ports stay shut.

The envoy left early.
"""


@pytest.mark.parametrize("text", [TITLED.replace("{}", "What the mediator leaves behind"), NEWS])
def test_without_the_form_of_an_interview_nobody_is_guessed(text: str):
    assert voices(text) == []
