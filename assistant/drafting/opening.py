"""Which reader a library is opened with: the extractive one, or one whose answers a language model words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.evidence.source import Evidence
from parley.assistant.reading.reranking import Reranker
from parley.index.models.cross_encoder import CrossEncoder
from parley.index.models.extractor import Extractor
from parley.index.models.passage_reader import PassageReader

if TYPE_CHECKING:
    from llama_index.core.llms.llm import LLM

    from parley.assistant.answers.reader import Reader
    from parley.assistant.language_model.generator import Generator
    from parley.assistant.language_model.settings import ModelSettings


class StoredEvidence(Evidence, Protocol):
    """A library with the folder that it lies in, where it may be written down which language model to use."""

    @property
    def path(self) -> Path:
        """The library's folder."""
        ...


def reader_with(
    given: ModelSettings | LLM | Generator | None,
    library: StoredEvidence,
    reranker: Reranker | str | Path | None = None,
    extractor: PassageReader | str | Path | None = None,
    *,
    allow_remote: bool = False,
) -> Reader:
    """The reader for a library, with a language model, a reranker and an extractor (or their folders) where they are given.

    Raises LanguageModelError (see `connect`), and ModelError where there is no such folder.
    """
    chosen = CrossEncoder(reranker) if isinstance(reranker, str | Path) else reranker
    own = Extractor(extractor) if isinstance(extractor, str | Path) else extractor
    extractive = ExtractiveReader(library, reranker=chosen, reader=own)
    if given is None:
        return extractive
    # Without a language model, nothing of this is loaded.
    from parley.assistant.language_model.connecting import connect

    generator = connect(given, library.path, allow_remote=allow_remote)
    if generator is None:
        return extractive
    from parley.assistant.drafting.reader import LanguageModelReader
    from parley.assistant.drafting.support.judging import WordSupport

    return LanguageModelReader(library, generator, extractive=extractive, support=WordSupport())
