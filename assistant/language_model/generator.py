"""What the assistant needs of a language model, whoever runs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from parley.prompts import RenderedPrompt


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the text of a request goes.

    Attributes:
        address: the server's base URL; `None` for a model that runs in this process.
        is_local: whether it stays on this machine.
    """

    address: str | None
    is_local: bool

    @property
    def told(self) -> str:
        """The destination in words for people: "in this process", "http://127.0.0.1:8080/v1, on this machine"."""
        if self.address is None:
            return "in this process" if self.is_local else "to an address that it does not tell"
        return f"at {self.address}, {'on this machine' if self.is_local else 'outside this machine'}"


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """Which language model words the answers, and where the text of its requests goes."""

    name: str
    destination: Destination


class Generator(Protocol):
    """A language model that writes text for messages."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    @property
    def destination(self) -> Destination:
        """Where the text of a request goes."""
        ...

    @property
    def context_tokens(self) -> int:
        """How many tokens a request and its reply may have together."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` has; rather too many than too few where that is not known exactly."""
        ...

    def stream(self, messages: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:
        """The reply piece by piece; an empty piece now and then while nothing comes.

        Setting `stop`, or closing the iterator, ends the request itself, not only the reading of its reply.

        Raises:
            LanguageModelError: the model cannot be reached, refuses, breaks off or takes too long.
        """
        ...


def messages_of(prompt: RenderedPrompt) -> tuple[Message, Message]:
    """A rendered prompt as messages."""
    return Message("system", prompt.system), Message("user", prompt.user)


def whole_reply(generator: Generator, prompt: RenderedPrompt, *, stop: threading.Event, longest: int = 4_000) -> str:
    """The whole reply, up to `longest` characters; "" once `stop` is set. Raises LanguageModelError."""
    text = ""
    pieces = generator.stream(messages_of(prompt), stop=stop)
    for piece in pieces:
        text += piece
        if len(text) > longest:
            break
    return "" if stop.is_set() else text[:longest].strip()


def estimated_tokens(text: str) -> int:
    """An upper estimate of the tokens of `text` for models whose tokenizer is not at hand: one for every 3 bytes of UTF-8.

    English has 4 to 5 bytes a token in current vocabularies, Cyrillic and Turkish 3 to 5.
    """
    return len(text.encode("utf-8", "surrogatepass")) // 3 + 1
