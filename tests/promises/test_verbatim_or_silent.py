"""Every quotation shown is a slice of a stored document, and the stored text is the one that was added."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Answer, Assistant, Document
from tests.promises.documents import QUESTIONS, UNANSWERABLE


@pytest.mark.parametrize("question", [*QUESTIONS, *UNANSWERABLE])
def test_every_quotation_is_a_slice_of_a_stored_document(lake: Assistant, answers: dict[str, Answer], question: str) -> None:
    answer = answers[question]
    for shown in (*answer.citations, *answer.nearest):
        assert shown.quote
        # The library's text, not the citation's own copy.
        assert lake.document(shown.document.id).text[shown.start : shown.end] == shown.quote


@pytest.mark.parametrize("question", [*QUESTIONS, *UNANSWERABLE])
def test_words_marked_as_quoted_stand_in_a_document_that_the_sentence_cites(answers: dict[str, Answer], question: str) -> None:
    answer = answers[question]
    texts = {citation.marker: citation.document.text for citation in answer.citations}
    for sentence in answer.sentences:
        for span in sentence.quoted:
            words = sentence.text[span.start : span.end]
            assert any(words in texts[marker] for marker in sentence.markers), words


def test_there_is_something_to_promise(answers: dict[str, Answer]) -> None:
    quoted = [question for question in QUESTIONS if answers[question].citations and not answers[question].abstained]
    assert len(quoted) >= len(QUESTIONS) / 2


def test_the_stored_text_is_the_one_that_was_added(tmp_path: Path, fake_embedder: object) -> None:
    text = "Envoy Orsk said: “The weir — our weir — stays.”\r\n\r\n\tIt’s\u00a0the 3rd\u2009draft; nothing\u200b else was said.\n"
    added = Document.from_text(text, id="letter")
    with Assistant.open(tmp_path / "library", embedding=fake_embedder) as assistant:  # type: ignore[arg-type]
        assistant.add_documents([added])
    with Assistant.open(tmp_path / "library", embedding=fake_embedder, create=False) as again:  # type: ignore[arg-type]
        assert again.document("letter").text == text
        assert again.document("letter").sha256 == added.sha256


def test_a_quotation_that_is_not_there_is_not_approved(lake: Assistant) -> None:
    assert lake.check_quote("We have counted the nets twice").verdict == "exact"
    for altered in ("We have counted the boats twice", "We have never counted the nets twice", "The nets were counted by Norns"):
        assert lake.check_quote(altered).verdict not in ("exact", "same_words"), altered
