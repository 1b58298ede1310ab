"""Folding, stemming and the word lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.index.language.vocabulary import parties_in, synonyms_of
from parley.index.language.words import fold, stem, stems_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        ("agree", "agreed", "agrees", "agreeing"),
        ("negotiate", "negotiated", "negotiating", "negotiation", "negotiations"),
        ("propose", "proposed", "proposing", "proposal"),
        ("party", "parties"),
        ("withdraw", "withdrew", "withdrawn", "withdrawing"),
        ("stop", "stopped", "stopping"),
        ("characterise", "characterised", "characterize"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("minister", "mister"), ("leader", "leave"), ("peace", "pea"), ("sign", "single"), ("general", "generate"), ("news", "new")],
)
def test_different_words_keep_different_stems(left: str, right: str) -> None:
    assert stem(left) != stem(right)


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Türkiye’s", "turkiye"), ("U.S.", "usa"), ("1,000", "1000"), ("İstanbul", "istanbul"), ("Élysée", "elysee")],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_joined_and_divided_spellings_meet() -> None:
    assert stems_of("a cease-fire") & stems_of("the ceasefire") == {stem("ceasefire")}


@given(st.text(max_size=300))
def test_words_slice_back(text: str) -> None:
    assert all(text[word.start : word.end] == word.surface for word in words_of(text))


def test_countries_by_name_people_and_seat() -> None:
    assert parties_in("Norway's minister in Oslo met the Saudi delegation and the White House") == (
        "Norway",
        "Saudi Arabia",
        "United States",
    )
    assert parties_in("talks in Oslo", seats=False) == ()
    assert parties_in("tell us about turkey sandwiches") == ()


def test_synonyms_are_mutual() -> None:
    assert stem("truce") in synonyms_of(stem("ceasefire"))
    assert stem("ceasefire") in synonyms_of(stem("truce"))
    assert synonyms_of("bridg") == frozenset()
