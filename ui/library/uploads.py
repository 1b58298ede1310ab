"""Adding uploaded files to the library, one after the other in a thread of their own, so that answering goes on."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from parley.assistant import Document, ParleyError, Progress
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.multipart import ReceivedFile

MOST_WAITING = 200
"""Files that may wait to be added, of all who use the library; bounds what lies on the disk unread."""

_BATCHES_KEPT = 200

_STAGES = {"read": "reading", "embed": "indexing", "stored": "indexing"}


@dataclass(slots=True)
class UploadedFile:
    """A file on its way into the library.

    `state` is one of waiting, reading, indexing, added, updated, unchanged, refused; `reason` says why it was refused, or what was left out.
    """

    name: str
    path: Path | None
    state: str = "waiting"
    reason: str = ""

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("added", "updated", "unchanged", "refused")

    def as_json(self) -> dict[str, str]:
        """The file for the page."""
        return {"name": self.name, "state": self.state, "reason": self.reason}


@dataclass(slots=True)
class UploadBatch:
    """The files of one upload, in the order in which they came. Only its owner may look at it."""

    id: str
    owner: str
    files: list[UploadedFile] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to its files."""
        return all(item.finished for item in self.files)

    def as_json(self) -> dict[str, object]:
        """The batch for the page."""
        return {
            "id": self.id,
            "finished": self.finished,
            "files": [item.as_json() for item in self.files],
        }


class UploadQueue:
    """Keeps uploaded files in a folder of the library and adds them one by one. Safe to use from several threads."""

    def __init__(self, assistant: ChatAssistant, folder: Path) -> None:
        self._assistant = assistant
        self._folder = folder
        self._incoming = folder / ".incoming"
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parley-upload")
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, UploadBatch] = OrderedDict()
        self._stopping = threading.Event()

    def incoming_folder(self) -> Path:
        """A new empty folder for the files of one upload."""
        folder = self._incoming / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def submit(self, owner: str, received: Sequence[ReceivedFile], folder: Path) -> UploadBatch:
        """Have the files of an upload added; `folder` is removed when that is done."""
        files = [UploadedFile(item.name, item.path, "waiting" if item.path else "refused", item.reason) for item in received]
        batch = UploadBatch(secrets.token_urlsafe(12), owner, files)
        with self._lock:
            self._batches[batch.id] = batch
            finished = [key for key, kept in self._batches.items() if kept.finished]
            for key in finished[: max(0, len(self._batches) - _BATCHES_KEPT)]:
                del self._batches[key]
        self._worker.submit(self._work, batch, folder)
        return batch

    def add_now(self, received: Sequence[ReceivedFile]) -> list[dict[str, str]]:
        """Have the files of a program added while it waits, after those that wait already; each as JSON with its state."""
        files = [UploadedFile(item.name, item.path, "waiting" if item.path else "refused", item.reason) for item in received]
        self._worker.submit(self._add_all, files).result()
        return [item.as_json() for item in files]

    @property
    def is_full(self) -> bool:
        """Whether so many files are waiting that no more are taken for now."""
        with self._lock:
            return sum(not item.finished for batch in self._batches.values() for item in batch.files) >= MOST_WAITING

    def batch(self, identifier: str, owner: str) -> UploadBatch | None:
        """The batch of that id, if it is this owner's."""
        with self._lock:
            batch = self._batches.get(identifier)
        return batch if batch is not None and batch.owner == owner else None

    def forget_file(self, document: Document) -> None:
        """Delete the uploaded file that a removed document was made from, if it was one."""
        if document.source_path is None:
            return
        path = (self._folder.parent.parent / document.source_path).resolve()
        if path.is_relative_to(self._folder.resolve()) and path.is_file():
            path.unlink()

    def close(self) -> None:
        """Stop after the document in work; what is added stays."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _work(self, batch: UploadBatch, folder: Path) -> None:
        self._add_all(batch.files)
        shutil.rmtree(folder, ignore_errors=True)

    def _add_all(self, files: Sequence[UploadedFile]) -> None:
        for item in files:
            if item.path is not None and not item.finished:
                self._add(item, item.path)

    def _add(self, item: UploadedFile, incoming: Path) -> None:
        target = self._folder / item.name
        earlier = incoming.with_name(incoming.name + ".earlier")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.replace(earlier)
            incoming.replace(target)
        except OSError as error:
            _refuse(item, f"It cannot be stored ({error.strerror or error}). Rename the file, or make room on the server's disk.")
            return
        item.state = "reading"
        reason = self._read(item, target)
        if reason is not None:
            target.unlink(missing_ok=True)
            if earlier.exists():
                earlier.replace(target)
                reason += " The earlier version stays in the library."
            _refuse(item, reason)

    def _read(self, item: UploadedFile, target: Path) -> str | None:
        """Why the file was not added, if it was not."""
        try:
            report = self._assistant.add(target, progress=_stage_teller(item), cancelled=self._stopping.is_set)
        except ParleyError as error:
            return str(error)
        if report.refused and not (report.added or report.updated or report.unchanged):
            return report.refused[0].reason
        item.state = "added" if report.added else "updated" if report.updated else "unchanged"
        told = [warning.message for _, warning in report.warnings]
        item.reason = " ".join([*told, *(refusal.reason for refusal in report.refused)])
        return None


def _refuse(item: UploadedFile, reason: str) -> None:
    item.reason = reason
    item.state = "refused"


def _stage_teller(item: UploadedFile) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        item.state = _STAGES.get(progress.stage, "indexing")

    return tell
