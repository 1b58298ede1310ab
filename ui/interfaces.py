"""What the chat needs of an assistant; `assistant.Assistant` fulfils it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Unpack

from parley.assistant import (
    AddReport,
    Answer,
    CitedStatement,
    Comparison,
    Conversation,
    Document,
    DocumentEntry,
    Dossier,
    Hit,
    IssueList,
    Ledger,
    LibraryManifest,
    MetadataChanges,
    ModelInUse,
    PositionTable,
    Progress,
    QuoteCheck,
    SearchFilter,
    Statement,
    StatementFilter,
    StreamEvent,
    Timeline,
    VersionGroup,
    WordEvidence,
)
from parley.assistant.question.overview_form import Part


class LibraryFolder(Protocol):
    """Where a library is kept, and what it was made with."""

    path: Path

    @property
    def manifest(self) -> LibraryManifest:
        """Among other things the digest of the embedding model."""
        ...


class DocumentShelf(Protocol):
    """Documents that can be listed, read, added and removed."""

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added."""
        ...

    def document(self, document_id: str) -> Document:
        """The document with that id; raises DocumentNotFoundError."""
        ...

    def document_statements(self, document_id: str) -> tuple[Statement, ...]:
        """The statements found in one document, in reading order."""
        ...

    def add(
        self,
        *paths: str | Path,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add files and folders."""
        ...

    def add_documents(self, documents: Iterable[Document]) -> AddReport:
        """Add documents made in memory."""
        ...

    @property
    def has_current_statements(self) -> bool:
        """Whether the stored statements are what this version of Parley would find now."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What is to be known of whatever is made of the statements."""
        ...

    def renew_statements(self) -> int:
        """Extract the statements of all documents anew; returns how many documents there are."""
        ...

    def edit_metadata(self, document_id: str, **changes: Unpack[MetadataChanges]) -> Document:
        """Correct what is known about a document and return it."""
        ...

    def remove(self, document: str | Path) -> Document:
        """Forget a document and return it."""
        ...


class ChatAssistant(DocumentShelf, Protocol):
    """An assistant that the chat can be built on."""

    @property
    def library(self) -> LibraryFolder:
        """The library that is open."""
        ...

    @property
    def language_model(self) -> ModelInUse | None:
        """The language model that words the answers, if one does."""
        ...

    def ask(self, question: str, *, conversation: Conversation | None = None, filter: SearchFilter = ...) -> Answer:  # noqa: A002
        """Answer a question."""
        ...

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filter: SearchFilter = ...,  # noqa: A002
    ) -> Iterator[StreamEvent]:
        """Answer a question in steps."""
        ...

    def search(self, query: str, *, k: int = 10, filter: SearchFilter = ...) -> list[Hit]:  # noqa: A002
        """The passages that fit the query best."""
        ...

    def check_quote(self, quote: str, *, speaker: str | None = None) -> QuoteCheck:
        """Whether the documents hold these words."""
        ...

    def find_evidence(self, words: str, *, answer: Answer | None = None) -> WordEvidence:
        """What the documents have for some words."""
        ...

    def positions(
        self,
        *,
        filter: StatementFilter = ...,  # noqa: A002
        issues: Mapping[str, Sequence[str]] | None = None,
    ) -> PositionTable:
        """What each party is reported to have said on each issue."""
        ...

    def positions_by_dossier(self, *, filter: StatementFilter = ...) -> list[tuple[str, PositionTable]]:  # noqa: A002
        """The position table of each dossier, under its name."""
        ...

    def ledger(self, *, filter: StatementFilter = ...) -> Ledger:  # noqa: A002
        """What is agreed, offered, demanded and so on."""
        ...

    def timeline(self, *, filter: StatementFilter = ...) -> Timeline:  # noqa: A002
        """Statements by date."""
        ...

    def cited_statements(
        self,
        *,
        filter: StatementFilter = ...,  # noqa: A002
        offset: int = ...,
        limit: int | None = ...,
    ) -> tuple[CitedStatement, ...]:
        """Statements with their citations, filed by party and issue."""
        ...

    def compare(self, old: str | Path, new: str | Path | None = None) -> Comparison:
        """What changed from one version of a text to another."""
        ...

    def versions(self) -> list[VersionGroup]:
        """The groups of documents that are versions of one text."""

    def brief(
        self,
        about: str = "",
        *,
        parts: Sequence[Part] = ...,
        dossier: str | None = None,
        filter: SearchFilter = ...,  # noqa: A002
    ) -> Answer:
        """Who met, who wants what, what is agreed, open and next, as an answer under headings."""
        ...

    def dossiers(self) -> list[Dossier]:
        """The documents of each negotiation."""
        ...

    def keep_dossiers(self, dossiers: Iterable[Dossier]) -> None:
        """Write them down as the user's."""
        ...

    def issues(self, *, documents: Sequence[str] = ()) -> IssueList:
        """The issues that are listed, or proposed."""
        ...

    def keep_issues(self, issues: IssueList) -> None:
        """Write them down as the user's."""
        ...

    def suggested_questions(self, count: int = 4) -> list[str]:
        """Questions that the library's documents answer."""
        ...

    def close(self) -> None:
        """Close the library's files."""
        ...

    def rest(self) -> bool:
        """Give back files and memory until the next use; returns false while it is in use."""
        ...

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        ...
