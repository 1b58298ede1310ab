"""Keeping the two search caches, dense and full text, equal to the catalogue."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from filelock import FileLock, Timeout

from index.catalog import Catalog
from index.dense import FLAT_LIMIT, DenseIndex
from index.errors import LibraryError
from index.fulltext import FullTextIndex

_logger = logging.getLogger(__name__)


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
        self._unsaved = 0

    @property
    def dense(self) -> DenseIndex:
        """The dense index; call `refresh` before."""
        with self._lock:
            if self._dense is None:
                self._dense = self._load_dense()
            return self._dense

    @property
    def fulltext(self) -> FullTextIndex:
        """The full-text index; call `refresh` before."""
        with self._lock:
            if self._fulltext is None:
                self._fulltext = FullTextIndex(self._fulltext_folder)
            return self._fulltext

    def refresh(self, write_lock: FileLock) -> int:
        """Catch up with the catalogue if it has changed since the last call; returns its change number.

        What only a writer may do on disk is done if nobody else is writing, else left to that writer.
        """
        change = self._catalog.change
        if change == self._change:
            return change
        with self._lock:
            if change != self._change:
                self._change = change if self._catch_up(write_lock) else -1
        return change

    def publish(self) -> None:
        """Bring both caches, in memory and on disk, up to the catalogue. For the holder of the write lock."""
        with self._lock:
            change = self._catalog.change
            wanted = set(self._catalog.passage_ids())
            self._update_dense(wanted)
            self._update_fulltext(wanted)
            self._save_dense()
            self._change = change

    def forget(self) -> None:
        """Make both caches anew from the catalogue, so that nothing removed from it stays on disk."""
        with self._lock:
            self._snapshot.unlink(missing_ok=True)
            self._dense = None
            self._unsaved = 1
            wanted = self._catalog.passage_ids()
            self._update_dense(set(wanted))
            self._save_dense()
            self.fulltext.rebuild(self._catalog.passage_texts(wanted))

    def differences(self) -> dict[str, tuple[int, int]]:
        """For each cache on disk: how many passages it lacks, and how many it holds that are gone."""
        with self._lock:
            wanted = set(self._catalog.passage_ids())
            dense, fulltext = self._load_snapshot().ids, FullTextIndex(self._fulltext_folder).ids
        return {name: (len(wanted - held), len(held - wanted)) for name, held in (("vectors", dense), ("full text", fulltext))}

    def _catch_up(self, write_lock: FileLock) -> bool:
        """Returns whether both caches are equal to the catalogue now; false while another process is writing."""
        wanted = set(self._catalog.passage_ids())
        self._update_dense(wanted)
        self.fulltext.reload()
        if self.fulltext.ids == wanted and not self._unsaved:
            return True
        try:
            write_lock.acquire(blocking=False)
        except Timeout:
            _logger.info("Another process is writing; its newest passages join the full text when it has finished.")
            return False
        try:
            self._update_fulltext(wanted)
            self._save_dense()
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

    def _load_dense(self) -> DenseIndex:
        index = self._load_snapshot()
        size = self._catalog.passage_count()
        # Crossing the limit changes how vectors are kept: start from the catalogue.
        if size > FLAT_LIMIT >= len(index):
            return DenseIndex(self._dimension, expected_size=size)
        return index

    def _load_snapshot(self) -> DenseIndex:
        index = DenseIndex(self._dimension, expected_size=self._catalog.passage_count())
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
