"""What a dependency parser says about a text, and who may say it: the border to the optional parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol


class ParsedWord(NamedTuple):
    """One word of a parse.

    Attributes:
        start, end: offsets into the parsed text.
        pos: coarse part of speech, as Universal Dependencies names them ("VERB").
        relation: to the head, in ClearNLP labels ("nsubj", "ccomp", …); "ROOT" for a sentence's root.
        head: index of the word it depends on; its own for a root.
    """

    start: int
    end: int
    pos: str
    relation: str
    head: int


class Parser(Protocol):
    """Parses English text."""

    @property
    def version(self) -> str:
        """What tells its parses from those of another parser or another version of it."""
        ...

    def parse(self, texts: Sequence[str]) -> Iterator[Sequence[ParsedWord]]:
        """The words of each text in order, one parse after another."""
        ...
