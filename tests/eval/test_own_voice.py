"""Counting what an answer wrongly tells as a document's own voice."""

from __future__ import annotations

from parley.assistant import Citation
from parley.eval.studies.own_voice import misheard
from parley.index.structure.reading import read_structure
from parley.index.types import Document, Passage

TEXT = (
    "Press conference\n\nMS. NOWAK: The dues rise in May.\n\nQUESTION: Why?\n\nMS. NOWAK: They are too low.\n\nEND\n\n"
    "The hall was full."
)
DOCUMENT = Document.from_text(TEXT, id="briefing", language="en")
TURNS = {"briefing": read_structure(DOCUMENT).turns}


def cited(words: str, attribution: str) -> Citation:
    start = TEXT.index(words)
    passage = Passage(1, DOCUMENT.id, 0, len(TEXT), 0)
    return Citation(1, DOCUMENT, passage, start, start + len(words), words, None, attribution, None, verified=True)


def test_a_turn_told_as_the_documents_own_voice_is_counted() -> None:
    own = "in the document's own voice"
    found = misheard("When?", [cited("The dues rise in May.", own), cited("The hall was full.", own)], TURNS)
    assert [(one.quote, one.reason) for one in found] == [("The dues rise in May.", "a turn's words")]


def test_what_is_told_with_its_speaker_is_not_counted() -> None:
    assert misheard("When?", [cited("The dues rise in May.", "MS. NOWAK: direct quotation")], TURNS) == []


def test_words_that_the_set_knows_to_be_somebodys_are_counted() -> None:
    own = "in the document's own voice"
    found = misheard("How was it?", [cited("The hall was full.", own)], TURNS, known="The hall was full.")
    assert [one.reason for one in found] == ["said by somebody, as the set knows"]


def test_the_smaller_part_of_a_quotation_that_is_a_turns_counts_too() -> None:
    found = misheard("When?", [cited("The dues rise in May.\n\nQUESTION: Why?", "in the document's own voice")], TURNS)
    assert [one.reason for one in found] == ["a turn's words"]
