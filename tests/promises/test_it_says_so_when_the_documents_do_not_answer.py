"""A question that nothing answers is refused: with what was searched and what came closest, and without claiming more."""

from __future__ import annotations

import re

import pytest

from parley import Answer
from tests.promises.documents import UNANSWERABLE


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_it_says_so_and_shows_what_came_closest(answers: dict[str, Answer], question: str) -> None:
    answer = answers[question]
    assert answer.status == "not_in_documents"
    assert answer.abstained
    assert answer.citations == ()
    assert answer.nearest
    assert any(re.search(r"[Ss]earched \d+ documents", notice) for notice in answer.notices)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_a_refusal_claims_nothing_about_what_documents_say(answers: dict[str, Answer], question: str) -> None:
    text = answers[question].text
    assert text
    assert not re.search(r"\b(?:no|none of the) documents? (?:mention|say|contain)", text, re.IGNORECASE)
