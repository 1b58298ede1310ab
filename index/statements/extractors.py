"""The extractors a library may be set to use, and what tells the statements of one from those of another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from parley.index.errors import LibraryError
from parley.index.types import Document, Statement, Turn

if TYPE_CHECKING:
    from parley.index.statements.parsing.parses import Parser

DEFAULT_EXTRACTOR = "default"
SPACY_EXTRACTOR = "spacy"
EXTRACTORS = (DEFAULT_EXTRACTOR, SPACY_EXTRACTOR)


class StatementExtractor(Protocol):
    """Finds the statements of documents."""

    @property
    def name(self) -> str:
        """One of EXTRACTORS, as manifests and commands name it."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other statements."""
        ...

    def extract(self, document: Document, turns: Sequence[Turn] | None = None) -> tuple[Statement, ...]:
        """The statements of a document in the order of their first character; its turns are found where none are given."""
        ...


class RuleExtractor:
    """Parley's rules and word lists, alone; nothing is needed for them."""

    name = DEFAULT_EXTRACTOR

    @property
    def version(self) -> str:
        """A digest of the rules."""
        return f"rules {rules_digest()}"

    def extract(self, document: Document, turns: Sequence[Turn] | None = None) -> tuple[Statement, ...]:
        """The statements of a document in the order of their first character; its turns are found where none are given."""
        from parley.index.statements.document import extract_statements

        return extract_statements(document, turns)


class ParsingExtractor:
    """The rules joined with a dependency parser: slower, and finds more."""

    name = SPACY_EXTRACTOR

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    @property
    def version(self) -> str:
        """A digest of the rules, and the parser's version."""
        return f"rules {rules_digest()}, {self._parser.version}"

    def extract(self, document: Document, turns: Sequence[Turn] | None = None) -> tuple[Statement, ...]:
        """The statements of a document in the order of their first character; its turns are found where none are given."""
        from parley.index.statements.document import extract_statements

        return extract_statements(document, turns, parser=self._parser)


def make_extractor(name: str) -> StatementExtractor:
    """The extractor of that name.

    Raises:
        ExtraMissingError: it needs a package that is not installed.
        LibraryError: there is none of that name.
    """
    if name == DEFAULT_EXTRACTOR:
        return RuleExtractor()
    if name == SPACY_EXTRACTOR:
        from parley.index.statements.parsing.spacy_parser import SpacyParser

        return ParsingExtractor(SpacyParser())
    msg = f"There is no extractor called {name!r}. Name one of: {', '.join(EXTRACTORS)}."
    raise LibraryError(msg)


@cache
def rules_digest() -> str:
    """The first 12 hexadecimal digits of a digest over the rules' code and word lists.

    Taken from the files, so that no change of a rule can be forgotten; a changed comment merely costs an extraction.
    """
    index = Path(__file__).parents[1]
    folders = (index / "statements", index / "language", index / "structure")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".tsv", ".txt"})
    content = b"".join(path.read_bytes() for path in files)
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:12]
