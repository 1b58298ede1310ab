"""The whole path with the real model, real FAISS and the sample documents, with no network to fall back on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Assistant, Finished, QuestionError, SearchFilter, Searching, SentenceReady

QUESTIONS = [
    "Who proposed the POW exchange categories?",
    "How many prisoners are to be exchanged?",
    "What did Umerov say about a leaders' meeting?",
    "Which regions did the Russian team demand?",
    "What is the union's wage claim?",
    "Who rejected the offer?",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, talks: Path) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("talks") / "library") as opened:
        report = opened.add(talks)
        assert report.refused == ()
        yield opened


def test_the_network_is_really_blocked() -> None:
    with pytest.raises(AssertionError, match="nothing may leave the machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_every_sample_document_is_in(assistant: Assistant, talks: Path) -> None:
    assert sorted(document.id for document in assistant.documents()) == sorted(path.name for path in talks.iterdir())


def test_the_model_question(assistant: Assistant) -> None:
    """An unnamed official, with the passage; neither the country flatly nor a named minister."""
    answer = assistant.ask("Who proposed the POW exchange categories?")
    assert answer.status in ("answered", "accounts_differ")
    citation = answer.citations[0]
    assert "we suggested" in citation.quote
    assert citation.statement is not None
    assert citation.statement.speaker_kind == "anonymous"
    assert "Turkish official" in (citation.statement.speaker or "")
    assert citation.statement.outlet == "CNN"
    assert "unnamed" in citation.attribution
    assert "Fidan" not in answer.sentences[0].text


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotations_are_slices_and_sentences_rest_on_citations(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    by_marker = {citation.marker: citation for citation in answer.citations}
    assert list(by_marker) == list(range(1, len(by_marker) + 1))
    for citation in (*answer.citations, *answer.nearest):
        assert citation.document.text[citation.start : citation.end] == citation.quote
        assert citation.verified
    for sentence in answer.sentences:
        sources = [by_marker[marker].quote for marker in sentence.markers]
        # One source to a sentence; several may be cited together only where each holds the very words shown.
        for span in sentence.quoted:
            assert all(sentence.text[span.start : span.end] in quote for quote in sources)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_the_same_every_time(assistant: Assistant, question: str) -> None:
    first = assistant.ask(question)
    with Assistant.open(assistant.library.path) as again:
        assert again.ask(question) == first


@pytest.mark.parametrize("question", QUESTIONS)
def test_streaming_adds_up_to_the_answer(assistant: Assistant, question: str) -> None:
    events = list(assistant.stream(question))
    asked = assistant.ask(question)
    assert events[0] == Searching(asked.standalone_question)
    assert events[-1] == Finished(asked)
    ready = [event for event in events if isinstance(event, SentenceReady)]
    assert tuple(event.sentence for event in ready) == asked.sentences
    assert {citation.marker for event in ready for citation in event.citations} <= {
        citation.marker for citation in asked.citations
    }


def test_pages_are_told_where_there_are_pages(assistant: Assistant) -> None:
    hit = next(
        hit for hit in assistant.search("minutes of the third meeting wage", k=30) if hit.passage.document_id.endswith(".pdf")
    )
    assert assistant.document(hit.passage.document_id).page_at(hit.passage.start) is not None


def test_a_filter_keeps_to_the_documents_named(assistant: Assistant) -> None:
    only = SearchFilter(document_ids=("port-minutes-first-meeting.txt",))
    answer = assistant.ask("What was proposed?", filter=only)
    assert {citation.document.id for citation in (*answer.citations, *answer.nearest)} <= {"port-minutes-first-meeting.txt"}


def test_what_the_documents_do_not_hold_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Who piloted the zeppelin over Quebec in 1931?")
    assert answer.abstained
    assert answer.status in ("not_in_documents", "premise_not_found")
    assert answer.citations == ()
    assert any("earched" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("question", "message"), [("", "empty"), (" \n", "empty"), ("why? " * 1000, "5000 characters, the most is 4000")]
)
def test_questions_that_cannot_be_asked(assistant: Assistant, question: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        assistant.ask(question)


def test_suggested_questions_are_answered(assistant: Assistant) -> None:
    suggestions = assistant.suggested_questions(4)
    assert len(set(suggestions)) == 4
    assert sum(assistant.ask(question).abstained for question in suggestions) <= 1
