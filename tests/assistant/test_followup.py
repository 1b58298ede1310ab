"""What a conversation adds to its next question: a value, shown beside the question, and nothing where the matter changes."""

from __future__ import annotations

import pytest

from parley.assistant import Assistant, Conversation
from parley.assistant.dialogue.carried import NOTHING
from parley.assistant.dialogue.understanding import shown_with, understand
from parley.assistant.question.analysis import analyse_question
from parley.assistant.question.follow_up import continued
from parley.index.library import Library
from tests.assistant.texts import documents, library_of


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("library"), documents())


def after(*messages: str) -> Conversation:
    roles = ("user", "assistant")
    return Conversation.from_messages([{"role": roles[number % 2], "text": text} for number, text in enumerate(messages)])


@pytest.mark.parametrize(
    ("earlier", "question", "speaker", "words"),
    [
        ("What did Amsel say about the toll?", "And Brandt?", "Brandt", {"toll"}),
        ("What did Amsel say about the toll?", "No, I meant Brandt", "Brandt", {"toll"}),
        ("What did Amsel say about the toll?", "And what about the ferries?", "Amsel", {"ferries", "toll"}),
        ("What does the union demand?", "And the company?", "company", set()),
        ("When did Amsel offer to pay?", "And on what condition?", None, {"offer", "pay", "amsel"}),
        ("What did Amsel say about the toll?", "And why?", "Amsel", {"toll"}),
        ("Who suggested the ferry timetable categories?", "Which three?", None, {"ferry", "timetable", "categories"}),
        ("How much did wages rise in 2024?", "And in 2025?", None, {"wages", "rise", "2025"}),
        ("When does the lease of the quay end?", "Who signed it?", None, {"lease", "quay", "signed"}),
        ("What kind of toll did Tavia want?", "And Lenia?", "Lenia", {"toll"}),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    earlier: str, question: str, speaker: str | None, words: set[str]
) -> None:
    found = continued(question, analyse_question(earlier), None)
    assert (found.speaker or "").removeprefix("the ") == (speaker or "")
    assert words <= {term.surface.lower() for term in found.terms}


def test_the_replaced_name_is_gone() -> None:
    found = continued("And in Lenia?", analyse_question("How high is the toll in Tavia?"), None)
    assert "Tavia" not in found.names
    assert {"lenia", "toll"} <= {term.surface.lower() for term in found.terms}


def test_a_pronoun_is_whoever_was_heard_last() -> None:
    found = continued("Why did she say that?", analyse_question("Who said the toll would be dropped?"), "Petra Amsel")
    assert found.speaker == "Petra Amsel"
    assert found.kind == "why"


def test_a_paragraph_is_of_the_article_before() -> None:
    found = continued("And paragraph 2?", analyse_question("What does Article 5 of the Lease Treaty say?"), None)
    assert found.provision is not None
    assert [str(item) for item in found.provision.references] == ["Article 5, paragraph 2"]
    assert found.provision.instrument == "Lease Treaty"


@pytest.mark.parametrize(
    "question",
    ["And why?", "To which outlet?", "Why did she say that?", "And Brandt?", "What about the ferries?", "By when?", "Who else?"],
)
def test_a_question_that_leaves_something_out_goes_on(library: Library, question: str) -> None:
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    carried = understand(question, chat.conversation, library)
    assert carried.matter is not None
    assert carried.held[0] == "courier"
    assert carried.earlier == ("Who said the toll would probably be dropped?",)
    assert carried.query.endswith(question)


def test_a_new_matter_takes_nothing_along(library: Library) -> None:
    question = "Which former ambassador called the bridge a toy for ministers on Radio Verin?"
    chat = Assistant(library).conversation()
    chat.ask("Who said the toll would probably be dropped?")
    assert understand(question, chat.conversation, library).matter is None
    assert chat.ask(question).standalone_question == question


def test_without_a_conversation_nothing_is_carried(library: Library) -> None:
    assert understand("And why?", Conversation(), library) == NOTHING


def test_what_was_understood_is_shown_as_added_words(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Petra Amsel say about the toll?")
    answer = chat.ask("And why?")
    assert answer.standalone_question.startswith("Why? (who: Petra Amsel; about: toll; document: “")
    assert answer.carried == ("who: Petra Amsel", "about: toll", "document: “Bridge talks end”")
    assert shown_with("Why?", NOTHING) == "Why?"


def test_the_answers_wording_is_never_carried(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Ivo Brandt say about the meeting?")
    for question in ("And why?", "Since when?", "And the ferries?"):
        shown = shown_with(question, understand(question, chat.conversation, library))
        assert "agreed in principle" not in shown
        assert "4 June" not in shown


def test_thanks_between_two_questions_change_nothing(library: Library) -> None:
    chat = Assistant(library).conversation()
    chat.ask("What did Petra Amsel say about the toll?")
    direct = understand("And why?", chat.conversation, library)
    chat.ask("thanks")
    assert understand("And why?", chat.conversation, library) == direct


def test_two_follow_ups_in_a_row_keep_the_matter(library: Library) -> None:
    conversation = after("What did Amsel say about the toll?", "It will go.", "And Brandt?", "Nothing.")
    carried = understand("And Lind?", conversation, library)
    assert carried.matter is not None
    assert continued("And Lind?", carried.matter, carried.person).speaker == "Lind"
    assert {term.surface for term in carried.matter.terms} == {"toll"}


@pytest.mark.parametrize("question", ["Which outlet reported that, and on what date?", "Where was that printed?", "says who?"])
def test_where_it_was_reported_is_answered_from_the_last_citations(library: Library, question: str) -> None:
    chat = Assistant(library).conversation()
    first = chat.ask("Who said the toll would probably be dropped?")
    answer = chat.ask(question)
    assert "Orla Courier, 8 May 2031" in answer.text
    assert answer.citations[0].document == first.citations[0].document
