"""Whether documents are what was stored, looked at when they are first read and again when the library has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from parley.index.errors import LibraryDamagedError
from parley.index.store.seals import PARTS, Part

_Value = TypeVar("_Value")


class Sealed(Protocol):
    """Knows the digests of documents."""

    def broken_parts(self, document_id: str, parts: Sequence[Part] = PARTS) -> tuple[Part, ...]:
        """The parts of a document that are not what was stored."""
        ...


class Remember(Protocol):
    """Remembers what was loaded until the library changes."""

    def __call__(self, kind: str, key: str, load: Callable[[], _Value]) -> _Value:
        """What `load` returned for this key since the library last changed."""
        ...


class Soundness:
    """Compares documents with their digests; remembers which were found damaged."""

    def __init__(self, folder: Path, catalog: Sealed, remember: Remember) -> None:
        self._folder = folder
        self._catalog = catalog
        self._remember = remember
        self.damaged: dict[str, tuple[Part, ...]] = {}

    def holds(self, document_id: str, parts: Sequence[Part] = PARTS) -> bool:
        """Whether these parts of a document are what was stored."""
        broken = self._remember(f"broken {' '.join(parts)}", document_id, lambda: self._catalog.broken_parts(document_id, parts))
        if broken:
            self.damaged[document_id] = broken
        elif set(parts) >= set(self.damaged.get(document_id, ())):
            self.damaged.pop(document_id, None)  # it was mended
        return not broken

    def require(self, document_id: str, parts: Sequence[Part]) -> None:
        """Raises LibraryDamagedError unless these parts of a document are what was stored."""
        if not self.holds(document_id, parts):
            told = ", ".join(self.damaged[document_id])
            msg = (
                f"The document {document_id} is damaged: its {told} as stored differ from what was stored, so nothing is quoted "
                f"from it. Run `parley doctor --library {self._folder}`, which mends what can be mended; add its file again, by "
                "name; or restore the library from a backup."
            )
            raise LibraryDamagedError(msg)
