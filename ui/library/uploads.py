"""Adding uploaded files to the library, one after the other in a thread of their own, so that answering goes on.

The folder of an upload is its place in the queue: it lies on the disk before the upload is answered, and goes when every
file in it has come to an end. What a stopped or killed server leaves is taken up by the next one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import logging
import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from parley.assistant import (
    CancelledError,
    Document,
    DocumentEntry,
    DocumentNotFoundError,
    ParleyError,
    Progress,
    containing_file,
)
from parley.ui.interfaces import ChatAssistant
from parley.ui.library.incoming import IncomingFolders
from parley.ui.library.multipart import ReceivedFile
from parley.ui.library.upload_batch import RECORD, Choice, UploadBatch, UploadedFile, leads_out
from parley.ui.library.upload_line import UploadLine

_STAGES = {"read": "reading", "embed": "indexing", "stored": "indexing"}
_LARGEST_KEPT = 20 * 2**20
"""Bytes of a file kept in memory so that its removal can be taken back; of a larger one, the document alone comes back."""

_FAULT = "Parley could not add this file because of a fault of its own. The server's log has the details."

_TAKEN = "There is a document of this name. Send it with if_exists=replace, or if_exists=keep_both to have both."

_log = logging.getLogger(__name__)

Told = Callable[[UploadBatch, UploadedFile, Document | None, bytes | None], None]
"""Told of a file that was added: its batch, itself, and where it replaced a document, that document and its file."""


class UploadQueue:
    """Keeps uploaded files in a folder of the library and adds them one by one. Safe to use from several threads."""

    def __init__(self, assistant: ChatAssistant, folder: Path, *, told: Told = lambda *_: None) -> None:
        self._assistant = assistant
        self._folder = folder
        self._incoming = IncomingFolders(folder / ".incoming")
        self._told = told
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parley-upload")
        self._lock = threading.Lock()
        self._line = UploadLine()
        self._promised: set[Future[list[dict[str, str]]]] = set()
        self._stopping = threading.Event()

    def start(self) -> None:
        """Go on with what a server before this one accepted. What never arrived whole is deleted, what is damaged is told.

        What another server over the library has in hand is left to it.
        """
        if leads_out(self._incoming.path, self._folder.parent):
            _log.error("%s leads out of the library and is left alone. Put a folder in its place.", self._incoming.path)
            return
        for folder in self._incoming.left():
            try:
                UploadBatch.read(folder)
                taken = self._incoming.take(folder)
                if taken is None:
                    continue
                batch = UploadBatch.read(taken)
            except FileNotFoundError:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            except (OSError, ValueError, KeyError, TypeError) as error:
                _log.error(
                    "The upload in %s cannot be taken up (%s). Add its files again, then delete the folder.", folder, error
                )
                continue
            self._line.keep(batch)
            _log.info("Going on with %d uploaded files.", sum(item.is_due for item in batch.files))
            self._line_up(batch)
        for path in self._orphans():
            _log.warning("The uploaded file %s belongs to no document. Add it with `parley add`, or delete it.", path)

    def admit(self, person: str, size: int) -> Path:
        """A new empty folder for an upload of so many bytes; `arrived` is to be called when it has come, or broken off.

        Raises UploadsFullError where too much is waiting already, OSError if the folder cannot be made.
        """
        folder = self._incoming.new()
        self._line.admit(folder, person, size)
        try:
            return self.incoming_folder(folder)
        except OSError:
            self._line.arrived(folder)
            raise

    def arrived(self, folder: Path) -> None:
        """The upload of that folder is on its way no more."""
        self._line.arrived(folder)

    def incoming_folder(self, folder: Path | None = None) -> Path:
        """A new empty folder for the files of one upload."""
        folder = folder or self._incoming.new()
        # Its owner alone may look into it: it holds the documents' words.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._incoming.hold()
        folder.mkdir(parents=True)
        return folder

    def submit(
        self, owner: str, received: Sequence[ReceivedFile], folder: Path, *, choice: Choice = "", who: str = ""
    ) -> UploadBatch:
        """Have the files of an upload added; `folder` is removed when that is done.

        `choice` is what becomes of those whose name is taken, "" asks. Raises OSError if the folder cannot be written to.
        """
        batch = UploadBatch(secrets.token_urlsafe(12), owner, folder, _files(received, choice), who)
        batch.write()
        self._line.keep(batch)
        self._line_up(batch)
        return batch

    def add_now(
        self, received: Sequence[ReceivedFile], folder: Path, *, choice: Choice = "", who: str = ""
    ) -> Future[list[dict[str, str]]]:
        """Have the files of a program added while it waits, after those that wait already; each as JSON with its state.

        A program cannot be asked: a file whose name is taken is refused unless `choice` says what becomes of it.
        """
        batch = UploadBatch(secrets.token_urlsafe(12), "", folder, _files(received, choice), who)
        promised: Future[list[dict[str, str]]] = Future()
        with self._lock:
            self._promised.add(promised)
        self._line.keep(batch)
        self._line_up(batch, end=lambda: self._keep_promise(promised, batch))
        return promised

    def _keep_promise(self, promised: Future[list[dict[str, str]]], batch: UploadBatch) -> None:
        with self._lock:
            self._promised.discard(promised)
        for item in batch.files:
            if item.state == "asked":
                _refuse(item, _TAKEN)
        if promised.set_running_or_notify_cancel():
            promised.set_result([item.as_json() for item in batch.files])

    def decide(self, batch: UploadBatch, number: int, choice: Choice) -> bool:
        """What becomes of a file whose name is taken; false if that is not being asked of it."""
        with self._lock:
            if not 0 <= number < len(batch.files) or batch.files[number].state != "asked" or not choice:
                return False
            batch.files[number].choice, batch.files[number].state = choice, "waiting"
        try:
            batch.write()
        except OSError as error:
            _log.warning("What was decided about %s is not on the disk (%s).", batch.files[number].name, error.strerror or error)
        self._line_up(batch)
        return True

    def refuse(self, batch: UploadBatch, number: int) -> bool:
        """Do not add a file whose name is taken; false if that is not being asked of it."""
        with self._lock:
            if not 0 <= number < len(batch.files) or batch.files[number].state != "asked":
                return False
            _refuse(batch.files[number], "You kept the document that was there.")
        self._line_up(batch)
        return True

    @property
    def is_idle(self) -> bool:
        """Whether no file waits to be added, or is being added."""
        return self._line.is_idle

    def batch(self, identifier: str, owner: str) -> UploadBatch | None:
        """The batch of that id, if it is this owner's."""
        return self._line.batch(identifier, owner)

    def untold(self, owner: str) -> list[UploadBatch]:
        """This owner's uploads that are not at their end, or whose end they were not shown, oldest first."""
        return self._line.untold(owner)

    def forget_file(self, document: Document) -> None:
        """Delete the uploaded file that a removed document was made from, if it was one."""
        path = self._file_of(document)
        if path is not None:
            path.unlink(missing_ok=True)

    def file_content(self, document: Document) -> bytes | None:
        """The uploaded file that a document was made from; `None` if it was not uploaded, or is too large to be put back."""
        path = self._file_of(document)
        if path is None or not path.is_file() or path.stat().st_size > _LARGEST_KEPT:
            return None
        return path.read_bytes()

    def restore_file(self, document: Document, content: bytes | None) -> None:
        """Put the uploaded file of a document back."""
        path = self._file_of(document)
        if path is not None and content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def close(self) -> None:
        """Stop after the document in work; what is added stays, and what waits is taken up at the next start."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)
        for promised in list(self._promised):
            promised.cancel()
        self._incoming.release()

    def _orphans(self) -> list[Path]:
        files = [path for path in self._folder.rglob("*") if path.is_file() and ".incoming" not in path.parts]
        if not files:
            return []
        known = {self._file_of(entry) for entry in self._assistant.entries()}
        return sorted(path for path in files if path.resolve() not in known)

    def _file_of(self, document: Document | DocumentEntry) -> Path | None:
        """The uploaded file that a document was made from, if it was one."""
        if document.source_path is None:
            return None
        # What lies inside an uploaded file (an attachment, a member of an archive) is "FILE!/MEMBER".
        path = (self._folder.parent.parent / containing_file(document.source_path)).resolve()
        return path if path.is_relative_to(self._folder.resolve()) else None

    def _line_up(self, batch: UploadBatch, end: Callable[[], None] | None = None) -> None:
        """Have the files that are due added, each when it is its person's turn, and after the last `end` done."""
        jobs: list[Callable[[], None]] = [
            partial(self._add_in_turn, batch, item, item.path) for item in batch.files if item.path is not None and item.is_due
        ]
        jobs.append(end or partial(self._settle, batch))
        for job in jobs:
            self._line.wait_turn(batch.person, job)
            self._worker.submit(self._line.take_turn)

    def _settle(self, batch: UploadBatch) -> None:
        """Clear a batch away that is at its end; of another, write down how far it is."""
        if batch.finished:
            shutil.rmtree(batch.folder, ignore_errors=True)
        elif (batch.folder / RECORD).exists():
            batch.write()

    def _add_in_turn(self, batch: UploadBatch, item: UploadedFile, path: Path) -> None:
        if not item.is_due or self._stopping.is_set():
            return
        try:
            self._add(batch, item, path)
        except Exception:  # noqa: BLE001
            # Whatever a file does, it comes to an end that is shown, and those behind it go on.
            _log.exception("The uploaded file %s could not be added.", item.name)
            _refuse(item, _FAULT)

    def _is_settled(self, item: UploadedFile, incoming: Path, target: Path) -> bool:
        """Whether a file of that name is there already, and nothing is to be done, or must be asked first."""
        if not (incoming.exists() and target.exists()):
            return False
        if _digest(incoming) == _digest(target) and self._document_of(target) is not None:
            item.state = "unchanged"
            return True
        if not item.choice:
            item.state = "asked"
        return not item.choice

    def _add(self, batch: UploadBatch, item: UploadedFile, incoming: Path) -> None:
        target = self._folder / item.name
        earlier = incoming.with_name(incoming.name + ".earlier")
        if obstacle := self._obstacle(target):
            _refuse(item, obstacle)
            return
        if self._is_settled(item, incoming, target):
            return
        if item.choice == "keep_both" and incoming.exists() and target.exists():
            item.name = self._free_name(item.name)
            batch.write()
            target = self._folder / item.name
        replaced = self._document_of(target) if item.choice == "replace" else None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # A server that was killed in the middle may have moved one or both already.
            if incoming.exists():
                if target.exists():
                    target.replace(earlier)
                incoming.replace(target)
        except OSError as error:
            _refuse(item, f"It cannot be stored ({error.strerror or error}). Rename the file, or make room on the server's disk.")
            return
        item.state = "reading"
        try:
            state, reason = self._read(item, target)
        except CancelledError:
            item.state = "waiting"
            return
        except Exception:  # whatever it was, the earlier version stays
            _put_back(target, earlier)
            raise
        if state == "refused":
            _refuse(item, reason + (" The earlier version stays in the library." if _put_back(target, earlier) else ""))
            return
        small = earlier.exists() and earlier.stat().st_size <= _LARGEST_KEPT
        # Whoever looks at the list once the file is at its end finds there what can be taken back.
        self._told(batch, dataclasses.replace(item, state=state), replaced, earlier.read_bytes() if small else None)
        item.reason = reason
        item.state = state

    def _obstacle(self, target: Path) -> str:
        """Why no file can be put there; "" where one can."""
        if leads_out(target, self._folder.parent.resolve() / self._folder.name):
            return "Its folder is a link that leads out of the library. Rename the file or its folder."
        return "There is a folder of this name. Rename the file." if target.is_dir() else ""

    def _free_name(self, name: str) -> str:
        """The name with the lowest number behind it that no file has."""
        path, number = Path(name), 2
        while (self._folder / path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
            number += 1
        return path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()

    def _document_of(self, file: Path) -> Document | None:
        """The document that was made from an uploaded file."""
        wanted = file.resolve()
        found = next((entry for entry in self._assistant.entries() if self._file_of(entry) == wanted), None)
        try:
            return self._assistant.document(found.id) if found is not None else None
        except DocumentNotFoundError:  # removed meanwhile
            return None

    def _read(self, item: UploadedFile, target: Path) -> tuple[str, str]:
        """The state that the file comes to, and why it was refused or what was left out. Raises CancelledError."""
        try:
            report = self._assistant.add(target, progress=_stage_teller(item), cancelled=self._stopping.is_set)
        except CancelledError:
            raise
        except ParleyError as error:
            # Where a document was stored before something else failed, its file stays with it.
            return "added" if self._holds(target) else "refused", str(error)
        if report.refused and not (report.added or report.updated or report.unchanged):
            return "refused", report.refused[0].reason
        state = "added" if report.added else "updated" if report.updated else "unchanged"
        told = [warning.message for _, warning in report.warnings]
        return state, " ".join([*told, *(refusal.reason for refusal in report.refused)])

    def _holds(self, target: Path) -> bool:
        """Whether the library has a document made from what the file holds now."""
        document = self._document_of(target)
        return document is not None and document.sha256 == _digest(target)


def _files(received: Sequence[ReceivedFile], choice: Choice) -> list[UploadedFile]:
    """What arrived as what is to be added; what was refused on its way is at its end."""
    return [UploadedFile(item.name, item.path, "waiting" if item.path else "refused", item.reason, choice) for item in received]


def _put_back(target: Path, earlier: Path) -> bool:
    """Take a file away that could not be added; returns whether it stood in the place of another one, which is back."""
    target.unlink(missing_ok=True)
    if not earlier.exists():
        return False
    earlier.replace(target)
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse(item: UploadedFile, reason: str) -> None:
    _log.warning("The uploaded file %s was not added: %s", item.name, reason)
    item.reason = reason
    item.state = "refused"


def _stage_teller(item: UploadedFile) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        item.state = _STAGES.get(progress.stage, "indexing")

    return tell
