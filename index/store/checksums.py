"""Whether the files of a full-text index are what was written: tantivy puts a checksum at the end of each, and reads past it."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

_TAIL = struct.Struct("<II")
"""Length of what stands at the end, which is JSON with the checksum of all before it, and a number that marks it."""

_MARK = 1337
_MOST_AT_OPENING = 100 * 1024**2
"""Bytes: what is read in a tenth of a second. A larger index is checked by `parley doctor` alone."""


def is_damaged(folder: Path, *, thoroughly: bool = False) -> bool:
    """Whether a file of the index is missing or differs from its checksum; a large index is only looked at `thoroughly`."""
    files = [path for path in folder.iterdir() if path.suffix and not path.name.startswith(".") and path.suffix != ".json"]
    try:
        if _is_incomplete(folder):
            return True
        if not thoroughly and sum(path.stat().st_size for path in files) > _MOST_AT_OPENING:
            return False
        return not all(_is_whole(path) for path in files)
    except FileNotFoundError:
        return False  # a writer has merged files meanwhile; it vouches for what it wrote


def _is_incomplete(folder: Path) -> bool:
    """Whether a file is missing that belongs to a part of the index that is in use."""
    before = (folder / "meta.json").read_bytes()
    try:
        used = {part["segment_id"].replace("-", "") for part in json.loads(before)["segments"]}
        files = [str(name) for name in json.loads((folder / ".managed.json").read_bytes())]
    except (ValueError, KeyError, TypeError, AttributeError):
        return True
    missing = [name for name in files if name.partition(".")[0] in used and not (folder / name).exists()]
    # Where a writer has put other parts in place meanwhile, those looked for were its to delete.
    return bool([name for name in missing if not _is_old_deletion(name, files)]) and (folder / "meta.json").read_bytes() == before


def _is_old_deletion(name: str, files: list[str]) -> bool:
    """Whether a file tells of deletions that a later one of the same part tells of too: "….12.del" beside "….54.del"."""
    part, _, rest = name.partition(".")
    others = [other for other in files if other.startswith(f"{part}.") and other.endswith(".del")]
    return rest.endswith(".del") and name != max(others, key=lambda other: int(other.split(".")[1]))


def _is_whole(path: Path) -> bool:
    content = path.read_bytes()
    if len(content) < _TAIL.size:
        return False
    length, mark = _TAIL.unpack(content[-_TAIL.size :])
    end = len(content) - _TAIL.size
    if mark != _MARK or length > end:
        return False
    try:
        stated = json.loads(content[end - length : end])["crc"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(stated == zlib.crc32(content[: end - length]))
