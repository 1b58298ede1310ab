"""The values that travel from a file to a search hit: one frozen type per stage.

All offsets are half-open `[start, end)` positions in Python characters (code points) of `Document.text`,
the only text that offsets ever refer to.
"""

from __future__ import annotations

from parley.index.types.documents import (
    USER_BASIS,
    Document,
    DocumentEntry,
    Genre,
    Heading,
    Metadata,
    MetadataChanges,
    Page,
    Passage,
    ReadingWarning,
    Span,
    WarningKind,
)
from parley.index.types.library import AddReport, Embedder, FloatMatrix, Hit, LibraryManifest, Progress, Refusal, SearchFilter
from parley.index.types.statements import Mode, SpeakerKind, Statement, StatementStanding, Status, Turn, TurnForm

__all__ = [
    "USER_BASIS",
    "AddReport",
    "Document",
    "DocumentEntry",
    "Embedder",
    "FloatMatrix",
    "Genre",
    "Heading",
    "Hit",
    "LibraryManifest",
    "Metadata",
    "MetadataChanges",
    "Mode",
    "Page",
    "Passage",
    "Progress",
    "ReadingWarning",
    "Refusal",
    "SearchFilter",
    "Span",
    "SpeakerKind",
    "Statement",
    "StatementStanding",
    "Status",
    "Turn",
    "TurnForm",
    "WarningKind",
]
