"""What a conversation answers to moves: the last answer in another shape, or a remark without a citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant import Assistant, Conversation, Document
from tests.assistant.texts import documents, library_of

ASKED = "What did Ivo Brandt say about meeting again?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(library_of(tmp_path_factory.mktemp("library"), documents()))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("thanks!", "You are welcome."),
        ("ok great", "Good."),
        ("are you sure?", "compared again with Orla Courier, 8 May 2031"),
        ("I don't understand", "quotation from Orla Courier"),
        ("that's wrong", "may not be what you asked for"),
        ("no, the other one", "Which one do you mean?"),
        ("never mind", "dropped"),
    ],
)
def test_a_remark_is_replied_to_without_a_citation(assistant: Assistant, message: str, told: str) -> None:
    chat = assistant.conversation()
    chat.ask(ASKED)
    answer = chat.ask(message)
    assert told in answer.text
    assert (answer.status, answer.citations) == ("conversational", ())


@pytest.mark.parametrize("message", ["hello", "thanks", "shorter", "what can you do?"])
def test_remarks_before_any_question(assistant: Assistant, message: str) -> None:
    assert assistant.ask(message).status == "conversational"


def test_repeating_gives_the_same_answer(assistant: Assistant) -> None:
    chat = assistant.conversation()
    first = chat.ask(ASKED)
    again = chat.ask("say that again, please")
    assert (again.text, again.citations, again.question) == (first.text, first.citations, "say that again, please")


def test_a_conversation_taken_over_as_text_is_answered_anew(assistant: Assistant) -> None:
    taken = Conversation.from_messages([{"role": "user", "text": ASKED}, {"role": "assistant", "text": "He spoke of Hask."}])
    assert assistant.ask("once more", conversation=taken).citations == assistant.ask(ASKED).citations


def test_what_follows_and_what_stands_around(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask(ASKED)
    following = chat.ask("go on")
    assert "a toy for ministers" in following.text
    assert all(item.document.text[item.start : item.end] == item.quote for item in following.citations)
    chat.ask(ASKED)
    around = chat.ask("tell me more")
    assert "demanded that Lenia close three ferries" in around.text
    assert "a toy for ministers" in around.text
    assert "4 June 2031" in around.text


def test_the_exact_words_are_the_cited_passage(assistant: Assistant) -> None:
    chat = assistant.conversation()
    chat.ask(ASKED)
    whole = "Tavia's envoy Ivo Brandt said the two sides agreed in principle to meet again in Hask on 4 June 2031."
    assert f"“{whole}”" in chat.ask("show me the exact words").text


def test_shorter_keeps_the_first_sentence(assistant: Assistant) -> None:
    chat = assistant.conversation()
    first = chat.ask("What did Petra Amsel say?")
    short = chat.ask("shorter")
    assert len(short.text) <= len(first.text)
    assert short.citations[0].document.id == first.citations[0].document.id
    assert len(short.citations) == 1


def test_shorter_keeps_who_said_it_and_the_words_that_answer(tmp_path: Path) -> None:
    port = (
        "In his time, Istrin said, the port had been prepared to offer lower dues to four of the pilots in the dry season, "
        "but the offer was never put on paper."
    )
    chat = Assistant(library_of(tmp_path / "library", [Document.from_text(port, id="port", title="The port")])).conversation()
    chat.ask("What did the port offer?")
    assert "Istrin said, the port had been prepared to offer lower dues" in chat.ask("shorter").text


def test_shorter_keeps_one_sentence_of_each_part_of_an_overview(assistant: Assistant) -> None:
    chat = assistant.conversation()
    whole = chat.ask("Summarise the talks on the Orla bridge")
    short = chat.ask("shorter")
    headings = [item.text for item in whole.sentences if item.heading]
    assert len(headings) > 1
    assert [item.text for item in short.sentences if item.heading] == headings
    assert len(short.sentences) == 2 * len(headings)
    assert {marker for item in short.sentences for marker in item.markers} == {item.marker for item in short.citations}


@pytest.mark.parametrize("message", ["go on", "tell me more"])
def test_after_a_refusal_what_came_nearest_is_told(assistant: Assistant, message: str) -> None:
    chat = assistant.conversation()
    refused = chat.ask("What does the harbour master demand about the ferries?")
    assert refused.abstained
    told = chat.ask(message)
    assert told.status == refused.status
    assert told.citations
    assert all(item.document.text[item.start : item.end] == item.quote for item in told.citations)


def test_thanks_do_not_hide_the_question_before(assistant: Assistant) -> None:
    chat = assistant.conversation()
    first = chat.ask(ASKED)
    chat.ask("thanks")
    assert chat.ask("repeat that").text == first.text


def test_a_translation_is_declined(assistant: Assistant) -> None:
    answer = assistant.ask("Translate what Brandt said into French")
    assert answer.status == "out_of_scope"
    assert "does not translate" in answer.text
