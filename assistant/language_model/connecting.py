"""From what a user gives (settings, a LlamaIndex LLM, a generator) to a generator that may be used for a library."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from parley.assistant.language_model.generator import Generator, whole_reply
from parley.assistant.language_model.settings import ModelSettings, check_permitted, permits
from parley.index.doctor import Check
from parley.index.errors import LanguageModelError
from parley.prompts import load_prompt

if TYPE_CHECKING:
    from llama_index.core.llms.llm import LLM


def connect(given: ModelSettings | LLM | Generator | None, folder: Path, *, allow_remote: bool = False) -> Generator | None:
    """The generator to use for the library in `folder`; `None` where no model is set.

    Raises:
        RemoteModelError: text would leave this machine, which neither `allow_remote` nor the user's settings for it permit.
        LanguageModelError: the address is none.
    """
    if given is None:
        return None
    if isinstance(given, ModelSettings):
        if not given.base_url:
            return None
        from parley.assistant.language_model.server import ServerGenerator

        return ServerGenerator(replace(given, allow_remote=given.allow_remote or allow_remote))
    generator = _as_generator(given)
    destination = generator.destination
    check_permitted(destination, allow_remote=allow_remote or permits(folder, destination.address))
    return generator


def _as_generator(given: LLM | Generator) -> Generator:
    if not hasattr(given, "astream_chat"):
        return given
    from parley.assistant.language_model.llamaindex import LlamaIndexGenerator

    return LlamaIndexGenerator(cast("LLM", given))


def check_connection(generator: Generator) -> Check:
    """Ask the model a question whose answer is of no matter, and tell how it went, as a line of the doctor's report."""
    question = load_prompt("support").render(fence="<<<check>>>", text="The talks ended on Monday.", claim="The talks ended.")
    started = time.perf_counter()
    try:
        reply = whole_reply(generator, question, stop=threading.Event(), longest=80)
        context = generator.context_tokens
    except LanguageModelError as error:
        return Check("language model", ok=False, detail=f"{error} Answers are made of quotations only until it does.")
    seconds = time.perf_counter() - started
    where = f"{generator.name} {generator.destination.told}, reads {context} tokens"
    if not reply:
        return Check("language model", ok=False, detail=f"{where}; it replied nothing.")
    return Check("language model", ok=True, detail=f"{where}, replied in {seconds:.1f} s")
