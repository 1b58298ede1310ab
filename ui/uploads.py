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

from assistant import Document, ParleyError, Progress
from ui.interfaces import ChatAssistant
from ui.multipart import ReceivedFile

_BATCHES_KEPT = 200

_STAGES = {"read": "reading", "embed": "indexing", "stored": "indexing"}


@dataclass(slots=True)
class UploadedFile:
    """A file on its way into the library.

    `state` is one of waiting, reading, indexing, added, updated, unchanged, refused; `reason` says why it was refused.
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

    def as_json(self) -> dict[str, object]:
        """The batch for the page."""
        return {
            "id": self.id,
            "finished": all(item.finished for item in self.files),
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
            while len(self._batches) > _BATCHES_KEPT:
                self._batches.popitem(last=False)
        self._worker.submit(self._work, batch, folder)
        return batch

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
        for item in batch.files:
            if item.path is not None and not item.finished:
                self._add(item, item.path)
        shutil.rmtree(folder, ignore_errors=True)

    def _add(self, item: UploadedFile, incoming: Path) -> None:
        target = self._folder / item.name
        earlier = incoming.with_name(incoming.name + ".earlier")
        if target.exists():
            target.replace(earlier)
        incoming.replace(target)
        item.state = "reading"
        try:
            report = self._assistant.add(target, progress=_stage_teller(item), cancelled=self._stopping.is_set)
        except ParleyError as error:
            _refuse(item, str(error))
        else:
            reasons = [refusal.reason for refusal in report.refused]
            if reasons:
                _refuse(item, reasons[0])
            else:
                item.state = "added" if report.added else "updated" if report.updated else "unchanged"
        if item.state == "refused":
            target.unlink(missing_ok=True)
            if earlier.exists():
                earlier.replace(target)


def _refuse(item: UploadedFile, reason: str) -> None:
    item.reason = reason
    item.state = "refused"


def _stage_teller(item: UploadedFile) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        item.state = _STAGES.get(progress.stage, "indexing")

    return tell
