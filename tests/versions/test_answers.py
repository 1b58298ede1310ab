"""Questions about versions are answered from a comparison, in the words of both, and questions about anything else are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley.assistant import Answer, Assistant, SearchFilter
from parley.assistant.question.version_form import version_question
from tests.versions.ferry import ferry_library


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with ferry_library(tmp_path_factory.mktemp("library")) as opened:
        yield opened


def _sources(answer: Answer) -> list[str]:
    return [citation.document.id for citation in answer.citations]


def test_a_change_is_told_with_the_words_of_both_and_the_older_version_first(assistant: Assistant) -> None:
    answer = assistant.ask("What changed in Article 2 between the drafts?")
    fares = "1. Fares are fixed by the Commission for periods of not less than"
    told = f"Article 2, paragraph 1: “{fares} [N: two] [S: five] years.” became “{fares} five years.”"
    assert [sentence.text for sentence in answer.sentences] == [told]
    assert _sources(answer) == ["second", "third"]
    assert all(citation.verified for citation in answer.citations)
    marked = [answer.sentences[0].text[span.start : span.end] for span in answer.sentences[0].marked]
    assert marked == ["[N: two] [S:", "]"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "What did the third draft add?",
            "Article 4: added: “Article 4. Mail\n\nEach vessel carries the mail of both",
        ),
        ("Which article is new in the latest version?", "Article 4: added: “Article 4. Mail"),
        ("What was dropped from Article 3 in the new draft?", "except in an emergency.” became “"),
        ("Was anything renumbered between the two versions?", "Article 4 is now Article 5"),
        ("Which brackets are gone?", "Article 2, paragraph 1: “[N: two]” is gone."),
        ("Have any square brackets been resolved?", "“[S: five]” now stands without brackets: “five”"),
        ("How do the second and the third draft differ on night crossings?", "except in an emergency.” became"),
        ("Did the mail provision exist in the previous draft, or was it added in the third draft?", "free of charge"),
    ],
)
def test_the_kind_of_change_asked_for_is_told(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert told in answer.text, answer.text
    assert answer.status == "answered"


def test_whose_an_option_is_comes_with_what_the_sign_means(assistant: Assistant) -> None:
    answer = assistant.ask("Who wanted option B?")
    assert "is marked “S”; “[N] marks a proposal of Norland, [S] one of Sudland.”" in answer.text
    assert _sources(answer) == ["third", "third"], "the newest draft that has it"


def test_what_did_not_change_is_said_not_to_have(assistant: Assistant) -> None:
    answer = assistant.ask("What changed in Article 1 between the drafts?")
    assert answer.sentences[0].text == "Nothing changed between the two versions in Article 1."


def test_a_conversation_goes_on_to_another_article(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("What changed in Article 2 between the drafts?")
    assert "except in an emergency.” became" in chat.ask("And in Article 3?").text


@pytest.mark.parametrize(
    "question",
    [
        "What changed in the past ten years?",
        "How did Norland's position change in May?",
        "What did Norland add?",
        "Who said fares had changed?",
        "What does Article 3 say?",
        "Who drafted the convention?",
        "When was the new agreement signed?",
    ],
)
def test_other_questions_about_change_are_no_questions_about_versions(question: str) -> None:
    assert version_question(question) is None


def test_versions_are_found_and_put_in_order(assistant: Assistant) -> None:
    assert [[entry.id for entry in group.entries] for group in assistant.versions()] == [["second", "third"]]
    assert assistant.compare("second", "third").kept > 0.9


def test_without_versions_the_documents_are_asked_as_always(assistant: Assistant) -> None:
    answer = assistant.ask("What changed between the drafts?", filter=SearchFilter(document_ids=("note",)))
    assert not any(notice.startswith("Compared") for notice in answer.notices)
