"""What is read from a file: a document with its pages, headings and warnings, and the passages it is cut into."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date as Date
from hashlib import sha256
from typing import Literal, NamedTuple, TypedDict


class Span(NamedTuple):
    """Half-open character range `[start, end)` in a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page: its label as a reader would cite it ("12", "iv") and where its text lies.

    Other formats have other places to cite: `unit` then says what kind ("slide", "sheet", "chapter", "at" for a time).
    """

    label: str
    start: int
    end: int
    unit: str = ""

    @property
    def name(self) -> str:
        """How the place is cited: "12" for a printed page, "slide 3", "sheet Budget, cells A5:D5" or "at 00:01:15" elsewhere."""
        return f"{self.unit} {self.label}" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of the document; `level` counts from 1, the outermost."""

    level: int
    start: int
    end: int


WarningKind = Literal[
    "formulas",
    "hidden",
    "pictures",
    "unread_pages",
    "recognised_text",
    "uncertain_columns",
    "form_fields",
    "annotations",
    "comments",
    "tracked_changes",
    "struck_through",
    "headers",
    "attachments",
]
"""What kind of thing a reader left out of a text, put at its end, or had to guess."""


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something that a reader left out or guessed, for people and programs.

    `message` is one sentence; `details` are the single things, as "page 3", or "Ana Ruiz, 4 June 2031: inserted “may”".
    """

    kind: WarningKind
    message: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The message with its details."""
        return f"{self.message} ({'; '.join(self.details)})" if self.details else self.message


Genre = Literal[
    "news",
    "transcript",
    "press briefing",
    "letter",
    "telegram",
    "mail thread",
    "minutes",
    "statement",
    "speech",
    "communiqué",
    "treaty",
    "resolution",
    "report",
]
"""What kind of document a text is, by its form; "treaty" also means contracts and labour agreements."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known about it. What the source does not state stays `None`.

    Attributes:
        id: unique within a library; readable, and stable while the source stays where it is.
        text: the only text that offsets refer to; never normalised after this object is made.
        date: the day the document says it was published or issued; never taken from file times.
        language: ISO 639-1 code such as "en".
        source_path: where the file was, or `None` for text given directly.
        sha256: hexadecimal digest of the bytes the document was made from.
        pages: page ranges in order for paged formats, else empty.
        headings: heading lines in order of appearance, else empty.
        basis: pairs (field, where it was found), e.g. `("date", "meta article:published_time")`.
        genre: what kind of document it is; `None` where no form shows.
        place: where it was issued or sent from, as written.
        addressees: whom a letter, telegram or mail is for, as written.
        symbol: the number under which its issuer files it ("A/RES/78/272").
        warnings: what the reader left out of the text or had to guess.
    """

    id: str
    text: str
    title: str
    outlet: str | None = None
    author: str | None = None
    date: Date | None = None
    language: str | None = None
    source_path: str | None = None
    sha256: str = ""
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    basis: tuple[tuple[str, str], ...] = ()
    genre: Genre | None = None
    place: str | None = None
    addressees: str | None = None
    symbol: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str,  # noqa: A002  (the public name of the field)
        title: str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        date: Date | None = None,
        language: str | None = None,
    ) -> Document:
        """Make a document from text in memory; without a title, the first line (up to 100 characters) is used."""
        first_line = next((line.strip() for line in text.splitlines() if line.strip()), id)
        known = {"outlet": outlet, "author": author, "date": date, "language": language, "title": title}
        return cls(
            id=id,
            text=text,
            title=title or first_line[:100],
            outlet=outlet,
            author=author,
            date=date,
            language=language,
            sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            basis=tuple((name, "given") for name, value in known.items() if value is not None),
        )

    def page_at(self, offset: int) -> str | None:
        """The name of the page, slide, cells … that hold `offset`, or `None` where the document has none there."""
        found = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[found].name if found >= 0 and offset < self.pages[found].end else None

    def basis_of(self, name: str) -> str | None:
        """Where the field `name` was found, or `None` if that was not recorded."""
        return dict(self.basis).get(name)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list of documents: what is known about it, without its text; fields as in `Document`."""

    id: str
    title: str
    outlet: str | None = None
    author: str | None = None
    date: Date | None = None
    language: str | None = None
    source_path: str | None = None
    sha256: str = ""
    page_count: int = 0
    basis: tuple[tuple[str, str], ...] = ()
    genre: Genre | None = None
    place: str | None = None
    addressees: str | None = None
    symbol: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()


class MetadataChanges(TypedDict, total=False):
    """What a person corrects about a document; fields that are left out stay, `None` means "not known"."""

    title: str
    outlet: str | None
    author: str | None
    date: Date | None
    language: str | None
    genre: Genre | None
    place: str | None
    addressees: str | None
    symbol: str | None


USER_BASIS = "user"
"""Basis of a fact that a person gave; it outlives adding the document's file again."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences; `document.text[start:end]` is its text.

    `id` is an integer that a library never uses twice, 0 before the passage is stored. `paragraph` counts from 0
    and names the paragraph in which the passage starts. `headings` is the heading path, outermost first.
    """

    id: int
    document_id: str
    start: int
    end: int
    paragraph: int
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a reader found out about a file; `basis` says where each value stood. Unknown stays `None`."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: Date | None = None
    language: str | None = None
    place: str | None = None
    addressees: str | None = None
    symbol: str | None = None
    basis: tuple[tuple[str, str], ...] = field(default=())
