"""What is looked up to date once for a whole answer, and which documents the answer reads."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Pinned(threading.local):
    """One thread's answer in progress; other threads see nothing of it.

    Each thing that is read would else ask the catalogue first whether anything has changed, some hundreds of times an answer.
    """

    def __init__(self) -> None:
        self._seen: set[str] | None = None
        self._documents: set[str] = set()

    @contextmanager
    def hold(self, documents: set[str]) -> Iterator[None]:
        """Look at everything once at most within; the ids of documents that are read are put into `documents`."""
        earlier = self._seen, self._documents
        self._seen, self._documents = set(), documents
        try:
            yield
        finally:
            self._seen, self._documents = earlier

    def is_seen(self, what: str) -> bool:
        """Whether this was looked at already within `hold`; it then counts as looked at."""
        if self._seen is None:
            return False
        if what in self._seen:
            return True
        self._seen.add(what)
        return False

    def note(self, document_ids: Iterable[str]) -> None:
        """Note that documents are read."""
        if self._seen is not None:
            self._documents.update(document_ids)
