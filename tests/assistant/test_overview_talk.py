"""A talk about an overview keeps to its documents, takes another matter or other documents, and ends with another question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parley import Assistant
from parley.assistant import Conversation
from parley.assistant.dialogue.overview_talk import overview_asked
from parley.assistant.question.overview_form import OverviewQuestion
from tests.assistant.test_overview import documents
from tests.fakes import HashingEmbedder

GLASS, LUNE = "documents: “Glass round”", "documents: “Lune bridge”"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("talk") / "library"
    opened = Assistant.open(folder, embedding=HashingEmbedder())
    opened.add_documents(documents())
    (folder / "dossiers.tsv").write_text("Lune bridge\tcommunique\nLune bridge\treport\nGlass round\tclaim\n", encoding="utf-8")
    yield opened
    opened.close()


def cited(assistant: Assistant, *questions: str) -> tuple[set[str], tuple[str, ...]]:
    """The documents that the last answer cites, and what it took from the turns before."""
    chat = assistant.conversation()
    answer = [chat.ask(question) for question in questions][-1]
    return {item.document.id for item in answer.citations}, answer.carried


@pytest.mark.parametrize("question", ["What is agreed?", "And what is open?", "next steps?", "Where do they stand?"])
def test_another_part_is_of_the_same_documents(assistant: Assistant, question: str) -> None:
    assert cited(assistant, "Summarise the glass round", question) == ({"claim"}, (GLASS,))


def test_the_documents_last_as_long_as_the_talk(assistant: Assistant) -> None:
    assert cited(assistant, "Summarise the glass round", "what is agreed?", "thanks", "what comes next?") == ({"claim"}, (GLASS,))


def test_other_documents_are_taken_where_they_are_named(assistant: Assistant) -> None:
    assert cited(assistant, "What is agreed in the glass round?", "And the Lune bridge?")[0] == {"communique"}
    after = cited(assistant, "What is agreed in the glass round?", "And the Lune bridge?", "What is open?")
    assert "claim" not in after[0]
    assert after[1] == (LUNE,)


def test_everything_is_asked_of_everything(assistant: Assistant) -> None:
    documents, carried = cited(assistant, "Summarise the glass round", "What is agreed in all documents?")
    assert {"claim", "communique"} <= documents
    assert carried == ()


def test_a_matter_limits_the_overview_before(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("Where do the parties stand on the Lune bridge?")
    told = chat.ask("And on the night closure?")
    assert told.carried == (LUNE,)
    assert told.citations
    assert all("night closure" in item.quote for item in told.citations)


def test_a_matter_that_no_sentence_names_is_left_to_the_reader(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask("What is agreed in the glass round?")
    told = chat.ask("And on the furnace shifts?")
    assert not any(sentence.heading for sentence in told.sentences)


@pytest.mark.parametrize(
    ("turns", "question", "expected"),
    [
        (["Summarise the port"], "And on pay?", OverviewQuestion(("summary",), "pay", within="port")),
        (["Summarise the port", "And on pay?"], "What is open?", OverviewQuestion(("open",), within="port")),
        (["Summarise the port"], "And Brandt?", None),
        (["What is open?"], "And pay?", None),
        (["Summarise the port", "Who is Brandt?"], "What is open?", OverviewQuestion(("open",))),
    ],
)
def test_what_is_asked_for_after_an_overview(turns: list[str], question: str, expected: OverviewQuestion | None) -> None:
    before = Conversation.from_messages([{"role": "user", "text": turn} for turn in turns])
    assert overview_asked(question, before.turns, lambda about: about == "port") == expected


def test_the_words_that_ask_for_an_overview_are_not_carried(assistant: Assistant) -> None:
    shown = cited(assistant, "Summarise the glass round", "And Moll?")[1]
    assert not any("Summarise" in part or "glass" in part for part in shown)
