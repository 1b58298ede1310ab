"""Whom a question puts quoted words to, in anybody's wording; and what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.quote_frame import asked_mentions, names_paper, quote_frame
from parley.index.types import Document
from tests.assistant.texts import reader_of

NOTE = """Harbour talks
Marek Toll, the port's manager, told reporters that the crane "will be paid for twice". Ana Ruiz said: "We never saw the bill."

An official of the ministry said the bill was "a work of fiction".

The bill was never signed.
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    folder: Path = tmp_path_factory.mktemp("frames") / "library"
    return reader_of(folder, [Document.from_text(NOTE, id="note", language="en")])


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ('Did Toll say "will be paid for twice"?', "Toll"),
        ('Is it right that Toll told reporters the crane "will be paid for twice"?', "Toll"),
        ('Is it correct that Toll said it "will be paid for twice"?', "Toll"),
        ('Is this a real Toll quote: "will be paid for twice"?', "Toll"),
        ('Can you confirm that Toll really said "will be paid for twice"?', "Toll"),
        ('Did Toll really write "will be paid for twice"?', "Toll"),
        ('"Will be paid for twice": was that Toll?', "Toll"),
        ('"Will be paid for twice" was Toll, I think. Was it?', "Toll"),
        ('Were "will be paid for twice" Toll\'s own words?', "Toll"),
        ('A colleague has Toll saying "will be paid for twice". Does that hold?', "Toll"),
        ('The line "will be paid for twice" is down as Toll\'s. Correct?', "Toll"),
        ('Please check this one: Toll, "will be paid for twice".', "Toll"),
        ('Was it Toll who told the port "will be paid for twice"?', "Toll"),
        ('Did Toll, in the end, tell Ruiz that it "will be paid for twice"?', "Toll"),
        ('Is "will be paid for twice" attributed to Toll?', "Toll"),
        ('Are the words "will be paid for twice" by Toll?', "Toll"),
        ('Toll on the crane: did he say "will be paid for twice"?', "Toll"),
        ('Did the port\'s manager say "will be paid for twice"?', "the port's manager"),
        ('Has the Norland foreign minister ever used the words "will be paid for twice"?', "the Norland foreign minister"),
    ],
)
def test_the_speaker_is_told_by_where_a_mention_stands(question: str, asked: str) -> None:
    assert asked_mentions(quote_frame(question))[0].name == asked
    assert analyse_question(question).kind == "quote_check"


@pytest.mark.parametrize(
    "question", ['Does the joint communiqué say "will be paid"?', 'Does the lease contract speak of "paid twice"?']
)
def test_a_paper_is_no_speaker(question: str) -> None:
    assert names_paper(asked_mentions(quote_frame(question))[0].name)


def test_names_in_lower_case_are_told_by_who_speaks_in_the_documents(reader: ExtractiveReader) -> None:
    answer = reader.answer(question := 'did toll really say "will be paid for twice"', question)
    assert answer.text.startswith("Yes, word for word; as words of Marek Toll")


@pytest.mark.parametrize(
    ("question", "begins", "status"),
    [
        ('Is it right that Toll said the crane "will be paid for twice"?', "Yes", "answered"),
        ('Is this a real Ruiz quote: "will be paid for twice"?', "No", "answered"),
        ('Can you confirm that Ruiz said "saw the bill"?', "The words are there", "answered"),
        ('Did Toll say "a work of fiction"?', "These words are in the documents, word for word, but nothing", "partly"),
        ('Did Ruiz say "We never saw the lease"?', "Not in these words", "answered"),
        ('Did Ruiz say "herrings are dearer than pearls in this town"?', "No document holds these words", "premise_not_found"),
        ('Is "will be paid for twice" in the documents?', "Yes", "answered"),
    ],
)
def test_the_answer_states_the_verdict(reader: ExtractiveReader, question: str, begins: str, status: str) -> None:
    answer = reader.answer(question, question)
    assert answer.text.startswith(begins), answer.text
    assert answer.status == status


@pytest.mark.parametrize(
    "question",
    ['Compare the "crane fund" with the "bridge fund".', 'Why did Toll call it "a fund"?', 'What is the "crane fund"?'],
)
def test_a_term_in_quotation_marks_is_no_quotation_to_check(question: str) -> None:
    assert analyse_question(question).kind != "quote_check"
