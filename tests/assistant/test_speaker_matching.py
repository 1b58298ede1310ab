"""Whether a question asks for a statement's speaker: by name, office, institution or side."""

from __future__ import annotations

import pytest

from parley.assistant.evidence.speaker_matching import (
    BELONGS,
    BY_ROLE,
    EXACT,
    FOR_SIDE,
    LOOSELY,
    SHORTER,
    describes_person,
    is_person,
    may_hold_office,
    names_side,
    side_stems,
    speaker_match,
    titled_person,
)
from parley.assistant.evidence.two_people import shares_surname
from parley.index.types import Span, Statement


def said(speaker: str | None, kind: str = "named", **known: object) -> Statement:
    return Statement("d", (Span(0, 1),), None, "say", "indirect", speaker, None, kind, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "asked", "grade"),
    [
        # Names.
        (said("Maria Lopez"), "Maria Lopez", EXACT),
        (said("Maria Lopez"), "Lopez", EXACT),
        (said("Lopez"), "Maria Lopez", SHORTER),
        (said("Maria Lopez"), "Foreign Minister Maria Lopez", EXACT),
        (said("Carla Lopez"), "Maria Lopez", 0.0),
        (said("Maria"), "Maria Lopez", 0.0),
        (said("an aide to Lopez", "anonymous"), "Lopez", BELONGS),
        (said(None, "unidentified"), "Lopez", 0.0),
        # One of a side's people, of whom nothing says that they speak for it.
        (said("Maria Lopez", role="treasurer of Acme"), "Acme", BELONGS),
        (said("Maria Lopez", party="Acme"), "Acme", BELONGS),
        (said("Maria Lopez", role="former treasurer of Acme", former=True), "Acme", 0.0),
        # Offices: who holds it, in that country, now; not the aide.
        (said("Rui Alves", role="Portuguese Foreign Minister", party="Portugal"), "the Portuguese foreign minister", BY_ROLE),
        (said("the Portuguese foreign minister", "anonymous"), "the Portuguese foreign minister", EXACT),
        (said("Rui Alves", role="Portuguese Foreign Minister", party="Portugal"), "the Belgian foreign minister", 0.0),
        (said("Rui Alves", role="Portuguese Finance Minister", party="Portugal"), "the Portuguese foreign minister", 0.0),
        (said("Rui Alves", role="Portuguese Deputy Foreign Minister", party="Portugal"), "the Portuguese foreign minister", 0.0),
        (
            said("Rui Alves", role="former Portuguese Foreign Minister", party="Portugal", former=True),
            "the Portuguese foreign minister",
            0.0,
        ),
        (said("Rui Alves", role="Portuguese ambassador", party="Portugal", former=True), "the Portuguese ambassador", 0.0),
        (said("the Portuguese ambassadors", "collective"), "the Portuguese ambassador", 0.0),
        # Of a residence: who holds an office there, or one of the head of state; the minister of another office does not.
        (said("Igor Sorin", role="Kremlin spokesman", party="Russia"), "the Kremlin spokesman", BY_ROLE),
        (said("Igor Sorin", role="Russian presidential spokesman", party="Russia"), "the Kremlin spokesman", BY_ROLE),
        (said("Igor Sorin", role="Russian army spokesman", party="Russia"), "the Kremlin spokesman", 0.0),
        (said("the Kremlin", "collective"), "the Kremlin", BY_ROLE),
        (said("the Kremlin", party="Russia"), "the Kremlin", BY_ROLE),
        # Institutions, their people, and loosely their minister.
        (said("the Portuguese Foreign Ministry", "collective"), "the Portuguese foreign ministry", EXACT),
        (said("Rui Alves", role="Portuguese Foreign Minister", party="Portugal"), "the Portuguese foreign ministry", LOOSELY),
        (said("the Belgian Foreign Ministry", "collective"), "the Portuguese foreign ministry", 0.0),
        (said("Portugal", "collective"), "the Portuguese foreign minister", 0.0),
        # Sides.
        (said("Lotte Vink", on_behalf_of="Portugal"), "the Portuguese side", FOR_SIDE),
        (said("Portugal", "collective"), "the Portuguese side", FOR_SIDE),
        (said("Rui Alves", role="Portuguese Foreign Minister", party="Portugal"), "the Portuguese side", FOR_SIDE),
        (said("Rui Alves", role="Portuguese economist", party="Portugal"), "the Portuguese side", 0.0),
        (said("Rui Alves", role="Belgian Foreign Minister", party="Belgium"), "the Portuguese side", 0.0),
        (
            said("Rui Alves", role="former Portuguese Foreign Minister", party="Portugal", former=True),
            "the Portuguese side",
            0.0,
        ),
    ],
)
def test_grades(statement: Statement, asked: str, grade: float) -> None:
    assert speaker_match(statement, asked) == grade


