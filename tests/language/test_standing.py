"""What a text vouches for: denied, conditional, supposed, planned, asked or stated, for a span in its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.index.language.standing import standing
from parley.index.types import Span

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("standing.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("expected", "marked"), ROWS, ids=[row[1] for row in ROWS])
def test_the_standing_of_a_marked_span(expected: str, marked: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")

    found = standing(text, Span(0, len(text)), Span(start, end))

    assert found.kind in expected.split("|"), [text[word.start : word.end] for word in found.words]


def test_the_words_that_show_it_are_given_where_they_stand_in_the_document() -> None:
    text = "The hearing went on. Quill did not pay the fine. Brandt may have."
    sentence = Span(text.index("Quill"), text.index(" Brandt"))

    found = standing(text, sentence, Span(text.index("the fine"), text.index("the fine") + 8))

    assert (found.kind, [text[word.start : word.end] for word in found.words]) == ("denied", ["not"])


def test_what_is_stated_has_no_words_that_show_otherwise() -> None:
    text = "Quill paid the fine."

    assert standing(text, Span(0, len(text)), Span(0, 5)).words == ()


def test_a_contracted_denial_is_shown_with_its_verb() -> None:
    text = "Quill didn’t pay the fine."

    found = standing(text, Span(0, len(text)), Span(0, 5))

    assert [text[word.start : word.end] for word in found.words] == ["didn’t"]


@pytest.mark.parametrize("text", ["", "?", ", , ;", "not", "If", "If not, not.", "«»", "He said that", "Neither nor", "\n\n- -"])
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    standing(text, Span(0, len(text)), Span(0, len(text)))
