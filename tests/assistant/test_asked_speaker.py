"""Whose words answer "what did X say": X's own, told as theirs, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.question.analysis import analyse_question
from parley.index.types import Document
from tests.assistant.texts import reader_of

FERRY = """Norway's fisheries ministry closed the harbour on Monday. "The ice is too thick for any trawler," the ministry said.

Norwegian President Liv Dahl said the harbour would open again in May. The president's aide Tor Vik said the budget was exhausted.

President Olav Brekke of the shipping council told reporters in Lisbon that the fees must fall. Anna Holm, one of Brekke's \
deputies, said the lighthouse must be sold.
"""
PALACE = """The White House press secretary Jane Orr said the raids were a reply to the blockade of the strait.

American economist Paul Reed said the raids were a waste of fuel.

White House officials declined further comment. Portuguese Foreign Minister Rui Alves demanded in Lisbon that the raids stop.

Belgian negotiator Luc Maes rejected any transfer of the islands to the company. Belgium governs one-fifth of the islands.
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ExtractiveReader:
    texts = [Document.from_text(FERRY, id="ferry", language="en"), Document.from_text(PALACE, id="palace", language="en")]
    return reader_of(tmp_path_factory.mktemp("asked") / "library", texts)


def ask(reader: ExtractiveReader, question: str) -> Answer:
    return reader.answer(question, question)


def speakers(answer: Answer) -> set[str | None]:
    return {citation.statement.speaker for citation in answer.citations if citation.statement}


@pytest.mark.parametrize(
    "question",
    [
        "What did the Danish fisheries ministry say?",
        "What did the Norwegian defence ministry say?",
        "What did the Danish president say?",
        "What did the Portuguese president say about the raids?",
        "What did the Belgian MFA say?",
    ],
)
def test_a_general_noun_is_not_somebody_elses(reader: ExtractiveReader, question: str) -> None:
    answer = ask(reader, question)
    assert (answer.status, answer.citations) == ("not_in_documents", ())


@pytest.mark.parametrize(
    "question", ["What did the Norwegian fisheries ministry say?", "What did Norway's fisheries ministry state?"]
)
def test_the_document_before_says_whose_ministry_it_is(reader: ExtractiveReader, question: str) -> None:
    answer = ask(reader, question)
    assert answer.status == "answered"
    assert "The ice is too thick for any trawler" in answer.text


def test_an_office_is_not_its_holders_aides(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did the Norwegian president say?")
    assert "Liv Dahl" in answer.text
    assert "budget" not in answer.text


def test_an_abbreviated_ministry_is_heard_through_its_minister(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did the Portuguese MFA say about the raids?")
    assert answer.status == "partly"
    assert answer.text.startswith("No statement by the Portuguese MFA itself on this was found")
    assert speakers(answer) == {"Rui Alves"}


def test_who_belongs_to_a_person_is_not_that_person(reader: ExtractiveReader) -> None:
    answer = ask(reader, "What did Brekke say?")
    assert speakers(answer) == {"Olav Brekke"}
    assert not any("may mean" in notice for notice in answer.notices)


def test_her_office_is_the_office_of_whom_the_text_names_before(tmp_path: Path) -> None:
    text = 'Samira Oduya left early. In a statement her office said that the harbour "wants dredging, not speeches".\n'
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="note", language="en")])
    for name, verdict in (("Oduya's office", "Yes"), ("Brekke's office", "No")):
        question = f'Did {name} say "wants dredging, not speeches"?'
        assert reader.answer(question, question).text.startswith(verdict)


@pytest.mark.parametrize("question", ["What did Liv Dahl demand in Lisbon?", "What did Liv Dahl propose in Lisbon?"])
def test_what_others_demanded_is_no_answer(reader: ExtractiveReader, question: str) -> None:
    assert speakers(ask(reader, question)) <= {"Liv Dahl"}


