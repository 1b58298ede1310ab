"""A conversation in progress."""

from __future__ import annotations

from typing import Protocol

from parley.assistant.answer import Answer
from parley.assistant.dialogue.conversation import Conversation
from parley.index.types import SearchFilter

_NO_FILTER = SearchFilter()


class Asked(Protocol):
    """Who answers: `parley.Assistant` is one."""

    def ask(self, question: str, *, conversation: Conversation = ..., filter: SearchFilter = ...) -> Answer:  # noqa: A002
        """The answer to one question, understood from the conversation."""
        ...


class Chat:
    """A conversation in progress: remembers its turns, so that "And why?" is understood."""

    def __init__(self, assistant: Asked, conversation: Conversation | None = None) -> None:
        self._assistant = assistant
        self._conversation = conversation or Conversation()

    @property
    def conversation(self) -> Conversation:
        """The turns so far, as an immutable value."""
        return self._conversation

    def ask(self, question: str, *, filter: SearchFilter = _NO_FILTER) -> Answer:  # noqa: A002
        """Ask the next question. Raises QuestionError."""
        answer = self._assistant.ask(question, conversation=self._conversation, filter=filter)
        self._conversation = self._conversation.with_answer(answer)
        return answer
