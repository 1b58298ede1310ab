"""Opening the files of others, and making our own.

Of others' only what is a regular file is opened, however it is named, so that nothing waits or reads a device. Our own are for
nobody else on the machine to read: they hold the documents' words.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from parley.index.errors import ReadError


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """The open file; a pipe, device, socket or folder in its place is never read from, nor waited for.

    Raises ReadError if it cannot be opened or is no regular file, also where reading breaks off inside the block.
    """
    try:
        descriptor = os.open(path, _reading_flags())
    except (OSError, ValueError) as error:
        raise ReadError(_cannot_open(path, error)) from error
    # Looked at once open: what lies under the name may change between a look and an opening.
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        msg = f"{path.name} is a folder or a device, not a file. Name the files to be read."
        raise ReadError(msg)
    with os.fdopen(descriptor, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise ReadError(_cannot_open(path, error)) from error


def _reading_flags() -> int:
    """Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever. Windows has only O_BINARY of these."""
    return os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def make_private_folder(path: Path) -> None:
    """Make a folder that its owner alone may look into; one that is there stays as it is. Raises OSError."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone to read; one that is there stays as it is. Raises OSError.

    Whoever gave a group the right to write to the folder shares it on purpose: the group then may use the file, too.
    """
    folder = path.parent.stat().st_mode
    shared = folder & stat.S_IWGRP and not folder & stat.S_ISVTX
    # Never an opening of what is there: a pipe would be waited for.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660 if shared else 0o600))


def others_may_read(folder: Path) -> bool:
    """Whether anybody on this machine may read what is in a folder: it, and all those above it, let them."""
    if os.name == "nt":
        return False
    above = [path.stat().st_mode for path in folder.absolute().parents]
    return bool(folder.stat().st_mode & stat.S_IROTH) and all(mode & stat.S_IXOTH for mode in above)


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that on a full disk the earlier one stays, not a part of the new one. Raises OSError."""
    temporary = path.with_name(f"{path.name}.new")
    try:
        make_private_file(temporary)
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _cannot_open(path: Path, error: Exception) -> str:
    known: dict[type[Exception], str] = {
        FileNotFoundError: "Check the path.",
        PermissionError: "Give yourself the right to read it.",
        IsADirectoryError: "Name the files to be read.",
    }
    advice = known.get(type(error), "Check the disk or the connection.")
    return f"{path.name} cannot be opened: {getattr(error, 'strerror', None) or error}. {advice}"