@pytest.mark.parametrize(
    "question",
    [
        "How does the White House explain the raids?",
        "How did the White House justify the raids?",
        "How has the White House answered the blockade?",
        "What does the White House have to say about the raids?",
    ],
)
def test_an_institution_is_heard_through_its_spokesman(reader: ExtractiveReader, question: str) -> None:
    answer = ask(reader, question)
    assert answer.status == "answered"
    assert speakers(answer) == {"Jane Orr"}


@pytest.mark.parametrize(
    "question",
    [
        "What is the position of Belgium on the islands?",
        "What is Belgium's attitude towards the islands?",
        "Where does Belgium stand on the islands?",
        "What position does Belgium take on the islands?",
        "What does Belgium make of the transfer of the islands?",
    ],
)
def test_a_position_is_what_the_side_said(reader: ExtractiveReader, question: str) -> None:
    answer = ask(reader, question)
    assert "Luc Maes" in answer.text
    assert "one-fifth" not in answer.text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How did the markets react to the news?", "how"),
        ("Where do the talks stand?", "where"),
        ("What is the position of the ship on the map?", "what"),
    ],
)
def test_what_cannot_speak_is_asked_as_a_fact(question: str, kind: str) -> None:
    assert (analyse_question(question).kind, analyse_question(question).speaker) == (kind, None)


def test_a_verb_of_reaction_ends_the_speaker() -> None:
    asked = analyse_question("How did the envoy react to Brekke calling the treaty dead?")
    assert (asked.kind, asked.speaker, [term.surface for term in asked.terms]) == (
        "what_said",
        "the envoy",
        ["Brekke", "calling", "treaty", "dead"],
    )


def test_a_source_is_told_of_only_where_it_says_what_answers(tmp_path: Path) -> None:
    text = "The council approved the new ferry on 3 May, days after an unnamed official announced that wages would be frozen.\n"
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="note", language="en")])
    beside = reader.answer("When did the council approve the ferry?", "When did the council approve the ferry?")
    assert "3 May" in beside.text
    assert not any("rests on" in notice for notice in beside.notices)


def test_what_a_document_itself_tells_of_the_asked_speaker_answers_where_they_say_nothing(tmp_path: Path) -> None:
    text = (
        "Velmark announced plans for three new dams on the Sarn. In response, Queen Ida of Norland sent six engineers.\n\n"
        "“The dams are a threat to the harvest,” Ana Ruiz, a farmer, said.\n\nPrince Olof of Norland went to Sarsk in May."
    )
    reader = reader_of(tmp_path / "library", [Document.from_text(text, id="dams", language="en")])
    question = "How did Queen Ida of Norland respond when Velmark announced new dams?"
    told = reader.answer(question, question)
    assert "sent six engineers" in told.text
    assert told.citations[0].statement is None
    assert reader.answer("What did Prince Olof propose?", "What did Prince Olof propose?").status == "not_in_documents"


LETTER = """To: The Secretary, Department of Fisheries
From: Marten Quist, Consul in Halvard
Date: 4 June 1951

I called on Admiral Rosk yesterday. He was frank about the northern fleet. In his view it would leave harbour only if the \
islands themselves were attacked. He added that coal was short. I myself believe that the ministry should send two tugs at once.

M. Quist
"""


def test_the_writer_of_a_letter_tells_what_others_think(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "library", [Document.from_text(LETTER, id="letter", language="en")])
    question = "When would the fleet put to sea, in Admiral Rosk's opinion?"
    told = reader.answer(question, question)
    assert told.status == "answered"
    assert "only if the islands themselves were attacked" in told.text
    assert told.text.startswith("According to Rosk (Admiral), as relayed by Marten Quist:")


def test_no_sentence_is_told_twice(reader: ExtractiveReader) -> None:
    for question in ("What did the ministry say about the ice?", "Who rejected the transfer?", "What is Belgium's position?"):
        told = [sentence.text for sentence in ask(reader, question).sentences]
        assert len(told) == len(set(told))
