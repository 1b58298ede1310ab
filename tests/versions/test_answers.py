"""Questions about versions are answered from a comparison, in the words of both, and questions about anything else are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parley.assistant import Answer, Assistant, Document
from parley.assistant.question.version_form import version_question
from tests.fakes import HashingEmbedder

SECOND = """\
Draft Convention on the Ferry Lines of the Sound

Second draft, 2 May 2031. Text in square brackets is not agreed. [N] marks a proposal of Norland, [S] one of Sudland.

Article 1. Lines

The ferry lines between Ister and Dorn are open to the vessels of both Parties on equal terms throughout the year.

Article 2. Fares

1. Fares are fixed by the Commission for periods of not less than [N: two] [S: five] years.

2. Residents of the islands pay half the fare on every line.

Article 3. Night crossings

No vessel crosses the Sound between midnight and five in the morning except in an emergency.

Article 4. Disputes

Option A [N]: A dispute about fares goes to a court of arbitration chosen by lot.

Option B [S]: A dispute about fares goes to the two ministers of transport.
"""

THIRD = (
    SECOND.replace("Second draft, 2 May 2031", "Third draft, 9 June 2031")
    .replace("[N: two] [S: five] years", "five years")
    .replace(
        "Article 4. Disputes",
        "Article 4. Mail\n\nEach vessel carries the mail of both Parties free of charge.\n\nArticle 5. Disputes",
    )
    .replace(" except in an emergency", "")
)
NOTE = "The ministers met in Ister on 4 May 2031. Norland's minister said fares had changed too often in the past ten years."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("library")
    with Assistant.open(folder, embedding=HashingEmbedder()) as opened:
        opened.add_documents(
            [
                Document.from_text(THIRD, id="third", title="Ferry convention, third draft", date=date(2031, 6, 9)),
                Document.from_text(SECOND, id="second", title="Ferry convention, second draft", date=date(2031, 5, 2)),
                Document.from_text(NOTE, id="note", title="Desk note", date=date(2031, 5, 4)),
            ]
        )
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
    from parley.assistant import SearchFilter

    answer = assistant.ask("What changed between the drafts?", filter=SearchFilter(document_ids=("note",)))
    assert not any(notice.startswith("Compared") for notice in answer.notices)
