"""Asking a question set, one question after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from parley import Answer, Conversation, Document, Hit
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.retrieval import SEARCH_DEPTH, rank_documents
from parley.eval.sets.gold import GoldResolver
from parley.eval.sets.question_set import Question
from parley.index.errors import QuestionError


class AnsweringAssistant(Protocol):
    """What the eval suite needs of an assistant."""

    def ask(self, question: str, *, conversation: Conversation | None = None) -> Answer:
        """Answer a question, after an earlier conversation if one is given."""

    def search(self, query: str, *, k: int = 10, conversation: Conversation | None = None) -> list[Hit]:
        """Passages, best first, as a follow-up question of that conversation is searched for."""

    def document(self, document_id: str) -> Document:
        """A document by its id."""

    def documents(self) -> Sequence[Document]:
        """All documents."""


def run_questions(
    assistant: AnsweringAssistant,
    questions: Sequence[Question],
    *,
    depth: int = SEARCH_DEPTH,
    asked: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Ask every question and note what came back.

    Args:
        assistant: who is asked.
        questions: in the order in which they are asked.
        depth: passages searched for the ranking of documents, 1 or more.
        asked: called after each question.

    Raises:
        ValueError: `depth` is below 1.
    """
    if depth < 1:
        msg = f"depth must be at least 1, got {depth}"
        raise ValueError(msg)
    outcomes = []
    for outcome in _outcomes(assistant, questions, depth):
        outcomes.append(outcome)
        if asked is not None:
            asked(outcome)
    return outcomes


def _outcomes(assistant: AnsweringAssistant, questions: Sequence[Question], depth: int) -> Iterator[Outcome]:
    resolver = GoldResolver(assistant.documents())
    for question in questions:
        gold = resolver.resolve(question)
        try:
            answer, seconds, history = _ask(assistant, question)
        except QuestionError as error:
            yield Outcome(question, gold, None, (), 0.0, str(error))
            continue
        ranking = rank_documents(assistant.search(question.text, k=depth, conversation=history))
        earlier = tuple(turn.answer for turn in history.turns if turn.answer is not None)
        yield Outcome(question, gold, answer, ranking, seconds, earlier=earlier)


def _ask(assistant: AnsweringAssistant, question: Question) -> tuple[Answer, float, Conversation]:
    """The answer, the wall time of the scored question and what came before; earlier turns are asked, given history is told."""
    history = Conversation.from_messages([{"role": turn.role, "text": turn.text} for turn in question.history])
    for text in question.earlier_turns:
        history = history.with_answer(assistant.ask(text, conversation=history))
    started = time.perf_counter()
    answer = assistant.ask(question.text, conversation=history)
    return answer, time.perf_counter() - started, history
