"""The evidence for words of an answer: always a place in a document, or plainly none."""

from __future__ import annotations

import pytest

from parley import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.word_evidence import WordEvidence, find_word_evidence
from parley.index.library import Library
from tests.assistant.texts import documents, library_of


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("words") / "library", documents())


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    question = "What did Amsel say about the toll?"
    return ExtractiveReader(library).answer(question, question)


def pointed_out(found: WordEvidence) -> list[list[str]]:
    """The words at the spans of each place; every span lies in its document."""
    places = found.places
    for place in places:
        text = place.citation.document.text
        assert text[place.citation.start : place.citation.end] == place.citation.quote
        assert all(0 <= span.start < span.end <= len(text) for span in place.spans)
    return [[place.citation.document.text[span.start : span.end] for span in place.spans] for place in places]


def test_every_run_of_quoted_words_leads_to_itself_in_the_document(library: Library, answer: Answer) -> None:
    followed = 0
    for sentence in answer.sentences:
        for start, end in sentence.quoted:
            for cut in range(start, end - 5, 7):
                words = sentence.text[cut:end].strip()
                found = find_word_evidence(library, words, answer)
                assert found.ground == "quoted"
                assert pointed_out(found)[0] == [words]
                followed += 1
    assert followed > 3


def test_the_answers_own_words_lead_to_the_clause_that_says_who_spoke(library: Library, answer: Answer) -> None:
    sentence = next(item for item in answer.sentences if item.quoted and item.quoted[0].start > 0)
    own = sentence.text[: sentence.quoted[0].start].strip(" “:")
    found = find_word_evidence(library, own, answer)
    assert found.ground == "attribution"
    assert any("amsel" in words.lower() for words in pointed_out(found)[0])


def test_words_that_the_answer_does_not_cite_are_found_elsewhere(library: Library, answer: Answer) -> None:
    found = find_word_evidence(library, "it was built in 1987", answer)
    assert found.ground == "elsewhere"
    assert pointed_out(found) == [["It was built in 1987"]]


def test_words_that_stand_nowhere_show_what_they_share_with_the_nearest(library: Library) -> None:
    found = find_word_evidence(library, "the bridge carries 15,000 lorries")
    assert found.ground == "near"
    nearest = pointed_out(found)[0]
    assert "bridge" in nearest
    assert "carries" in nearest
    assert all("lorries" not in words for words in nearest)


@pytest.mark.parametrize("words", ["", "  ", "…?!", "zyxomma quixotry"])
def test_words_without_any_evidence_have_none(library: Library, answer: Answer, words: str) -> None:
    assert find_word_evidence(library, words, answer) == WordEvidence(words.strip(), "nothing", ())
