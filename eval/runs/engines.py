"""The engines whose answers a run compares: quotations only, and language models."""

from __future__ import annotations

from dataclasses import dataclass

from parley import Assistant, ModelSettings
from parley.assistant.drafting.opening import reader_with
from parley.index.errors import QuestionSetError

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Engine:
    """What words the answers: `settings` of a language model, or `None` for answers made of quotations only."""

    name: str
    settings: ModelSettings | None = None

    def over(self, assistant: Assistant) -> Assistant:
        """An assistant with this engine over the library of another, which stays open. Raises RemoteModelError."""
        return Assistant(assistant.library, reader=reader_with(self.settings, assistant.library))


def parse_engine(text: str, *, timeout: float = 180.0) -> Engine:
    """An engine as the shell names it: "extractive", or "MODEL@URL"; the key comes from the environment.

    A whole reply may take `timeout` seconds. Only addresses on this machine are asked, unless the library permits others.
    Raises QuestionSetError for anything else.
    """
    if text == EXTRACTIVE:
        return Engine(EXTRACTIVE)
    model, at, url = text.partition("@")
    if not at or not url:
        msg = f"{text!r} is no engine. Write “extractive”, or MODEL@URL such as qwen@http://127.0.0.1:8080/v1."
        raise QuestionSetError(msg)
    return Engine(model or url, ModelSettings(base_url=url, model=model, timeout_seconds=timeout).with_key())
