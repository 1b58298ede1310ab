"""Questions about the library, answered from its catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from parley.assistant import Assistant
from parley.assistant.question.catalogue_form import catalogue_question
from parley.index.types import Document
from tests.assistant.texts import documents, library_of

MAIL = Document.from_text(
    "The ferries stay open, whatever the Courier writes.",
    id="mail",
    title="Letter on the ferries",
    author="Nora Dahl",
    date=date(2030, 1, 2),
    language="en",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(library_of(tmp_path_factory.mktemp("library"), [*documents(), MAIL]))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many documents are there?", ("4 documents",)),
        ("how many files do you have", ("4 documents",)),
        ("List all documents", ("Bridge talks end", "Delegation denies demand", "Minutes of the fourth session", "Letter on")),
        ("Are there any letters?", ("1 document", "Letter on the ferries")),
        ("What's in the library?", ("Bridge talks end", "Letter on the ferries")),
        ("show me the documents from the Orla Courier", ("1 document", "Bridge talks end")),
        ("Which documents are from 2030?", ("1 document", "Letter on the ferries")),
        ("Which is the newest document?", ("Delegation denies demand",)),
        ("what's the oldest document", ("Letter on the ferries",)),
        ("Which document was added last?", ("Letter on the ferries",)),
        ("Who wrote the letter on the ferries?", ("Nora Dahl",)),
        ("Who wrote the minutes of the fourth session?", ("No author is stated",)),
        ("What is the date of the letter on the ferries?", ("2 January 2030",)),
        ("Which documents mention Oskar Lind?", ("1 document mentions", "Delegation denies demand")),
        ("which papers talk about ferries?", ("Bridge talks end", "Letter on the ferries")),
        ("Which documents mention Ruritania?", ("0 documents mention",)),
        ("What languages are the documents in?", ("en (4)",)),
        ("Who speaks most?", ("statements",)),
        ("What period do the documents cover?", ("From 2 January 2030 to 9 May 2031",)),
    ],
)
def test_the_catalogue_answers(assistant: Assistant, question: str, told: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    for words in told:
        assert words in answer.text
    assert "From the catalogue of 4 documents." in answer.notices


def test_each_document_listed_is_cited_by_its_own_words(assistant: Assistant) -> None:
    answer = assistant.ask("List all documents")
    assert [item.document.id for item in answer.citations] == ["courier", "gazette", "minutes", "mail"]
    assert all(item.document.text[item.start : item.end] == item.quote for item in answer.citations)


def test_a_document_that_mentions_somebody_is_cited_where_it_does(assistant: Assistant) -> None:
    (citation,) = assistant.ask("Which documents mention Oskar Lind?").citations
    assert "Oskar Lind" in citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "Who called the bridge a toy?",
        "What did Brandt say about the meeting?",
        "Which ferries should close?",
        "When was the bridge built?",
        "How many cars use the bridge?",
        "Who wrote to the envoy?",
        "When was the treaty signed?",
        "Was the agreement signed?",
        "Who signed the contract?",
        "What does the report cover?",
        "Is it in the draft?",
    ],
)
def test_a_question_about_what_documents_say_is_none(question: str) -> None:
    assert catalogue_question(question) is None


def test_a_description_that_fits_no_document_is_searched_for(assistant: Assistant) -> None:
    answer = assistant.ask("Which document sets the toll for lorries?")
    assert "catalogue" not in " ".join(answer.notices)
