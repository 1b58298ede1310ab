"""A reader that takes long enough to be watched: it answers in steps, and has a language model behind it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from parley.assistant.events import Drafting, SentenceReady
from parley.index.types import SearchFilter

if TYPE_CHECKING:
    from parley.assistant.answer import Answer
    from parley.assistant.dialogue.carried import Carried
    from parley.assistant.dialogue.conversation import Conversation
    from parley.assistant.language_model.generator import ModelInUse
    from parley.index.doctor import Check


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

    def complete(self, question: str, conversation: Conversation, carried: Carried) -> Generator[Drafting, None, str]:
        """The question completed from the conversation; as typed where that is not needed, or not done well."""
        ...

    def steps(
        self,
        question: str,
        standalone: str,
        *,
        filter: SearchFilter = ...,  # noqa: A002
        carried: Carried = ...,
    ) -> Iterator[Drafting | SentenceReady | Answer]:
        """Answer in steps: sentences as soon as they are checked, the answer last.

        Closing the iterator ends the model's request. The answer may do without the sentences given before it.
        """
        ...
