"""Making something of documents that may be removed meanwhile: it is made again of those that are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from parley.index.errors import DocumentNotFoundError, LibraryError

_Made = TypeVar("_Made")

_TRIES = 5


class Changing(Protocol):
    """What may change meanwhile."""

    @property
    def change(self) -> int:
        """A number that grows with every change of content."""
        ...


def steady(library: Changing, make: Callable[[], _Made]) -> _Made:
    """What `make` returns; called again where a document that it met was removed before it was read.

    Raises DocumentNotFoundError for one that was never there, LibraryError if the documents do not come to rest.
    """
    for _ in range(_TRIES):
        change = library.change
        try:
            return make()
        except DocumentNotFoundError:
            if library.change == change:
                raise
    msg = "The documents changed all the time while they were looked through. Try again when adding and removing has finished."
    raise LibraryError(msg)
