"""Keeping the two search caches, dense and full text, equal to the catalogue."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from parley.index.errors import LibraryError
from parley.index.store.catalog import Catalog
from parley.index.store.change_log import Changes, State
from parley.index.store.checksums import is_damaged
from parley.index.store.dense import DenseIndex, is_earlier
from parley.index.store.fulltext import FullTextIndex

_logger = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0
"""How long a reader waits before it looks again for what another process has not finished writing."""

_RETRY_DISK_SECONDS = 60.0
"""How long a full text stays in memory before the disk is tried again."""

_SMALL = 20_000
"""Vectors of which a snapshot is written at every change: 15 MB. A larger one is written once this share of it has changed:"""
_CHANGED_SHARE = 0.02
"""what a reader then adds from the catalogue when it starts costs less than a tenth of loading the snapshot."""

_REMOVED_SHARE = 0.01
"""Share of a larger library's passages after whose removal the parts of the full text that held them are written anew."""


class Caches:
    """The dense and the full-text index of one library folder, loaded at first use and caught up when content changes."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._snapshot = folder / "dense.faiss"
        self._fulltext_folder = folder / "fulltext"
        self._catalog = catalog
        self._lock = threading.RLock()
        self._dense: DenseIndex | None = None
        self._dense_state: State | None = None
        self._fulltext: FullTextIndex | None = None
        self._change = -1
        self._generation = catalog.generation
        self._revision = 0
        self._is_behind = False
        self._is_in_memory = False
        self._state_in_memory: State | None = None
        self._retry_at = 0.0
        self._unsaved = 0

    @property
    def dense(self) -> DenseIndex:
        """The dense index; call `refresh` before."""
        with self._lock:
            if self._dense is None:
                self._load_dense()
                # Whoever searches called `refresh` before, but both may have been given back in between.
                self._update_dense()
            assert self._dense is not None
            return self._dense

    @property
    def fulltext(self) -> FullTextIndex:
        """The full-text index; call `refresh` before."""
        with self._lock:
            if self._fulltext is None:
                self._fulltext = FullTextIndex(self._fulltext_folder)
            return self._fulltext

    @property
    def standing(self) -> tuple[int, int]:
        """Two numbers that stay the same as long as the caches, and the catalogue that they were brought up to, do."""
        return self._change, self._revision

    def refresh(self, write_lock: FileLock) -> None:
        """Catch up with the catalogue if it has changed since the last call.

        What only a writer may do on disk is done if nobody else is writing, else left to that writer and looked for again every
        two seconds.
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

    def rest(self) -> bool:
        """Give back the memory until the next use; returns false, and does nothing, while they are worked on."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self._is_in_memory:  # which takes long to make again
                return False
            self._forget_loaded()
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """Give back the memory, and the files that are mapped into it."""
        with self._lock:
            self._forget_loaded()

    def _forget_loaded(self) -> None:
        self._dense = self._dense_state = self._fulltext = None
        self._is_in_memory = False
        self._change = -1

    def publish(self) -> None:
        """Bring both caches, in memory and on disk, up to the catalogue. For the holder of the write lock."""
        with self._lock:
            self._update_dense()
            state = self._dense_state
            assert state is not None
            self._save_dense(state)
            self._bring_up_fulltext(state)
            self._change, self._is_behind = state.number, False
            self._revision += 1

    def _bring_up_fulltext(self, state: State) -> None:
        """Equal to the catalogue afterwards; one that cannot be written to as it is gets dropped and made anew.

        A process that was killed at the wrong moment leaves files under names that the next writer takes as well.
        """
        if self._is_in_memory:
            self._fulltext, self._is_in_memory = None, False
        try:
            if self._must_purge():
                self._purge()
            else:
                self._update_fulltext()
        except (OSError, ValueError) as error:
            _logger.warning("The full text in %s could not be written to (%s) and is made anew.", self._fulltext_folder, error)
            self._fulltext = FullTextIndex(self._fulltext_folder, anew=True)
            self._make_fulltext(state)

    def unindexed(self) -> Sequence[int] | None:
        """Ids of passages that the full text does not hold yet, as while another process stores them; `None` if nobody knows."""
        with self._lock:
            changes = self._catalog.log.since(self._state_in_memory if self._is_in_memory else self.fulltext.state)
        return changes.added if changes is not None else None

    def keep_in_memory(self) -> None:
        """Hold the full text in memory for now, as it cannot be kept on the disk; the disk is tried again soon."""
        with self._lock:
            self._hold_fulltext_in_memory()
            self._change, self._is_behind = self._catalog.change, True
            self._revision += 1

    def _hold_fulltext_in_memory(self) -> None:
        self._state_in_memory = self._catalog.log.state
        self._fulltext = FullTextIndex(None)
        self._fulltext.update(self._catalog.passage_texts(self._catalog.passage_ids()))
        self._is_in_memory = True
        self._retry_at = time.monotonic() + _RETRY_DISK_SECONDS

    @property
    def holds_removed(self) -> bool:
        """Whether anything of removed documents may still be on disk, hidden."""
        return self._catalog.removed_count > 0

    def purge(self) -> None:
        """Leave nothing of removed documents on disk. For the holder of the write lock."""
        with self._lock:
            self._update_dense()
            assert self._dense_state is not None
            self.dense.save(self._snapshot, self._dense_state)
            self._unsaved = 0
            self._purge()

    def forget(self) -> None:
        """Make both caches anew from the catalogue. For the holder of the write lock."""
        with self._lock:
            self._snapshot.unlink(missing_ok=True)
            self._dense = self._dense_state = None
            self._unsaved = 1
            self._fulltext = None
            self._make_fulltext(self._catalog.log.state)

    def differences(self) -> dict[str, tuple[int, int]]:
        """For each cache on disk, with what the catalogue adds to it: how many passages it lacks, and how many are gone."""
        with self._lock:
            wanted = self._catalog.passage_numbers()
            index, state = self._load_snapshot()
            changes = self._catalog.log.since(state)
            added, removed = (changes.added, changes.removed) if changes else ((), ())
            dense = np.union1d(np.setdiff1d(index.ids, _array(removed)), _array(added))
            del index  # which holds all vectors
            is_whole = self._fulltext_folder.is_dir() and not is_damaged(self._fulltext_folder, thoroughly=True)
            fulltext = FullTextIndex(self._fulltext_folder).ids if is_whole else _array(())
        return {
            name: (_missing(wanted, held), _missing(held, wanted)) for name, held in (("vectors", dense), ("full text", fulltext))
        }

    def _purge(self) -> None:
        """Leave nothing of removed documents on disk: a full-text index keeps their terms until that part is written again."""
        self._update_fulltext()
        state = self.fulltext.state
        beside = self.fulltext.beside_forgotten()
        if beside:
            self.fulltext.update(self._catalog.passage_texts(beside), beside, state=state)
        if state is None or self.fulltext.holds_forgotten:
            self._make_fulltext(self._catalog.log.state)
        else:
            self._catalog.purge()

    def _make_fulltext(self, state: State) -> None:
        """Make the full text anew, with nothing of removed documents."""
        self._rebuild_fulltext(state)
        self._catalog.purge()

    def _rebuild_fulltext(self, state: State) -> None:
        ids = self._catalog.passage_ids()
        self.fulltext.rebuild(self._catalog.passage_texts(ids), count=len(ids), state=state)

    def _follow(self) -> None:
        """Forget the caches in memory where another catalogue was put in place; those beside it may be of either."""
        if self._catalog.generation != self._generation:
            self._dense = self._dense_state = self._fulltext = None
            self._generation = self._catalog.generation

    def _is_due(self, change: int) -> bool:
        if self._catalog.generation != self._generation:
            return True
        return change != self._change or (self._is_behind and time.monotonic() >= self._retry_at)

    def _catch_up(self, write_lock: FileLock) -> bool:
        """Returns whether both caches are equal to the catalogue now; false while another process is writing."""
        self._update_dense()
        self.fulltext.reload()
        if self.fulltext.state == self._dense_state and not self._must_save() and not self._must_purge():
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

    def _must_save(self) -> bool:
        held = len(self.dense)
        many = 0 if held <= _SMALL or self._must_purge() else _CHANGED_SHARE * held
        return self._unsaved > many or not self._snapshot.exists()

    def _must_purge(self) -> bool:
        """Whether what is left of removed documents has to leave the disk now: at once in a small library, else in batches."""
        removed = self._catalog.removed_count
        held = len(self.dense)
        return removed > 0 and (held <= _SMALL or removed > _REMOVED_SHARE * held)

    def _save_dense(self, state: State) -> None:
        if self._must_save():
            self.dense.save(self._snapshot, state)
            self._unsaved = 0

    def _load_dense(self) -> DenseIndex:
        if self._dense is None:
            self._dense, self._dense_state = self._load_snapshot()
            self._unsaved = 0
        return self._dense

    def _update_dense(self) -> None:
        index = self._load_dense()
        known = self._catalog.log.since(self._dense_state)
        if known is None and self._dense_state is not None:
            index = self._dense = DenseIndex(self._dimension)
        changes = known or self._compared(index.ids)
        index.remove(changes.removed)
        ids, vectors = self._catalog.vectors(changes.added)
        index.add(ids, vectors)
        self._unsaved += len(changes.added) + len(changes.removed)
        self._dense_state = changes.state

    def _update_fulltext(self) -> None:
        self.fulltext.reload()
        state = self.fulltext.state
        known = self._catalog.log.since(state)
        if known is None and state is not None:
            self._rebuild_fulltext(self._catalog.log.state)
            return
        changes = known or self._compared(self.fulltext.ids)
        if changes.added or changes.removed:
            # A writer that was killed may have added them already.
            gone = [*changes.removed, *changes.added]
            texts = self._catalog.passage_texts(changes.added)
            self.fulltext.update(texts, gone, count=len(changes.added), state=changes.state)
        elif changes.state != state:
            self.fulltext.note(changes.state)

    def _compared(self, held: NDArray[np.int64]) -> Changes:
        """What a cache lacks and has too much, by comparing everything: of a cache that tells no state.

        One that tells a state of another history (that of a library before a backup was restored) is made anew instead: its ids
        may be the same and mean other passages.
        """
        # The state first: what is stored meanwhile is then told twice, which does no harm.
        state = self._catalog.log.state
        wanted = self._catalog.passage_numbers()
        return Changes(state, tuple(np.setdiff1d(wanted, held).tolist()), tuple(np.setdiff1d(held, wanted).tolist()), None)

    def _load_snapshot(self) -> tuple[DenseIndex, State | None]:
        index = DenseIndex(self._dimension)
        state = index.load(self._snapshot)
        if state is None and self._snapshot.exists() and not is_earlier(self._snapshot):
            _logger.warning("The vector cache %s cannot be used and is made again from the catalogue.", self._snapshot)
        return index, state

    @property
    def _dimension(self) -> int:
        manifest = self._catalog.manifest
        if manifest is None:
            msg = "The library has no manifest. Open it with Library.open."
            raise LibraryError(msg)
        return manifest.dimension


def _array(ids: Sequence[int]) -> NDArray[np.int64]:
    return np.array(ids, dtype=np.int64)


def _missing(wanted: NDArray[np.int64], held: NDArray[np.int64]) -> int:
    return len(np.setdiff1d(wanted, held, assume_unique=True))