def test_a_side_is_asked_for_by_country_or_by_a_general_noun() -> None:
    assert [names_side(asked) for asked in ("Portugal", "the other side", "the delegation", "Maria Lopez")] == [
        True,
        True,
        True,
        False,
    ]
    assert [describes_person(asked) for asked in ("the envoy of Portugal", "Portugal", "the spokeswoman")] == [True, False, True]
    assert side_stems("the Portuguese delegation") == side_stems("President Portuguese")
    assert side_stems("the delegation") == set()


def test_a_person_is_called_by_a_title() -> None:
    text = "President Ada Maria Lopez spoke. Acme objected. Chairman Hult. The company's Minister"
    assert titled_person("Kern", "Lady Kern spoke.")
    assert [titled_person(name, text) for name in ("Ada Lopez", "Lopez", "Hult", "Acme", "")] == [True, True, True, False, False]


def test_a_name_alone_is_no_known_person() -> None:
    assert is_person(said("Lopez", role="mayor"))
    assert is_person(said("Lopez", resolved_by="surname"))
    assert not is_person(said("Lopez"))
    assert not is_person(said("the mayor", "anonymous", role="mayor"))


@pytest.mark.parametrize(
    ("statement", "asked", "expected"),
    [
        (said("Rui Alves"), "the Portuguese foreign minister", True),
        (said("Rui Alves", role="foreign minister"), "the Portuguese foreign minister", True),
        (said("Rui Alves", role="ambassador"), "the Portuguese foreign minister", False),
        (said("Rui Alves", role="Belgian foreign minister"), "the Portuguese foreign minister", False),
        (said("Rui Alves", role="economist"), "the Portuguese foreign minister", False),
        (said("Rui Alves", former=True), "the Portuguese foreign minister", False),
        (said("the minister", "anonymous"), "the Portuguese foreign minister", False),
    ],
)
def test_what_is_said_of_a_speaker_may_speak_against_an_office(statement: Statement, asked: str, expected: bool) -> None:
    assert may_hold_office(statement, asked) is expected


def test_whoever_speaks_for_the_head_of_state_speaks_for_the_residence() -> None:
    assert speaker_match(said("the Kremlin", "collective"), "the Kremlin") >= BY_ROLE
    spokesman = said("Ivan Orlov", role="Kremlin spokesman", party="Russia")
    assert speaker_match(spokesman, "the Kremlin") >= FOR_SIDE
    economist = said("Ivan Orlov", role="Russian economist", party="Russia")
    assert speaker_match(economist, "the Kremlin") == 0.0


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("Anna Lind met Per Lind.", True),
        ("Anna Lind left. Lind was tired.", False),
        # A title or an office is no given name.
        ("Anna Lind left. Minister Lind was tired. Ms Lind slept.", False),
    ],
)
def test_two_people_share_a_surname_by_their_given_names(text: str, *, shared: bool) -> None:
    assert shares_surname(text, "Lind") is shared


def test_an_office_is_of_the_country_named_first() -> None:
    statement = said("Rui Alves", role="Portuguese ambassador to Belgium")
    assert may_hold_office(statement, "the Portuguese ambassador")
    assert not may_hold_office(statement, "the Belgian ambassador")
