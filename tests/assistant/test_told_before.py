"""What a turn was told, as the next question is read and searched with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.assistant import Conversation
from parley.assistant.answer import Answer, AnswerSentence
from parley.assistant.dialogue.conversation import Turn
from parley.assistant.dialogue.told_before import MOST_WORDS, asked_and_told
from parley.assistant.dialogue.understanding import understand
from parley.index.library import Library
from parley.index.types import Document, Span
from tests.assistant.texts import library_of
from tests.eval.build import BULLETIN, GAZETTE, citation

MINUTES = Document.from_text(
    "The chair opened the meeting at nine.\n\nThe harbour board chose Ane Holm as its envoy to the ferry talks.\n\n"
    "The clerk read the list of those present.\n\nHolm resigned in March and now teaches navigation.",
    id="minutes",
    title="Minutes of the harbour board",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("library"), [MINUTES])


def told(words: str, *, status: str = "answered") -> Turn:
    text = f"The board chose {words}."
    span = Span(text.index(words), text.index(words) + len(words))
    sentence = AnswerSentence(text, (2, 1), (Span(0, len(text)),), (span,))
    cited = (citation(BULLETIN, "Envoy Lind"), citation(GAZETTE, "Nobody was named.", marker=2))
    answer = Answer("Who is the envoy?", "Who is the envoy?", (sentence,), cited, status)  # type: ignore[arg-type]
    return Turn(answer.question, answer.question, answer, answer.text)


def test_a_question_is_shown_with_the_words_that_answered_it() -> None:
    assert asked_and_told(told("Ane Holm")) == "Who is the envoy? Ane Holm"
    assert asked_and_told(told("Ane Holm", status="not_in_documents")) == "Who is the envoy?"
    assert asked_and_told(Turn("Who is the envoy?", "Who is the envoy?", None, "Ane Holm.")) == "Who is the envoy?"


def test_of_a_long_answer_the_beginning_is_shown() -> None:
    words = " ".join(f"word{number}" for number in range(30))
    assert asked_and_told(told(words)).split()[-1] == f"word{MOST_WORDS - 1}"


def test_what_was_told_is_read_and_searched_with_the_next_question(library: Library) -> None:
    conversation = Conversation((replace(told("Ane Holm"), question="Whom did the board choose for the ferry talks?"),))
    carried = understand("Is she still in office?", conversation, library)
    assert carried.earlier == ("Whom did the board choose for the ferry talks? Ane Holm",)
    assert carried.beside == "Ane Holm"
    assert "Ane Holm" not in carried.query
