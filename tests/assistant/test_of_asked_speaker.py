"""Which sentences may answer what somebody said: their own words, and what a document or a letter tells of them."""

from __future__ import annotations

import pytest

from parley.assistant.reading.asked_speaker import of_asked_speaker
from parley.assistant.reading.features import FITTING_SPEAKER
from parley.assistant.reading.scoring import Scored
from tests.assistant.scores import scored, statement_of

WORDS = "The ferry sails at noon."
OWN = scored(WORDS, speaker=1.0, statement=statement_of("Maria Lund", WORDS))
OTHER = scored(WORDS, statement=statement_of("Tom Berg", WORDS))
TELLS_OF_HER = scored("Maria Lund wants a ferry at noon.")


def texts(found: list[Scored]) -> list[str]:
    return [item.candidate.text for item in found]


@pytest.mark.parametrize("asked", [None, "she", "They"])
def test_without_a_name_everybody_may_answer(asked: str | None) -> None:
    assert of_asked_speaker([OTHER, TELLS_OF_HER, OWN], asked) == [OTHER, TELLS_OF_HER, OWN]


def test_whom_a_report_quotes_speaks_for_himself() -> None:
    assert of_asked_speaker([OTHER, OWN], "Lund") == [OWN]


def test_a_document_tells_of_them_where_they_say_nothing() -> None:
    assert of_asked_speaker([OTHER, TELLS_OF_HER], "Lund") == [TELLS_OF_HER]
    assert of_asked_speaker([OTHER, TELLS_OF_HER, OWN], "Lund") == [OWN]


def test_the_sentence_before_may_name_them() -> None:
    named = scored("She wants a ferry at noon.", before="Maria Lund leads the union.")
    beside = scored("She wants a ferry at noon.", around="Maria Lund")
    assert of_asked_speaker([named, beside], "Lund") == [named]


def test_a_letter_tells_of_them_over_whole_paragraphs() -> None:
    text = "She wants a ferry at noon."
    letter = scored(text, statement=statement_of("Tom Berg", text, form="letter"), around="Maria Lund")
    asking = scored(text, statement=statement_of("Tom Berg", text, form="question", asked=True), around="Maria Lund")
    of_others = scored(text, statement=statement_of("Tom Berg", text, form="letter"), around="Nils Aker")
    assert of_asked_speaker([letter, asking, of_others], "Lund") == [letter]
    assert texts(of_asked_speaker([letter, OWN], "Lund")) == [text, WORDS]


def test_a_speaker_who_fits_just_enough_is_the_asked_one() -> None:
    statement = statement_of("Maria Lund", WORDS)
    just, less = (scored(WORDS, speaker=grade, statement=statement) for grade in (FITTING_SPEAKER, FITTING_SPEAKER - 0.01))
    assert texts(of_asked_speaker([just], "Lund")) == [WORDS]
    assert of_asked_speaker([less], "Lund") == []


def test_of_several_voices_in_a_sentence_the_asked_ones_is_shown() -> None:
    hers, his = statement_of("Maria Lund", WORDS), statement_of("Tom Berg", WORDS)
    both = scored(WORDS, speaker=1.0, statement=his, voices=(his, hers))
    (found,) = of_asked_speaker([both], "Lund")
    assert found.candidate.statement == hers


def test_a_general_noun_names_nobody_who_would_have_to_be_named() -> None:
    told = scored("People of the valley want a bridge.")
    assert of_asked_speaker([told], "the delegation") == [told]
    assert of_asked_speaker([told], "the Norland delegation") == []
