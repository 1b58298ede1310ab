"""Differing accounts: other values for one thing are shown side by side; the same value in other words is one account."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answer import Answer
from parley.index.types import Document
from tests.assistant.texts import reader_of

HERALD = (
    "The pilots' session in Port Mallow lasted six hours, the chair said. The tug fee was last raised in 2031. "
    "The ferry company's offer of a night boat remains on the table, Director Nils Aker said. Forty pilots attended the session."
)
TIMES = (
    "PORT MALLOW - The pilots' session lasted four hours, according to the harbour office. The tug fee was last raised in 2029. "
    "The ferry company withdrew its offer of a night boat, union chair Ada Quist said. Present were 40 pilots."
)


def ask(folder: Path, question: str) -> Answer:
    texts = [Document.from_text(HERALD, id="herald", title="Herald"), Document.from_text(TIMES, id="times", title="Times")]
    return reader_of(folder / "library", texts).answer(question, question)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How long did the pilots' session last?", ("six hours", "four hours")),
        ("When was the tug fee last raised?", ("2031", "2029")),
        ("Is the ferry company's offer of a night boat still alive?", ("remains on the table", "withdrew")),
    ],
)
def test_differing_values_stand_side_by_side(tmp_path: Path, question: str, values: tuple[str, str]) -> None:
    answer = ask(tmp_path, question)
    assert answer.status == "accounts_differ"
    assert all(value in answer.text for value in values)
    assert {citation.document.id for citation in answer.citations} == {"herald", "times"}


def test_the_same_value_in_other_words_is_one_account(tmp_path: Path) -> None:
    answer = ask(tmp_path, "How many pilots attended the session?")
    assert answer.status == "answered"
    told = answer.text.lower()
    assert "forty pilots" in told or "40 pilots" in told
    assert not ("forty" in told and "40" in told)


def test_leaving_a_place_gives_up_no_agreement(tmp_path: Path) -> None:
    texts = [
        Document.from_text(
            "Director Nils Aker said the crews agreed to talk again about a harbour truce. "
            "Union chair Ada Quist said the demand that crews withdraw from the outer harbour came up "
            "when a harbour truce was discussed.",
            id="herald",
            title="Herald",
        )
    ]
    answer = reader_of(tmp_path / "library", texts).answer("Is there a harbour truce?", "Is there a harbour truce?")
    assert answer.status != "accounts_differ"
