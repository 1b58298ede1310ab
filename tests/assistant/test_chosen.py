"""After "I meant the other one", a reply names one of the passages that were listed, by its number, speaker or outlet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from parley import Assistant, Document
from parley.assistant.chat import Chat
from tests.fakes import HashingEmbedder

POST = "The envoy Ana Lind offered a toll of two crowns at the bridge, the ministry said.\n"
COURIER = "The envoy Ana Lind offered a toll of four crowns at the bridge, said the mayor Ivo Brandt.\n"
LEDGER = "The envoy Ana Lind offered a toll of six crowns at the bridge, said the pilot Eva Toll.\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path_factory.mktemp("chosen") / "library", embedding=HashingEmbedder())
    opened.add_documents(
        [
            Document.from_text(text, id=outlet.lower(), title=f"Toll talks {day}", outlet=outlet, date=date(2031, 5, day))
            for day, (outlet, text) in enumerate([("Post", POST), ("Courier", COURIER), ("Ledger", LEDGER)], start=1)
        ]
    )
    yield opened
    opened.close()


def asked_back(assistant: Assistant) -> Chat:
    chat = assistant.conversation()
    chat.ask("What toll did Lind offer at the bridge?")
    chat.ask("I meant the other one")
    return chat


def listed(chat: Chat) -> list[str]:
    answer = chat.conversation.turns[-1].answer
    assert answer is not None
    return [item.document.id for item in answer.nearest]


@pytest.mark.parametrize("reply", ["the second one", "2", "number 2 please", "no, the second", "I meant the second one"])
def test_a_number_names_one_of_the_list(assistant: Assistant, reply: str) -> None:
    chat = asked_back(assistant)
    offered = listed(chat)
    assert len(offered) > 1
    answer = chat.ask(reply)
    assert [item.document.id for item in answer.citations] == [offered[1]]
    assert answer.standalone_question == "What toll did Lind offer at the bridge?"


@pytest.mark.parametrize(
    "reply", ["the Courier", "Courier please", "I meant the Courier", "no, the one in the Courier", "Ivo Brandt"]
)
def test_a_name_names_one_of_the_list(assistant: Assistant, reply: str) -> None:
    chat = asked_back(assistant)
    answer = chat.ask(reply)
    assert {item.document.id for item in answer.citations} == {"courier"}


def test_the_list_is_numbered_and_the_last_one_is_its_last(assistant: Assistant) -> None:
    chat = asked_back(assistant)
    told = chat.conversation.turns[-1].answer_text
    assert "(1) " in told
    assert "(2) " in told
    assert [item.document.id for item in chat.ask("the last one").citations] == listed(asked_back(assistant))[-1:]


@pytest.mark.parametrize("reply", ["the ninth one", "the Gazette", "What did Brandt say about the harbour?", "thanks"])
def test_what_names_none_of_the_list_is_a_message_of_its_own(assistant: Assistant, reply: str) -> None:
    answer = asked_back(assistant).ask(reply)
    assert answer.standalone_question != "What toll did Lind offer at the bridge?"


def test_the_talk_goes_on_from_the_question_that_was_asked(assistant: Assistant) -> None:
    chat = asked_back(assistant)
    chat.ask("the Courier")
    assert chat.ask("And when?").carried != ()


def test_a_list_is_bound_to_the_next_message_alone(assistant: Assistant) -> None:
    chat = asked_back(assistant)
    chat.ask("thanks")
    assert chat.ask("the second one").standalone_question != "What toll did Lind offer at the bridge?"
