"""Keeping the two search caches, dense and full text, equal to the catalogue."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from filelock import FileLock, Timeout

from parley.index.errors import LibraryError
from parley.index.store.catalog import Catalog
from parley.index.store.checksums import is_damaged
from parley.index.store.dense import DenseIndex
from parley.index.store.fulltext import FullTextIndex

_logger = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0
"""How long a reader waits before it looks again for what another process has not finished writing."""

_RETRY_DISK_SECONDS = 60.0
"""How long a full text stays in memory before the disk is tried again."""


class Caches:
    """The dense and the full-text index of one library folder, loaded at first use and caught up when content changes."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._snapshot = folder / "dense.faiss"
        self._fulltext_folder = folder / "fulltext"
        self._catalog = catalog
        self._lock = threading.RLock()
        self._dense: DenseIndex | None = None
        self._fulltext: FullTextIndex | None = None
        self._change = -1
        self._generation = catalog.generation
        self._revision = 0
        self._is_behind = False
        self._is_in_memory = False
        self._retry_at = 0.0
        self._unsaved = 0

    @property
    def dense(self) -> DenseIndex:
        """The dense index; call `refresh` before."""
        with self._lock:
            if self._dense is None:
                self._dense = self._load_snapshot()
            return self._dense

    @property
    def fulltext(self) -> FullTextIndex:
        """The full-text index; call `refresh` before."""
        with self._lock:
            if self._fulltext is None:
                self._fulltext = FullTextIndex(self._fulltext_folder)
            return self._fulltext

    def refresh(self, write_lock: FileLock) -> tuple[int, int]:
        """Catch up with the catalogue if it has changed since the last call.

        Returns two numbers that stay the same as long as catalogue and caches do. What only a writer may do on disk is done
        if nobody else is writing, else left to that writer and looked for again every two seconds.
        """
        change = self._catalog.change
        if self._is_due(change):
            with self._lock:
                if self._is_due(change):
                    self._follow()
                    self._retry_at = time.monotonic() + _RETRY_SECONDS
                    self._is_behind = not self._catch_up(write_lock)
                    self._change = change
                    self._revision += 1
        return change, self._revision

    def publish(self) -> None:
        """Bring both caches, in memory and on disk, up to the catalogue. For the holder of the write lock."""
        with self._lock:
            change = self._catalog.change
            wanted = set(self._catalog.passage_ids())
            self._update_dense(wanted)
            self._save_dense()
            self._bring_up_fulltext(wanted)
            self._change, self._is_behind = change, False
            self._revision += 1

    def _bring_up_fulltext(self, wanted: set[int]) -> None:
        """Equal to the catalogue afterwards; one that cannot be written to as it is gets dropped and made anew.

        A process that was killed at the wrong moment leaves files under names that the next writer takes as well.
        """
        if self._is_in_memory:
            self._fulltext, self._is_in_memory = None, False
        try:
            if self._catalog.is_unpurged:
                self._purge(wanted)
            else:
                self._update_fulltext(wanted)
        except (OSError, ValueError) as error:
            _logger.warning("The full text in %s could not be written to (%s) and is made anew.", self._fulltext_folder, error)
            self._fulltext = FullTextIndex(self._fulltext_folder, anew=True)
            self._purge(wanted)

    def keep_in_memory(self) -> None:
        """Hold the full text in memory for now, as it cannot be kept on the disk; the disk is tried again soon."""
        with self._lock:
            self._hold_fulltext_in_memory()
            self._change, self._is_behind = self._catalog.change, True
            self._revision += 1

    def _hold_fulltext_in_memory(self) -> None:
        self._fulltext = FullTextIndex(None)
        self._fulltext.update(self._catalog.passage_texts(self._catalog.passage_ids()))
        self._is_in_memory = True
        self._retry_at = time.monotonic() + _RETRY_DISK_SECONDS

    def forget(self) -> None:
        """Make both caches anew from the catalogue. For the holder of the write lock."""
        with self._lock:
            self._snapshot.unlink(missing_ok=True)
            self._dense = None
            self._unsaved = 1
            self._fulltext = None
            self._purge(set(self._catalog.passage_ids()))

    def _purge(self, wanted: set[int]) -> None:
        """Leave nothing of removed documents on disk: a full-text index keeps their terms until it is made again."""
        self.fulltext.rebuild(self._catalog.passage_texts(sorted(wanted)))
        self._catalog.purge()

    def _follow(self) -> None:
        """Forget the caches in memory where another catalogue was put in place; those beside it may be of either."""
        if self._catalog.generation != self._generation:
            self._dense = self._fulltext = None
            self._generation = self._catalog.generation

    def _is_due(self, change: int) -> bool:
        if self._catalog.generation != self._generation:
            return True
        return change != self._change or (self._is_behind and time.monotonic() >= self._retry_at)

    def differences(self) -> dict[str, tuple[int, int]]:
        """For each cache on disk: how many passages it lacks, and how many it holds that are gone."""
        with self._lock:
            wanted = set(self._catalog.passage_ids())
            dense = self._load_snapshot().ids
            is_whole = self._fulltext_folder.is_dir() and not is_damaged(self._fulltext_folder, thoroughly=True)
            fulltext = FullTextIndex(self._fulltext_folder).ids if is_whole else set()
        return {name: (len(wanted - held), len(held - wanted)) for name, held in (("vectors", dense), ("full text", fulltext))}

    def _catch_up(self, write_lock: FileLock) -> bool:
        """Returns whether both caches are equal to the catalogue now; false while another process is writing."""
        wanted = set(self._catalog.passage_ids())
        self._update_dense(wanted)
        self.fulltext.reload()
        if self.fulltext.ids == wanted and not self._unsaved and not self._catalog.is_unpurged:
            return True
        try:
            write_lock.acquire(blocking=False)
        except (Timeout, OSError):
            _logger.info("The search caches cannot be written now; another process may be at it. They are looked at again soon.")
            return False
        try:
            self.publish()
        except (OSError, ValueError, LibraryError) as error:
            _logger.warning("The search caches beside %s could not be written (%s).", self._snapshot, error)
            self._hold_fulltext_in_memory()
            return False
        finally:
            write_lock.release()
        return True

    def _save_dense(self) -> None:
        if self._unsaved or not self._snapshot.exists():
            self.dense.save(self._snapshot, self._catalog.change)
            self._unsaved = 0

    def _update_dense(self, wanted: set[int]) -> None:
        index = self.dense
        held = index.ids
        missing = sorted(wanted - held)
        stale = sorted(held - wanted)
        index.remove(stale)
        ids, vectors = self._catalog.vectors(missing)
        index.add(ids, vectors)
        self._unsaved += len(missing) + len(stale)

    def _update_fulltext(self, wanted: set[int]) -> None:
        self.fulltext.reload()
        held = self.fulltext.ids
        missing, stale = sorted(wanted - held), sorted(held - wanted)
        if missing or stale:
            self.fulltext.update(self._catalog.passage_texts(missing), stale)

    def _load_snapshot(self) -> DenseIndex:
        index = DenseIndex(self._dimension)
        if index.load(self._snapshot) is None and self._snapshot.exists():
            _logger.warning("The vector cache %s cannot be used and is made again from the catalogue.", self._snapshot)
        return index

    @property
    def _dimension(self) -> int:
        manifest = self._catalog.manifest
        if manifest is None:
            msg = "The library has no manifest. Open it with Library.open."
            raise LibraryError(msg)
        return manifest.dimension
