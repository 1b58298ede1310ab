"""A reader that takes long enough to be watched: it answers in steps, and has a language model behind it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from index.types import SearchFilter

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.conversation import Conversation
    from assistant.followup import Rewrite
    from assistant.language_model.generator import ModelInUse
    from index.doctor import Check


@dataclass(frozen=True, slots=True)
class Drafting:
    """The model is writing: its name, the seconds so far, and the sentences that are complete."""

    engine: str
    seconds: float
    sentences: int


@runtime_checkable
class SteppingReader(Protocol):
    """A reader whose answers a language model words."""

    @property
    def model(self) -> ModelInUse:
        """The model and where its text goes."""
        ...

    def check_model(self) -> Check:
        """Whether the model answers."""
        ...

    def complete(self, question: str, conversation: Conversation, by_rule: Rewrite) -> Generator[Drafting, None, Rewrite]:
        """The question completed from the conversation, given what the rules make of it."""
        ...

    def steps(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = ...,  # noqa: A002
        context: str = ...,
    ) -> Iterator[Drafting | Answer]:
        """Answer in steps, the answer last; closing the iterator ends the model's request."""
        ...
