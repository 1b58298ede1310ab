"""Countries are known by one list, to documents and questions alike."""

from __future__ import annotations

from collections import Counter

import pytest

from parley.index.language.lexicon import country_rows
from parley.index.language.vocabulary import parties_in


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Quito", "Ecuador"),
        ("an Ecuadorean official", "Ecuador"),
        ("Tallinn", "Estonia"),
        ("the Czech minister", "Czechia"),
        ("Singaporeans", "Singapore"),
        ("NATO", "NATO"),
        ("New Zealanders", "New Zealand"),
        ("the Zambian side", "Zambia"),
    ],
)
def test_a_people_or_a_seat_of_government_stands_for_its_country(words: str, country: str) -> None:
    assert parties_in(words) == (country,)


def test_no_form_stands_for_two_country_rows() -> None:
    forms = Counter(form.lower() for row in country_rows() for form in {*row.names, *row.people, *row.seats, *row.residences})
    assert [form for form, count in forms.items() if count > 1] == []
