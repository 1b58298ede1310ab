"""Zip archives, as which most office programs save: opened only when they are whole, open to all, and of a bearable size."""

from __future__ import annotations

import io
import zipfile

from parley.index.errors import ReadError

LARGEST_CONTENT = 500 * 1024 * 1024
LARGEST_RATIO = 100
RATIO_MATTERS_FROM = 20 * 1024 * 1024
MOST_PARTS = 10_000
"""What is unpacked at most: bytes, times the packed size (of what is large), and files."""

ENCRYPTED = 0x1


def open_package(data: bytes, name: str, *, kind: str, mark: str = "") -> zipfile.ZipFile:
    """Open a zip archive after checking it; nothing is unpacked yet.

    Args:
        data: the bytes of the file.
        name: the file's name, for messages.
        kind: what the file is meant to be, with its article: "a Word file".
        mark: a part that every such file has; "" where there is none.

    Raises:
        ReadError: the archive is damaged, protected, of another kind, or would unpack to an absurd size.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        msg = f"{name} is protected by a password or is of an old format. Save it anew without password as {kind}, and add that."
        raise ReadError(msg)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        msg = f"{name} is damaged or cut off: it is not {kind} that is complete. Get it again, or open and save it anew."
        raise ReadError(msg) from error
    entries = package.infolist()
    _check_size(entries, len(data), name)
    if mark and mark not in {entry.filename for entry in entries}:
        msg = f"{name} is a zip archive but not {kind}. Give it the ending that fits it, or unpack it and add what is in it."
        raise ReadError(msg)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        msg = f"{name} is protected by a password. Save it without one, and add that."
        raise ReadError(msg)
    return package


def _check_size(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked // max(1, packed)
    is_bomb = unpacked > LARGEST_CONTENT or (unpacked > RATIO_MATTERS_FROM and ratio > LARGEST_RATIO) or len(entries) > MOST_PARTS
    if is_bomb:
        msg = (
            f"{name} would unpack to {unpacked // 1024**2} MB in {len(entries)} parts, {ratio} times its size; at most "
            f"{LARGEST_CONTENT // 1024**2} MB, {MOST_PARTS} parts and {LARGEST_RATIO} times are read. "
            "Split it, or save it without embedded files."
        )
        raise ReadError(msg)
