"""Follow-up questions completed from the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.followup import rewrite
from parley.assistant.dialogue.followup_search import context_query
from tests.assistant.texts import reader_of


def after(*messages: str) -> Conversation:
    roles = ("user", "assistant")
    return Conversation.from_messages([{"role": roles[number % 2], "text": text} for number, text in enumerate(messages)])


@pytest.mark.parametrize(
    ("earlier", "question", "standalone"),
    [
        ("What did Amsel say about the toll?", "And Brandt?", "What did Brandt say about the toll?"),
        ("What did Amsel say about the toll?", "And what about the ferries?", "What did Amsel say about the ferries?"),
        (
            "In the Orla Courier report of 8 May 2031, what did Amsel say about the toll?",
            "And what about the ferries?",
            "In the Orla Courier report of 8 May 2031, what did Amsel say about the ferries?",
        ),
        ("What did Amsel say about the toll?", "No, I meant Brandt", "What did Brandt say about the toll?"),
        ("What did Amsel say about the toll?", "in her own words?", "What did Amsel say about the toll, in their own words?"),
        ("What is the union's latest wage figure?", "And the company's?", "What is the company's latest wage figure?"),
        ("When did Amsel offer to pay?", "And on what condition?", "On what condition did Amsel offer to pay?"),
        ("What did Amsel say about the toll?", "And why?", "Why did Amsel say that about the toll?"),
        ("Why wasn't the treaty signed, according to Tavia?", "And why?", "Why wasn't the treaty signed, according to Tavia?"),
        (
            "Who suggested the ferry timetable categories?",
            "What were the three categories?",
            "What were the three categories, concerning the ferry timetable categories?",
        ),
        (
            "Who said Tavia demanded that Lenia close three ferries?",
            "Which ferries?",
            "Which ferries, concerning Tavia demanded that Lenia close three ferries?",
        ),
        (
            "What did Amsel say about the toll?",
            "Which outlet reported that, and on what date?",
            "Which outlet reported, and on what date, that Amsel said something about the toll?",
        ),
    ],
)
def test_what_is_carried_over(earlier: str, question: str, standalone: str) -> None:
    found = rewrite(question, after(earlier, "Some answer."))
    assert found.standalone == standalone
    assert found.changed == (standalone != question)


def test_the_source_of_a_quotation() -> None:
    found = rewrite("Which outlet reported that, and on what date?", after('Who said, "We will pay"?', "Petra Amsel said that."))
    assert found.standalone == "Which outlet reported, and on what date, that Petra Amsel said: “We will pay”?"
    assert "speaker: Petra Amsel" in found.carried


@pytest.mark.parametrize(
    "question", ["When was the Orla bridge built?", "What did Ivo Brandt say about Hask?", "Who is Karel Nym?"]
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    found = rewrite(question, after("What did Amsel say about the toll?", "Amsel said no."))
    assert (found.standalone, found.carried, found.changed) == (question, (), False)


def test_without_a_conversation_nothing_changes() -> None:
    assert rewrite("And why?", Conversation()).standalone == "And why?"


def test_a_pronoun_takes_the_speaker_of_the_cited_statement(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "library")
    asked = "Who said the toll would probably be dropped?"
    conversation = Conversation().with_answer(reader.answer(asked, asked))
    assert rewrite("Why did she say it?", conversation).standalone.startswith("Why did Petra Amsel say")


def test_the_answers_wording_is_never_carried(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "library")
    asked = "What did Ivo Brandt say about the meeting?"
    answer = reader.answer(asked, asked)
    for question in ("And why?", "Since when?", "in his own words?", "who reported it?", "And the ferries?"):
        standalone = rewrite(question, Conversation().with_answer(answer)).standalone
        assert "agreed in principle" not in standalone
        assert "4 June" not in standalone


@pytest.mark.parametrize(
    ("messages", "question", "standalone"),
    [
        (
            ("What happened in Hask?", "Lena Varga said she wanted a longer pause. Varga spoke in Orla."),
            "Where did she speak next?",
            "Where did Lena Varga speak next?",
        ),
        (
            ("Who chaired the second round?", "It was chaired by Tomas Rehm, who was born in Hask. Rehm said it went well."),
            "What was his reason?",
            "What was Tomas Rehm's reason?",
        ),
        (("When did the panel meet?", "In May."), "What did they decide?", "What did the panel decide?"),
        (("Where is it?", "In Orla, near the coast."), "What did he think?", "What did he think?"),
        (
            ("Who supports the levy?", "Lena Varga said she supports it."),
            "Who else supports the levy?",
            "Who else supports the levy, besides Lena Varga?",
        ),
    ],
)
def test_names_of_the_conversation_take_the_place_of_pronouns(messages: tuple[str, ...], question: str, standalone: str) -> None:
    assert rewrite(question, after(*messages)).standalone == standalone


@pytest.mark.parametrize(
    "question",
    [
        "How many members will the joint commission have?",
        "Where will the harbour commission have its seat?",
        "When did tavia withdraw its fifteen year proposal?",
        "What did the council offer in its written reply?",
        "When was the last strike and how long did it last?",
        "Who took the minutes of the first meeting?",
        "Have the two sides committed to another meeting?",
        "Who spoke of direct negotiations?",
        "Is the weekly exchange of gauge data agreed?",
    ],
)
def test_a_question_of_another_matter_takes_nothing_along(tmp_path: Path, question: str) -> None:
    reader = reader_of(tmp_path / "library")
    asked = "Who said the toll would probably be dropped?"
    assert rewrite(question, Conversation().with_answer(reader.answer(asked, asked))).standalone == question


def test_who_else_leaves_aside_the_speakers_that_were_cited(tmp_path: Path) -> None:
    reader = reader_of(tmp_path / "library")
    asked = "Who said the toll would probably be dropped?"
    conversation = Conversation().with_answer(reader.answer(asked, asked))
    assert rewrite("Who else spoke of the toll?", conversation).standalone == "Who else spoke of the toll, besides Petra Amsel?"


def test_a_follow_up_is_searched_with_the_last_turn_and_a_new_matter_without() -> None:
    conversation = after("What did Amsel say about the toll?", "Amsel said the toll would be dropped.")
    assert context_query("And why?", conversation).startswith("And why? What did Amsel say about the toll?")
    assert context_query("What did Ivo Brandt say about fishing?", conversation) == ""
    assert context_query('Who said "we will pay"?', conversation) == ""
    assert context_query("And why?", Conversation()) == ""
