"""Writing mails as Outlook keeps them: a compound file ([MS-CFB]) with the properties of a mail ([MS-OXMSG]) in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_SECTOR, _SMALL = 512, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT, _BINARY, _LONG = 0x001F, 0x0102, 0x0003


@dataclass
class Storage:
    """A folder of the compound file."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, Storage] = field(default_factory=dict)


def outlook_file(mail: Storage) -> bytes:
    """The bytes of a .msg file."""
    return _compound(mail)


def mail(
    texts: Mapping[int, str], *, files: Mapping[str, bytes] = {}, mails: tuple[Storage, ...] = (), inner: bool = False
) -> Storage:
    """A mail with texts by property number, attached files and attached mails; `inner` for one that is attached itself."""
    made = Storage()
    header = struct.pack("<8x4I", 0, 0, 0, len(files) + len(mails)) + (b"" if inner else bytes(8))
    _set_texts(made, texts, header)
    for number, (name, data) in enumerate(files.items()):
        held = Storage(streams={f"__substg1.0_3701{_BINARY:04X}": data})
        _set_texts(held, {0x3707: name}, bytes(8), binary={0x3701: len(data)}, method=1)
        made.storages[f"__attach_version1.0_#{number:08X}"] = held
    for number, attached in enumerate(mails, start=len(files)):
        held = Storage(storages={"__substg1.0_3701000D": attached})
        _set_texts(held, {0x3707: "mail.msg"}, bytes(8), method=5)
        made.storages[f"__attach_version1.0_#{number:08X}"] = held
    return made


def _set_texts(
    storage: Storage, texts: Mapping[int, str], header: bytes, binary: Mapping[int, int] = {}, method: int | None = None
) -> None:
    properties = header
    for number, text in texts.items():
        data = text.encode("utf-16-le")
        storage.streams[f"__substg1.0_{number:04X}{_TEXT:04X}"] = data
        properties += struct.pack("<HHIII", _TEXT, number, 6, len(data) + 2, 0)
    for number, size in binary.items():
        properties += struct.pack("<HHIII", _BINARY, number, 6, size, 0)
    if method is not None:
        properties += struct.pack("<HHIII", _LONG, 0x3705, 6, method, 0)
    storage.streams["__properties_version1.0"] = properties


class _Sectors:
    """Pieces of one size, and for each the number of the piece that follows it."""

    def __init__(self, size: int) -> None:
        self.size, self.pieces, self.following = size, [], []

    def store(self, data: bytes) -> int:
        """The number of the first piece of some data."""
        start, count = len(self.pieces), -(-len(data) // self.size)
        for number in range(count):
            self.pieces.append(data[number * self.size : (number + 1) * self.size].ljust(self.size, b"\0"))
            self.following.append(start + number + 1 if number + 1 < count else _END)
        return start if count else _END


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16sIQQIQ", label, len(label), kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size)


def _place(name: str, storage: Storage, kind: int, entries: list[bytes], large: _Sectors, small: _Sectors) -> int:
    """Puts a folder and what is in it into the list of entries, its children as a chain of right-hand neighbours."""
    own = len(entries)
    entries.append(b"")
    children = sorted([*storage.streams.items(), *storage.storages.items()], key=lambda item: (len(item[0]), item[0].upper()))
    numbers = []
    for label, inside in children:
        if isinstance(inside, Storage):
            numbers.append(_place(label, inside, 1, entries, large, small))
        else:
            numbers.append(len(entries))
            sectors = small if len(inside) < _SMALL else large
            entries.append(_entry(label, 2, _FREE, sectors.store(inside), len(inside)))
    for number, following in pairwise(numbers):
        entries[number] = entries[number][:72] + struct.pack("<I", following) + entries[number][76:]
    entries[own] = _entry(name, kind, numbers[0] if numbers else _FREE, 0, 0)
    return own


def _compound(root: Storage) -> bytes:
    large, small = _Sectors(_SECTOR), _Sectors(64)
    entries: list[bytes] = []
    _place("Root Entry", root, 5, entries, large, small)
    packed = b"".join(small.pieces)
    entries[0] = entries[0][:116] + struct.pack("<IQ", large.store(packed), len(packed))
    first_directory = large.store(b"".join(entries))
    small_table = struct.pack(f"<{len(small.following)}I", *small.following)
    small_table += b"\xff" * (-len(small_table) % _SECTOR)
    first_small = large.store(small_table)
    needed = 1
    while needed * 128 < len(large.following) + needed:
        needed += 1
    first = len(large.pieces)
    table = [*large.following, *[_TABLE] * needed]
    table += [_FREE] * (needed * 128 - len(table))
    numbers = (0, needed, first_directory, 0, _SMALL, first_small, len(small_table) // _SECTOR, _END, 0)
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header = struct.pack("<8s16sHHHHH6x9I", signature, b"", 0x3E, 3, 0xFFFE, 9, 6, *numbers)
    places = struct.pack("<109I", *(first + number for number in range(needed)), *[_FREE] * (109 - needed))
    return header + places + b"".join(large.pieces) + struct.pack(f"<{len(table)}I", *table)
