"""To whom a statement was made: addressee, outlet, reporter, and on whose behalf."""

from __future__ import annotations

import pytest

from tests.statements.reading import saying

WORDS = "the river would rise"


@pytest.mark.parametrize(
    ("clause", "addressee", "outlet", "reporter"),
    [
        ("Ana Ruiz told CNN that", "CNN", "CNN", None),
        ("Ana Ruiz told the Delta Herald that", "the Delta Herald", "Delta Herald", None),
        ("Ana Ruiz told CNN's Tom Berg that", None, "CNN", "Tom Berg"),
        ("Ana Ruiz told reporters that", "reporters", None, None),
        ("Ana Ruiz told Lotte Vink that", "Lotte Vink", None, None),
        ("Ana Ruiz told CNN's audience that", "CNN's audience", "CNN", None),
        ("Ana Ruiz told CNN's Berg that", "CNN's Berg", "CNN", "Berg"),
        # What belongs to them goes along, where it was said does not.
        ("Ana Ruiz said to delegates of the harbour council that", "delegates of the harbour council", None, None),
        ("Ana Ruiz said to reporters in Oslo that", "reporters", None, None),
        # Somebody whose name merely stands beside "to" is no audience.
        ("Ana Ruiz said to reporters that", "reporters", None, None),
        ("Ana Ruiz said in a letter to Lotte Vink that", None, None, None),
        ("Ana Ruiz, in an interview with the Delta Herald, said that", None, "Delta Herald", None),
        ("Ana Ruiz, speaking to CNN, said that", None, "CNN", None),
        ("Ana Ruiz, speaking to her sister, said that", None, None, None),
        # Between the verb and its audience may stand a day, but no comma and no pronoun.
        ("Ana Ruiz said on Monday to reporters that", "reporters", None, None),
        ("Ana Ruiz spoke on Monday with delegates of the harbour council and said that", None, None, None),
        ("Ana Ruiz said on Monday to delegates of the harbour council that", "delegates of the harbour council", None, None),
        ("Ana Ruiz said on Monday to the Voice of Delta News that", "the Voice of Delta News", "Voice of Delta News", None),
        ("Ana Ruiz said on Monday to the Voce della Delta News that", "the Voce della Delta News", "Voce della Delta News", None),
        ("Ana Ruiz said on Monday to applause that", None, None, None),
        # "On" before any medium of the list, not only an American one.
        ("Ana Ruiz said on CNN that", None, "CNN", None),
        ("Ana Ruiz said on Al Jazeera that", None, "Al Jazeera", None),
        ("Ana Ruiz said on Monday that", None, None, None),
        # One word of a medium's name is no medium; with a name before it, it is.
        ("Ana Ruiz told the press that", "the press", None, None),
        ("Ana Ruiz told Berg News that", "Berg News", "Berg News", None),
        ("Ana Ruiz told newspaper Vox that", "newspaper Vox", "Vox", None),
    ],
)
def test_addressee_outlet_and_reporter(clause: str, addressee: str | None, outlet: str | None, reporter: str | None) -> None:
    said = saying(f"{clause} {WORDS}.", WORDS)
    assert (said.outlet, said.reporter) == (outlet, reporter)
    if addressee is not None:
        assert said.addressee == addressee
    elif "letter" in clause or "sister" in clause:
        assert said.addressee is None


@pytest.mark.parametrize(
    ("text", "behalf"),
    [
        ("Ana Ruiz, speaking for the ferry owners, said the river would rise.", "the ferry owners"),
        ("On behalf of the ferry owners Ana Ruiz said the river would rise.", None),
        ("Ana Ruiz said on behalf of the ferry owners that the river would rise.", "the ferry owners"),
        ("Ana Ruiz said the river would rise.", None),
    ],
)
def test_on_whose_behalf(text: str, behalf: str | None) -> None:
    assert saying(text, WORDS).on_behalf_of == behalf


def test_the_interview_of_another_sentence_is_not_this_ones() -> None:
    text = "Ana Ruiz said the river would rise. In an interview with the Delta Herald, Tom Berg denied it."
    assert saying(text, WORDS).outlet is None


def test_an_interview_inside_the_reported_words_is_not_the_audience() -> None:
    assert saying("Ana Ruiz said “the river would rise, as I told in an interview with CNN”.", WORDS).outlet is None
