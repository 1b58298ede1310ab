from __future__ import annotations

import pytest

from parley.eval.scorers.people import is_speaker, same_description, same_name
from parley.index.types import Span, Statement


def _statement(speaker: str | None, kind: str = "named", role: str | None = None) -> Statement:
    return Statement("d", (Span(0, 1),), None, "say", "indirect", speaker, None, kind, role=role)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "wanted", "role"),
    [
        ("Lind", "Anna Lind", ""),
        ("Anna Lind", "Lind", ""),
        ("Anna Lind", "Foreign Minister Anna Lind", ""),
        ("Anna Lind", "Minister Lind", "Foreign Minister of Norland"),
        ("Ms Lind", "Anna Lind", ""),
        ("Lind", "Anna Lind, the foreign minister", ""),
        ("Anna Lind", "the foreign minister", "foreign minister"),
    ],
)
def test_a_name_is_that_of_the_same_person(found: str, wanted: str, role: str) -> None:
    assert same_name(found, wanted, role=role)


@pytest.mark.parametrize(
    ("found", "wanted", "role"),
    [
        ("Anna Lind", "Erik Lind", ""),
        ("Linda", "Lind", ""),
        ("Anna Lind", "Minister Lind", ""),
        ("Anna Lind", "the foreign minister", "deputy prime minister"),
        ("Anna Lind", "", ""),
        ("Anna", "Erik Lind", ""),
    ],
)
def test_a_name_is_not_that_of_another_person(found: str, wanted: str, role: str) -> None:
    assert not same_name(found, wanted, role=role)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("an unnamed Norlandic official", "Norlandic official"),
        ("A source close to the ministry", "a source close to the ministry"),
        ("the same Norlandic official, who left early", "unnamed Norlandic official"),
    ],
)
def test_a_description_is_of_the_same_person(found: str, wanted: str) -> None:
    assert same_description(found, wanted)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("official", "a Norlandic official"),
        ("Minister", "Foreign Minister Anna Lind"),
        ("an aide to the Norlandic official", "the Norlandic official"),
        ("a source", "a source close to the ministry"),
        ("the unnamed", "the unnamed"),
    ],
)
def test_a_bare_role_or_a_word_in_common_is_not_enough(found: str, wanted: str) -> None:
    assert not same_description(found, wanted)


def test_the_kind_of_speaker_decides_what_is_compared() -> None:
    assert is_speaker(_statement("Lind"), "Anna Lind")
    assert not is_speaker(_statement("minister", "anonymous"), "Minister Anna Lind")
    assert is_speaker(_statement("the Foreign Ministry", "collective"), "Foreign Ministry")
    assert not is_speaker(_statement("Norland", "collective"), "Norland's Foreign Ministry")
    assert not is_speaker(_statement(None, "unidentified"), "Anna Lind")
