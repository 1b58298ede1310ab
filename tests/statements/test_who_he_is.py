"""Whom "he" means where the text names somebody between: the one named, or nobody, and never the one before."""

from __future__ import annotations

import pytest

from tests.statements.reading import saying, statements


@pytest.mark.parametrize("met", ["I called on Adam Malik this morning.", "We met Adam Malik at noon.", "I spoke to Adam Malik."])
def test_he_is_whoever_was_met(met: str) -> None:
    (found,) = statements(f"{met} He said the fleet would leave.")
    assert found.speaker == "Adam Malik"


def test_a_visit_is_no_call_for_anything() -> None:
    assert statements("I called on Minister Toll this morning.") == ()
    assert statements("Ruiz saw the Foreign Secretary on Friday.") == ()
    assert saying("Ruiz called on Minister Toll to wait.", "wait").status == "called_for"
    assert saying("Ruiz sees the Foreign Secretary as a rival.", "rival").speaker == "Ruiz"


def test_he_is_not_the_one_before_where_another_is_named_between() -> None:
    text = (
        "I called on Minister Fane. He said Norland would wait. Lund was present throughout. He told me that Fane was bluffing."
    )
    assert saying(text, "would wait").speaker == "Fane"
    assert saying(text, "bluffing").speaker is None


def test_he_is_the_office_named_between() -> None:
    assert saying("Lund led. The Colonel laughed. He said it was over.", "over").speaker == "The Colonel"


def test_an_office_before_a_surname_is_no_second_person() -> None:
    text = "Lund said little. We met Ana Ruiz. She said the corridor was a step. Ambassador Ruiz left."
    assert saying(text, "corridor").speaker == "Ana Ruiz"


def test_whoever_was_told_replies() -> None:
    text = "My Ambassador told your deputy that ships were waiting.\n\nHe replied that nothing could be done."
    assert saying(text, "nothing").speaker == "your deputy"
    assert saying("Ruiz told Lund that the levy was high. He replied that it was fair.", "fair").speaker == "Lund"
    assert saying("Lund told reporters the levy was high. He replied that he was sure.", "sure").speaker == "Lund"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Talks in Halvik\n\nBRANDL: We accept the corridor.", "direct"),
        ("Talks in Halvik\n\nBRANDL: Norland pays for all of it.", "direct"),
        ("Talks in Halvik\n\nBrandl: Norland will pay us for it.", "direct"),
        ("Talks in Halvik\n\nTOLL: objected to the figures of the commission.", "indirect"),
        ("Minister: talks to resume in the spring", "indirect"),
    ],
)
def test_what_stands_behind_a_label_is_its_speakers_own_words(text: str, mode: str) -> None:
    assert [one.mode for one in statements(text)] == [mode]


def test_a_heading_below_a_quotation_is_nobody() -> None:
    text = "Bridge talks\n\n“We will pay for the bridge.”\n\nNorland update\n\nThe corridor is open."
    assert all(one.speaker is None for one in statements(text))
