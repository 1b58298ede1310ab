"""Which reader a library is opened with: the extractive one, or one whose answers a language model words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.reader import ExtractiveReader
from index.library import Library

if TYPE_CHECKING:
    from llama_index.core.llms.llm import LLM

    from assistant.language_model.generator import Generator
    from assistant.language_model.settings import ModelSettings
    from assistant.reader import Reader


def reader_with(given: ModelSettings | LLM | Generator | None, library: Library) -> Reader:
    """The reader for a library, with a language model if one is given. Raises LanguageModelError (see `connect`)."""
    extractive = ExtractiveReader(library)
    if given is None:
        return extractive
    # Without a language model, nothing of this is loaded.
    from assistant.drafting.reader import LanguageModelReader
    from assistant.language_model.connecting import connect
    from assistant.support.judging import WordSupport

    generator = connect(given, library.path)
    if generator is None:
        return extractive
    return LanguageModelReader(library, generator, extractive=extractive, support=WordSupport())
