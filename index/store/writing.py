"""One process at a time writes to a library; what it stored is then brought into the search caches."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from parley.index.errors import LibraryBusyError, LibraryError
from parley.index.store.caches import Caches

_logger = logging.getLogger(__name__)

_LOCK_SECONDS = 2.0
"""How long a writer waits for the lock before it says that the library is busy."""


class Writing:
    """The right to write to the library in a folder."""

    def __init__(self, path: Path, caches: Caches, lock: FileLock) -> None:
        self._path = path
        self._caches = caches
        self._lock = lock
        self._has_written = False

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the write lock; afterwards, even after an error, bring the caches up to what was stored."""
        try:
            # A reader may hold the lock for a moment while it saves a cache.
            self._lock.acquire(timeout=_LOCK_SECONDS)
        except Timeout as error:
            msg = (
                f"Another process is writing to the library {self._path}. Wait until it has finished; reading goes on meanwhile."
            )
            raise LibraryBusyError(msg) from error
        except OSError as error:
            reason = error.strerror or error
            msg = f"The library {self._path} cannot be written to ({reason}). Give yourself the right to write there."
            raise LibraryError(msg) from error
        self._has_written = True
        try:
            # First of all, so that ids given after a power cut or a restored backup meet no leftovers under the same numbers.
            self._caches.refresh(self._lock)
            try:
                yield
            finally:
                self._publish()
        finally:
            self._lock.release()

    def purge(self) -> None:
        """Take from the disk what is left of removed documents. Raises LibraryBusyError."""
        if self._caches.holds_removed:
            with self.hold():
                self._caches.purge()
        self._has_written = False

    def close(self) -> None:
        """Purge if something was written here, whoever removed it.

        Where that cannot be done, what is left stays hidden, and the catalogue goes on telling that it is there.
        """
        if not self._has_written:
            return
        try:
            self.purge()
        except LibraryBusyError:
            _logger.info("What is left of documents removed from %s is for the process that is writing.", self._path)
        except (LibraryError, OSError, ValueError) as error:
            _logger.warning("What is left of documents removed from %s could not be taken from the disk (%s).", self._path, error)

    def _publish(self) -> None:
        try:
            self._caches.publish()
        except (OSError, ValueError) as error:
            # What was stored is stored, and is not told as failed: whoever asks or writes next tries again.
            _logger.warning(
                "The search caches of %s could not be written (%s). The documents are stored, and the caches are made again "
                "when there is room on the disk.",
                self._path,
                error,
            )
            self._caches.keep_in_memory()
