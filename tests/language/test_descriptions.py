"""What the words that describe a speaker say: countries, offices in one normal form, and the noun that it is about."""

from __future__ import annotations

import pytest

from parley.index.language.descriptions import all_stems, described, held_in, same_word
from parley.index.language.words import stem


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the foreign ministry", "the ministry of foreign affairs"),
        ("the MFA", "the foreign ministry"),
        ("the spokesman", "the spokeswoman"),
    ],
)
def test_an_office_has_one_normal_form(left: str, right: str) -> None:
    assert described(left).stems == described(right).stems


@pytest.mark.parametrize(
    ("text", "countries", "heads"),
    [
        ("the Turkish foreign minister", ("Türkiye",), {"minister"}),
        ("a spokesman for the president", (), {"spokesperson"}),
        ("the negotiator of Ukraine with Russia", ("Ukraine", "Russia"), {"negotiator"}),
    ],
)
def test_a_description_has_countries_in_order_and_a_head(text: str, countries: tuple[str, ...], heads: set[str]) -> None:
    found = described(text)
    assert found.countries == countries
    assert found.heads == {stem(head) for head in heads}


def test_a_person_in_office_is_no_institution() -> None:
    assert described("the envoy of Freedonia").is_person_in_office
    assert not described("the foreign ministry").is_person_in_office
    assert described("the foreign ministry").is_generic
    assert not described("Acme's treasurer").is_generic
    assert described("the Kremlin").residence


def test_words_are_the_same_across_people_country_and_transcription() -> None:
    assert same_word("sergey", "sergei")
    assert same_word("freedonia", "freedonian")
    assert not same_word("anna", "anton")
    assert held_in(all_stems("Lopez"), all_stems("Maria Lopez"))
    assert not held_in(all_stems("Maria Lopez"), all_stems("Lopez"))
