"""What was read from a library, remembered until it changes: of a document until that document does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from filelock import FileLock

from parley.index.store.caches import Caches
from parley.index.store.catalog import Catalog
from parley.index.store.change_log import State
from parley.index.store.pinned import Pinned
from parley.index.types import DocumentEntry

_Value = TypeVar("_Value")

_MOST_REMEMBERED = 20_000
"""Things remembered at a time; a question about a large library asks for some hundreds."""


class Memory:
    """Things by kind and key, for several threads, forgotten when what they depend on changes."""

    def __init__(self, catalog: Catalog, caches: Caches, write_lock: FileLock) -> None:
        self._catalog = catalog
        self._caches = caches
        self._write_lock = write_lock
        self._lock = threading.RLock()
        self.pinned = Pinned()
        self._state: State | None = None
        self._generation = catalog.generation
        self._found_state = (-1, -1)
        self._things: dict[tuple[str, str], object] = {}
        self._of_documents: dict[tuple[str, str], object] = {}
        self._found: dict[tuple[str, str], object] = {}
        self._entries: dict[str, tuple[int, DocumentEntry]] | None = None
        self._listed: tuple[DocumentEntry, ...] = ()

    def remember(self, kind: str, key: str, load: Callable[[], _Value]) -> _Value:
        """What `load` returned for this key since the library last changed."""
        with self._lock:
            self._catch_up()
            return _kept(self._things, kind, key, load)

    def remember_of(self, kind: str, document_id: str, load: Callable[[], _Value]) -> _Value:
        """What `load` returned since this document last changed; it may depend on nothing else."""
        self.pinned.note((document_id,))
        with self._lock:
            self._catch_up()
            return _kept(self._of_documents, kind, document_id, load)

    def remember_found(self, kind: str, key: str, load: Callable[[], _Value]) -> _Value:
        """The same for what is read from the search caches, which are brought up to the library first."""
        self.search_caches()
        with self._lock:
            if self._caches.standing != self._found_state:
                self._found.clear()
                self._found_state = self._caches.standing
            return _kept(self._found, kind, key, load)

    def search_caches(self) -> Caches:
        """The search caches, brought up to the library."""
        if not self.pinned.is_seen("caches"):
            self._caches.refresh(self._write_lock)
        return self._caches

    def rest(self) -> bool:
        """Forget everything; returns false, and does nothing, while something is being read."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self.close()
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._state = self._entries = None
            self._found_state = (-1, -1)
            self._listed = ()
            for things in (self._things, self._of_documents, self._found):
                things.clear()

    def entries(self) -> tuple[DocumentEntry, ...]:
        """All documents without their texts, in the order in which they were added; only those that changed are read again."""
        with self._lock:
            self._catch_up()
            if self._entries is None:
                self._entries = {entry.id: (number, entry) for number, entry in self._catalog.entries()}
                self._listed = ()
            if not self._listed:
                self._listed = tuple(entry for _, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))
            return self._listed

    def _catch_up(self) -> None:
        """Forget what has changed since the last call."""
        if self.pinned.is_seen("memory") and self._state is not None:
            return
        change = self._catalog.change
        if self._state is not None and change == self._state.number and self._catalog.generation == self._generation:
            return
        self._generation = self._catalog.generation
        changes = self._catalog.log.since(self._state)
        self._things.clear()
        if changes is None or changes.documents is None:
            self._of_documents.clear()
            self._entries = None
            self._state = changes.state if changes else self._catalog.log.state
            return
        self._state = changes.state
        touched = changes.documents
        for kind, name in [key for key in self._of_documents if key[1] in touched]:
            del self._of_documents[kind, name]
        if self._entries is not None:
            for name in touched:
                self._entries.pop(name, None)
            self._entries.update({entry.id: (number, entry) for number, entry in self._catalog.entries(sorted(touched))})
            self._listed = ()


def _kept(things: dict[tuple[str, str], object], kind: str, key: str, load: Callable[[], _Value]) -> _Value:
    if len(things) > _MOST_REMEMBERED:
        things.clear()
    if (kind, key) not in things:
        things[kind, key] = load()
    return things[kind, key]  # type: ignore[return-value]
