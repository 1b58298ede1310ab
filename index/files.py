"""Opening the files of others: only what is a regular file, however it is named, so that nothing waits or reads a device."""

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


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that on a full disk the earlier one stays, not a part of the new one. Raises OSError."""
    temporary = path.with_name(f"{path.name}.new")
    try:
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
