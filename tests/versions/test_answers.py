"""Questions about versions are answered from a comparison, in the words of both, and questions about anything else are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parley.assistant import Answer, Assistant, Document, SearchFilter
from parley.assistant.question.version_form import version_question
from tests.fakes import HashingEmbedder
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
        "What does the amended agreement say about overtime?",
        "Does the new contract raise wages?",
        "Which changes to the draft did Sudland reject?",
        "Who amended the draft?",
        "Why was Article 5 changed?",
    ],
)
def test_other_questions_about_change_are_no_questions_about_versions(question: str) -> None:
    assert version_question(question) is None


STATEMENTS = {
    "Ister": "The two delegations met in Ister. They will lower the toll on grain to 20 crowns from 1 June. They will meet "
    "again in three months. Each side thanks the host city for its welcome and for the quiet rooms in which the talks were held.",
    "Dorn": "The two delegations met in Dorn. They will lower the toll on grain to 10 crowns from 1 September. They will meet "
    "again in a year. Norland buys coal from the northern mines. Sudland opens the lower lock to barges of every flag and size.",
}


def test_two_texts_that_a_question_names_need_share_less(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents(
            Document.from_text(text, id=city, title=f"Joint statement of {city}", date=date(2031, 5 + number, 2))
            for number, (city, text) in enumerate(STATEMENTS.items())
        )
        answer = opened.ask("How do the Ister and Dorn statements differ on the toll?")
        assert "20 crowns from 1 June" in answer.text
        assert "10 crowns from 1 September" in answer.text
        assert opened.versions() == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What has been altered in the revised text?", "changes"),
        ("Where do the two drafts diverge?", "changes"),
        ("How was Article 12 reworded?", "changes"),
        ("What was corrected in the statement?", "changes"),
        ("Were any provisions cut from the second draft?", "deleted"),
        ("Anything new in the final text on fares?", "added"),
        ("What is no longer bracketed?", "brackets_gone"),
        ("Are there still brackets in the text?", "brackets_left"),
        ("Which words are newly bracketed?", "brackets_new"),
        ("Who backs alternative B?", "owner"),
    ],
)
def test_questions_about_versions_are_known_in_any_wording(question: str, kind: str) -> None:
    found = version_question(question)
    assert found is not None
    assert found.asked == kind


def test_versions_are_found_and_put_in_order(assistant: Assistant) -> None:
    assert [[entry.id for entry in group.entries] for group in assistant.versions()] == [["second", "third"]]
    assert assistant.compare("second", "third").kept > 0.9


def test_without_versions_the_documents_are_asked_as_always(assistant: Assistant) -> None:
    answer = assistant.ask("What changed between the drafts?", filter=SearchFilter(document_ids=("note",)))
    assert not any(notice.startswith("Compared") for notice in answer.notices)
