"""Questions about the library, answered from its catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parley.assistant import Assistant
from parley.assistant.question.catalogue_form import catalogue_question
from parley.index.types import Document, SearchFilter
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
        ("From which period are the documents?", ("From 2 January 2030 to 9 May 2031",)),
        ("Show me all documents from May 2031", ("2 documents", "Bridge talks end", "Delegation denies demand")),
        ("Show me all documents from June 2031", ("0 documents (from June 2031)",)),
        ("Which papers are dated after January 2031?", ("2 documents", "Bridge talks end", "Delegation denies demand")),
        ("How many documents are undated?", ("1 document", "Minutes of the fourth session")),
        ("Which documents have no date?", ("1 document", "Minutes of the fourth session")),
        ("List everything by Nora Dahl", ("1 document", "Letter on the ferries")),
        ("Do you have anything from the Orla Courier?", ("1 document", "Bridge talks end")),
        ("Anything from the Orla Courier?", ("1 document", "Bridge talks end")),
        ("which documents come from the Orla Courier", ("1 document", "Bridge talks end")),
        ("papers by Nora Dahl", ("1 document", "Letter on the ferries")),
        ("How old are these documents?", ("From 2 January 2030 to 9 May 2031",)),
        ("Who wrote the most documents?", ("1 author", "Nora Dahl: 1 document")),
        ("What documents did Oskar Lind write?", ("No document names Oskar Lind as its author",)),
        ("Who are the authors?", ("1 author", "Nora Dahl: 1 document", "3 documents without a stated author")),
        ("Which outlets are represented?", ("2 outlets", "Orla Courier", "Tavian Gazette")),
        ("Who is the author of the letter on the ferries?", ("Nora Dahl",)),
        ("When was the letter on the ferries written?", ("2 January 2030",)),
        ("Which documents quote Oskar Lind?", ("1 document quotes", "Delegation denies demand")),
        ("How many statements does Brandt make?", ("of Brandt in 2 documents", "Bridge talks end")),
        ("Is there anything about lights in the library?", ("1 document mentions", "Minutes of the fourth session")),
        ("Who is quoted most often in the gazette documents?", ("Lind: 1 statement",)),
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


@pytest.mark.parametrize(
    "question",
    ["Which papers cite the treaty of Verin?", "List the agreements by the parties", "Is there anything about lights?"],
)
def test_what_only_looks_like_a_question_about_the_library_is_searched_for(assistant: Assistant, question: str) -> None:
    assert "catalogue" not in " ".join(assistant.ask(question).notices)


def test_only_the_documents_chosen_are_listed(assistant: Assistant) -> None:
    chosen = SearchFilter(document_ids=("courier", "mail"))
    assert "2 documents" in assistant.ask("List all documents", filter=chosen).text
    assert "1 document " in assistant.ask("Which documents are from 2030?", filter=chosen).text
    assert "0 documents" in assistant.ask("Which documents mention Oskar Lind?", filter=chosen).text


def test_the_oldest_report_is_one_by_its_kind_not_by_its_file(tmp_path: Path) -> None:
    texts = [
        Document.from_text("The toll goes, Amsel said.", id="a", title="Toll goes", date=date(2030, 1, 2)),
        Document.from_text("Dear Ms Lind, the toll stays.", id="report", title="To Ms Lind", date=date(2029, 1, 2)),
    ]
    texts = [replace(text, genre=genre) for text, genre in zip(texts, ("news", "letter"), strict=True)]
    answer = Assistant(library_of(tmp_path, texts)).ask("Which is the oldest report?")
    assert "Toll goes" in answer.text


def test_a_description_that_fits_no_document_is_searched_for(assistant: Assistant) -> None:
    answer = assistant.ask("Which document sets the toll for lorries?")
    assert "catalogue" not in " ".join(answer.notices)
