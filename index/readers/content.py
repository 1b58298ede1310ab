"""What every format is read into: text made of blocks, the spans of its headings and pages, and what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as Date

from parley.index.types import Heading, Metadata, Page, ReadingWarning

HOLLOW_TITLES = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|(?:untitled|document|presentation|slide|layout)[ -]?\d*|word document"
    r"|powerpoint presentation|.*\.(?:docx?|rtf|odt|pdf|tex|indd|dvi|qxd|html?))",
    re.IGNORECASE,
)
"""Titles that a program put into a file's properties: file names and words for "no title"."""

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and zero-width spaces: a reader does not see them, and a search would stumble over them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table or heading; `level` is the heading's level from 1, or `None`."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What one format reader returns; spans are half-open character ranges of `text`."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()


class Findings:
    """Collects metadata with where each value stood; the first value found for a field stays."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._date: Date | None = None
        self._basis: dict[str, str] = {}

    def add(self, name: str, value: object, basis: str) -> None:
        """Record a text for a field other than "date" unless it is blank or the field is known."""
        text = tidy(value) if isinstance(value, str) else ""
        if text and name not in self._basis:
            self._texts[name] = text[:300]
            self._basis[name] = basis

    def add_date(self, value: Date | None, basis: str) -> None:
        """Record the date unless it is `None` or one is known."""
        if value is not None and self._date is None:
            self._date = value
            self._basis["date"] = basis

    def merge(self, metadata: Metadata) -> None:
        """Take over what `metadata` knows and this does not."""
        for name, basis in metadata.basis:
            if name == "date":
                self.add_date(metadata.date, basis)
            else:
                self.add(name, getattr(metadata, name), basis)

    def metadata(self) -> Metadata:
        """Everything found, with its basis in the order title, outlet, author, date, language, place, addressees, symbol."""
        order = ("title", "outlet", "author", "date", "language", "place", "addressees", "symbol")
        names = [name for name in order if name in self._basis]
        return Metadata(
            title=self._texts.get("title"),
            outlet=self._texts.get("outlet"),
            author=self._texts.get("author"),
            date=self._date,
            language=self._texts.get("language"),
            place=self._texts.get("place"),
            addressees=self._texts.get("addressees"),
            symbol=self._texts.get("symbol"),
            basis=tuple((name, self._basis[name]) for name in names),
        )


def tidy(text: str) -> str:
    """White space of any kind as single spaces, none at the ends, nothing invisible."""
    return _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()


def drop_invisible(text: str) -> str:
    """The text without soft hyphens and zero-width spaces."""
    return text.translate(_INVISIBLE)


def join_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[Heading, ...]]:
    """The blocks' texts separated by blank lines, and the exact spans of the headings among them."""
    parts: list[str] = []
    headings: list[Heading] = []
    position = 0
    for block in blocks:
        text = block.text.strip("\n")
        if not text.strip():
            continue
        if block.level is not None:
            headings.append(Heading(block.level, position, position + len(text)))
        parts.append(text)
        position += len(text) + 2
    return "\n\n".join(parts), tuple(headings)
