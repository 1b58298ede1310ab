"""How firm words are: the status of what is reported, hedges and negations with their spans, words that may not be cut off."""

from __future__ import annotations

import pytest

from parley.index.language.firmness import (
    STATUS_OF_STANCE,
    found_within,
    hedges_in,
    is_in_principle,
    limits_in,
    negations_in,
    open_words,
    stance_in_first_person,
    status_of,
)
from parley.index.types import Span


def _words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(("stance", "status"), STATUS_OF_STANCE.items())
def test_the_verb_gives_the_status(stance: str, status: str) -> None:
    words = "to open the port" if status == "offered" else "the port"
    assert status_of(stance, "the envoy", words, negated_cue=False) == status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("the sides reached an agreement on the port", "agreed"),
        ("the union rejected the draft", "rejected"),
        ("the union did not reject the draft", "none"),
        ("Lenia withdrew its offer", "withdrawn"),
        ("the port is closed", "none"),
    ],
)
def test_words_with_a_neutral_verb_have_the_status_they_tell(words: str, status: str) -> None:
    assert status_of("report", "the envoy said", words, negated_cue=False) == status


def test_the_weaker_status_counts() -> None:
    assert status_of("agree", "the sides agreed", "in principle to an exchange", negated_cue=False) == "agreed_in_principle"
    assert status_of("agree", "the sides did not agree", "on the port", negated_cue=True) == "open"
    assert status_of("agree", "the sides agreed", "on [three] [four] locks", negated_cue=False) == "bracketed"


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("The port may reportedly open in June.", ["may", "reportedly"]),
        ("The port opens on 5 May 2031.", []),
        ("The talks of May were short.", []),
        ("The port opens in June.", []),
    ],
)
def test_hedges_have_their_spans_and_the_month_is_none(text: str, hedges: list[str]) -> None:
    assert _words(text, hedges_in(text, 0, len(text))) == hedges


@pytest.mark.parametrize(
    ("text", "negations"),
    [
        ("The port did not open.", ["not"]),
        ("No doubt the port opened.", []),
        ("Not only the port opened.", []),
        ("The port never opened.", ["never"]),
    ],
)
def test_negations_have_their_spans_and_idioms_deny_nothing(text: str, negations: list[str]) -> None:
    assert _words(text, negations_in(text, 0, len(text))) == negations


def test_spans_are_looked_for_in_order_within_the_range_given() -> None:
    text = "It may rain. It may not snow, perhaps."
    assert _words(text, hedges_in(text, 12, len(text))) == ["may", "perhaps"]
    assert found_within(negations_in, text, [Span(13, 38)], Span(0, 12)) == negations_in(text, 0, len(text))


@pytest.mark.parametrize("text", ["The port opens if the union agrees.", "The port nearly opened.", "The port failed to open."])
def test_conditions_and_denials_may_not_be_cut_off(text: str) -> None:
    assert limits_in(text, 0, len(text))


def test_what_is_open_or_in_principle_is_told_by_words() -> None:
    text = "The toll is still open."
    found = open_words(text, Span(0, len(text)))
    assert "open" in text[found.start : found.end]
    assert open_words("The port.", Span(0, 9)) == Span(0, 9)
    assert is_in_principle("agreed in principle")
    assert not is_in_principle("agreed on the principles of the port")


def test_a_speaker_may_act_by_the_words_said() -> None:
    assert stance_in_first_person("we suggested the exchange") is not None
    assert stance_in_first_person("they suggested the exchange") is None
