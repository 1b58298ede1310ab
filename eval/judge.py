"""A language model as a judge of support, apart from the one whose answers are judged."""

from __future__ import annotations

import re
import threading

from assistant.drafting.sources import new_fence
from assistant.language_model.generator import Generator, whole_reply
from prompts import load_prompt

LONGEST_TEXT = 6_000
"""Characters of a text that the judge is shown; longer ones are cut, which is told by neither yes nor no."""


class SupportJudge:
    """Asks a model, by the prompt "support", whether a text supports a claim."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    @property
    def name(self) -> str:
        """The model's name, with the prompt and its version."""
        prompt = load_prompt("support")
        return f"{self._generator.name}, prompt {prompt.name} {prompt.version}"

    def verdict(self, claim: str, text: str) -> bool | None:
        """Yes or no; `None` where the reply is neither. Raises LanguageModelError."""
        shown = text[:LONGEST_TEXT]
        prompt = load_prompt("support").render(fence=new_fence(shown, claim), text=shown, claim=claim)
        reply = whole_reply(self._generator, prompt, stop=threading.Event(), longest=40)
        match = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
        return match.group(1).lower() == "yes" if match else None
