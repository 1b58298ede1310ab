"""Who waits for their uploads to be added: how much each person may have waiting, and whose file is next."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parley.assistant import ParleyError
from parley.ui.library.upload_batch import UploadBatch

MOST_WAITING = 200
"""Files that may wait to be added, of all who use the library; bounds what lies on the disk unread."""

MOST_WAITING_EACH = 60
"""Of these, those of one person, so that nobody fills the line alone; a page sends 6 at a time."""

MOST_BYTES = 4 * 2**30
"""Bytes of the files that wait, of all together; the disk also has to hold what is made of them."""

MOST_BYTES_EACH = 2**30
"""Of these, those of one person: the largest upload twice."""

_BATCHES_KEPT = 200

Job = Callable[[], None]


class UploadsFullError(ParleyError):
    """So much waits to be added that no more is taken for now."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An upload that is on its way: who sends it, and the bytes that its request announces."""

    person: str
    size: int


class UploadLine:
    """The uploads of a library that wait, and those that are told still. Safe to use from several threads.

    People take turns, file by file: whoever sends one file while another's hundred are waiting waits for one of these.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, UploadBatch] = OrderedDict()
        self._arriving: dict[Path, _Arrival] = {}
        self._turns: OrderedDict[str, deque[Job]] = OrderedDict()

    def admit(self, folder: Path, person: str, size: int) -> None:
        """Count an upload that will lie in a folder, until `arrived` is called. Raises UploadsFullError."""
        with self._lock:
            files, sizes = self._waiting(None)
            own_files, own_sizes = self._waiting(person)
            if own_files >= MOST_WAITING_EACH or own_sizes + size > MOST_BYTES_EACH:
                told = f"{own_files} files of yours ({own_sizes / 2**20:.0f} MB) are waiting to be added"
                raise UploadsFullError(f"{told}, and no more are taken for now. Add this one when some are through.")
            if files >= MOST_WAITING or sizes + size > MOST_BYTES:
                raise UploadsFullError("Many files are waiting to be added just now. Add this one again in a minute.")
            self._arriving[folder] = _Arrival(person, size)

    def arrived(self, folder: Path) -> None:
        """An upload is on its way no more: it was kept, or it broke off."""
        with self._lock:
            self._arriving.pop(folder, None)

    def keep(self, batch: UploadBatch) -> None:
        """Remember a batch, so that its owner can be told of it; the oldest that came to their end are forgotten."""
        with self._lock:
            self._batches[batch.id] = batch
            finished = [key for key, kept in self._batches.items() if kept.finished]
            for key in finished[: max(0, len(self._batches) - _BATCHES_KEPT)]:
                del self._batches[key]

    def batch(self, identifier: str, owner: str) -> UploadBatch | None:
        """The batch of that id, if it is this owner's."""
        with self._lock:
            batch = self._batches.get(identifier)
        return batch if batch is not None and batch.owner == owner else None

    def untold(self, owner: str) -> list[UploadBatch]:
        """This owner's uploads that are not at their end, or whose end they were not shown, oldest first."""
        with self._lock:
            return [batch for batch in self._batches.values() if batch.owner == owner and not batch.is_told]

    @property
    def is_idle(self) -> bool:
        """Whether no file waits to be added, or is being added."""
        with self._lock:
            return not any(item.is_due for batch in self._batches.values() for item in batch.files)

    def wait_turn(self, person: str, job: Job) -> None:
        """Put a job behind those of the same person."""
        with self._lock:
            self._turns.setdefault(person, deque()).append(job)

    def take_turn(self) -> None:
        """Do the next job: the first one of whoever has waited longest since their last."""
        with self._lock:
            if not self._turns:
                return
            person, jobs = self._turns.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._turns[person] = jobs
        job()

    def _waiting(self, person: str | None) -> tuple[int, int]:
        """How many files wait, and their bytes; of one person, or of all."""
        batches = [batch for batch in self._batches.values() if person is None or batch.person == person]
        waiting = [item for batch in batches for item in batch.files if not item.finished]
        coming = [one for one in self._arriving.values() if person is None or one.person == person]
        sizes = sum(item.size_waiting for item in waiting) + sum(one.size for one in coming)
        return len(waiting) + len(coming), sizes
