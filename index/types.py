"""The values that travel from a file to a search hit: one frozen type per stage.

All offsets are half-open `[start, end)` positions in Python characters (code points) of `Document.text`,
the only text that offsets ever refer to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from hashlib import sha256
from typing import Literal, NamedTuple, Protocol, TypedDict

import numpy as np
import numpy.typing as npt

FloatMatrix = npt.NDArray[np.float32]
"""Row vectors, shape `(rows, dimension)`, float32, each row of Euclidean length 1."""


class Span(NamedTuple):
    """Half-open character range `[start, end)` in a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One printed page: its label as a reader would cite it ("12", "iv") and where its text lies."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of the document; `level` counts from 1, the outermost."""

    level: int
    start: int
    end: int


WarningKind = Literal[
    "unread_pages",
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
        """The label of the page that holds `offset`, or `None` where the document has no pages there."""
        return next((page.label for page in self.pages if page.start <= offset < page.end), None)

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


Mode = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["named", "anonymous", "collective", "pronoun", "unidentified"]
Status = Literal[
    "none",
    "agreed",
    "agreed_in_principle",
    "offered",
    "proposed",
    "demanded",
    "called_for",
    "rejected",
    "withdrawn",
    "bracketed",
    "open",
]


StatementStanding = Literal["stated", "denied", "conditional", "supposed", "planned", "asked", "rejected"]
"""What the text around a statement makes of what is said; "rejected" is quoted in order to reject it."""

TurnForm = Literal[
    "speech",
    "question",
    "letter",
    "telegram",
    "mail",
    "statement",
    "address",
    "message",
    "note",
    "minute",
    "submission",
    "memorandum",
    "post",
    "text",
]
"""How a turn is said: spoken, asked by somebody who asks for a living, or written as a letter, a text quoted inside, …"""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a document attributes to a source: who, by which cue word, said what.

    Every part that is shown has a span; a part the text does not give is `None` or empty, never guessed.

    Attributes:
        content: 1..n spans of what was said, in order, without the speaker clause.
        cue: span of the reporter's own cue words ("told", "according to"), shown as written.
        cue_lemma: the cue's dictionary form ("tell"), for filters only.
        speaker: the speaker as the document names them; for a pronoun or a surname, the fuller mention it was resolved to.
        speaker_span: span of the words in the speaker clause itself (for "he said": of "he").
        resolved_by: the rule that led from `speaker_span` to `speaker`, "exact" where they are the same.
        speaker_kind: "anonymous" is somebody described but not named; never resolved to a name.
        role: the role phrase with the name ("Ukraine's Defense Minister"), `former` if it says so.
        party: the side the role phrase names ("Ukraine"); `None` when it names none or the role is a former one.
        outlet: the medium the speaker spoke to, as written ("CNN"); `None` when the text names none.
        relay: who passed it on, from the innermost speaker outwards, ending before the document itself.
        stance: a class for filters ("propose", "demand", "reject", …); never an answer's only word.
        status: how firm the matter is, in the text's own grade; never upgraded.
        hedges, negations: spans of "potentially", "reportedly", "did not", … within the statement's sentence.
        confidence: 0 to 1, of the speaker given the cue.
        standing: whether what is said is told as it stands, by the words around `content`: "denied" for "never said that …".
            What the speaker denies or conditions inside is part of what is said.
        standing_words: spans of the words that show it; empty where stated.
        form: for what a turn's own speaker says, the turn's form ("speech", "letter", …); empty for what a text reports.
        asked: whether it is a question and asserts nothing.
        date: the day of a turn that has its own, such as a mail inside a thread.
    """

    document_id: str
    content: tuple[Span, ...]
    cue: Span | None
    cue_lemma: str
    mode: Mode
    speaker: str | None
    speaker_span: Span | None
    speaker_kind: SpeakerKind
    resolved_by: str = "exact"
    role: str | None = None
    former: bool = False
    party: str | None = None
    on_behalf_of: str | None = None
    addressee: str | None = None
    outlet: str | None = None
    reporter: str | None = None
    relay: tuple[str, ...] = ()
    stance: str | None = None
    status: Status = "none"
    hedges: tuple[Span, ...] = ()
    negations: tuple[Span, ...] = ()
    confidence: float = 1.0
    form: TurnForm | Literal[""] = ""
    asked: bool = False
    standing: StatementStanding = "stated"
    standing_words: tuple[Span, ...] = ()
    date: Date | None = None

    @property
    def negated(self) -> bool:
        """Whether a negation stands in the speaker clause or the content."""
        return bool(self.negations)

    @property
    def start(self) -> int:
        """Where the statement (content, cue or speaker, whichever comes first) begins."""
        return min(span.start for span in self._spans())

    @property
    def end(self) -> int:
        """Where the statement ends, exclusive."""
        return max(span.end for span in self._spans())

    def _spans(self) -> list[Span]:
        return [*self.content, *(span for span in (self.cue, self.speaker_span) if span is not None)]


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a document in which one voice speaks or writes, and the document only passes it on.

    Turns lie in order and do not overlap. What lies in no turn (a heading, "(Applause.)", a note) is the document's own.

    Attributes:
        start, end: the whole turn, with its label; half-open.
        said: what is said, without label, remarks of the record and notes; one span a paragraph.
        label: the words that name the speaker at the turn's start, `None` where a title or a signature does.
        speaker: who it is, as the document names them; `None` means "speaker not identified".
        speaker_kind: as in `Statement`.
        form: how it is said. A "question" is a reporter's or interviewer's: asked, never asserted.
        role, party: the office and the side that label or title give.
        title: "Mr." or "Ms", for telling people of one surname apart.
        addressees: whom a letter or mail is for, as written.
        date: the turn's own day, of a mail or chat inside a longer thread.
        basis: what names the speaker: "label", "title", "signature", "mail header", …
    """

    start: int
    end: int
    said: tuple[Span, ...]
    label: Span | None
    speaker: str | None
    speaker_kind: SpeakerKind
    form: TurnForm = "speech"
    role: str | None = None
    party: str | None = None
    title: str = ""
    addressees: str | None = None
    date: Date | None = None
    basis: str = "label"

    @property
    def is_question(self) -> bool:
        """Whether it is asked by somebody whose part it is to ask."""
        return self.form == "question"

    def holds(self, start: int, end: int) -> bool:
        """Whether most of `[start, end)` is said in this turn."""
        inside = sum(max(0, min(end, span.end) - max(start, span.start)) for span in self.said)
        return 2 * inside > end - start


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Narrows a search. Empty tuples and `None` mean "no restriction".

    With `since` or `until` (both inclusive), undated documents are left out: they cannot be said to lie in the range.
    """

    document_ids: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None
    languages: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every document passes."""
        return self == SearchFilter()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `rank` counts from 1; a higher `score` is a better match.

    `score` is the reciprocal-rank-fusion score; `dense` the cosine similarity (-1 to 1) and `lexical` the BM25 score
    (0 upwards) where that engine found the passage, else `None`.
    """

    passage: Passage
    score: float
    rank: int
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not added: its path, why, and what to do, in one line; `kept` is its earlier version's document, if any."""

    path: str
    reason: str
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a long job: `done` of `total` files, the file just handled, and what is happening ("read", "embed", …)."""

    done: int
    total: int
    path: str
    stage: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an `add` did, as document ids and paths, in the order handled.

    Of documents whose file is gone from a folder that was added, `missing` are still in the library, `removed` are not.
    `warnings` are pairs of a document's id and what was left out of it, or guessed.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    missing: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[tuple[str, ReadingWarning], ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryManifest:
    """What a library was made with; checked before it is used.

    `extractor` names what finds the statements; `statements` is the version of it that the stored ones are of, empty for
    libraries older than this record.
    """

    format: int
    model: str
    model_sha256: str
    dimension: int
    metric: Literal["cosine"] = "cosine"
    splitter: str = "sentences-1"
    extractor: str = "default"
    statements: str = ""


class Embedder(Protocol):
    """Turns texts into unit vectors. `name` and `sha256` identify the weights, `dimension` the vector length."""

    @property
    def name(self) -> str:
        """What the model is called in the manifest."""
        ...

    @property
    def sha256(self) -> str:
        """Hexadecimal digest that tells these weights from any others."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """One row per text, in order, each of length 1."""
        ...

    def embed_query(self, text: str) -> FloatMatrix:
        """A single row, shape `(1, dimension)`."""
        ...


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
