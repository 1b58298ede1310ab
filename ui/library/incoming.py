"""The folders in which uploads arrive and wait, each belonging to the server that took it in.

Two servers may be open over one library. Each marks its folders and holds a lock as long as it lives, so that another one takes
up what a killed server left, and nothing that a living one is just receiving.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_MARK_BYTES = 4


class IncomingFolders:
    """The folders of one server below `.incoming`. Not safe to use from several threads, but for `new`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._mark = secrets.token_hex(_MARK_BYTES)
        self._lock: FileLock | None = None

    def new(self) -> Path:
        """Where a new upload is to lie; no such folder is there yet."""
        return self.path / f"{self._mark}-{secrets.token_hex(8)}"

    def hold(self) -> None:
        """Tell other servers that this one is at work on its folders. Raises OSError where nothing can be written."""
        if self._lock is None:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._lock_of(self._mark), thread_local=False, mode=0o600)
            lock.acquire(timeout=0)
            self._lock = lock

    def release(self) -> None:
        """What is left in the folders may be taken up by the next server."""
        if self._lock is not None:
            self._lock.release()
            self._lock_of(self._mark).unlink(missing_ok=True)
            self._lock = None

    def left(self) -> Iterator[Path]:
        """The folders that no other living server is at work on, oldest first."""
        folders = [path for path in self.path.glob("*") if not path.name.endswith(".lock")]
        held = {mark for mark in {_mark_of(path) for path in folders} if self._is_held(mark)}
        for folder in sorted(folders, key=lambda path: path.lstat().st_mtime):
            if _mark_of(folder) not in held:
                yield folder

    def take(self, folder: Path) -> Path | None:
        """The folder under this server's mark; `None` where another server was faster. Raises OSError."""
        self.hold()
        own = self.new()
        try:
            folder.rename(own)
        except FileNotFoundError:
            return None
        return own

    def _is_held(self, mark: str) -> bool:
        path = self._lock_of(mark)
        if mark == self._mark or not path.is_file():
            return False
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        lock.release()
        # Of a server that was killed.
        with suppress(OSError):
            path.unlink()
        return False

    def _lock_of(self, mark: str) -> Path:
        return self.path / f"{mark}.lock"


def _mark_of(folder: Path) -> str:
    """The mark of the server that took an upload in; "" for a folder of an earlier version."""
    return folder.name.partition("-")[0] if "-" in folder.name else ""
