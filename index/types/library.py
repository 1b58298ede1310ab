"""What goes into a library and comes out of it: filters, hits, reports of long jobs, its manifest and its embedder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from parley.index.types.documents import Passage, ReadingWarning

FloatMatrix = npt.NDArray[np.float32]
"""Row vectors, shape `(rows, dimension)`, float32, each row of Euclidean length 1."""


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
