"""The files inside a file, found again by their numbers: what was unpacked last is kept until another file is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from parley.index.errors import ReadError
from parley.index.readers import read_bytes, read_data, refusing
from parley.index.readers.containers.members import Member, members_of
from parley.index.types import Document


@dataclass(frozen=True, slots=True)
class FoundMember:
    """A file inside another: its path there, and the SHA-256 of its bytes; or why it cannot be taken out."""

    path: str
    sha256: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files inside a file in their order; `refusal` says why it could not be read to its end, "" if it could."""

    members: tuple[FoundMember, ...]
    refusal: str = ""


class Unpacker:
    """Unpacks one file at a time."""

    def __init__(self, largest_file: int) -> None:
        self._largest_file = largest_file
        self._path: Path | None = None
        self._members: list[Member] = []

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return sum(len(member.data) for member in self._members)

    def contents(self, path: Path) -> Contents:
        """What is inside a file."""
        self._path, self._members = path, []
        refusal = ""
        try:
            # As they come: those before a damaged one are kept.
            self._members.extend(self._unpacked(path))
        except ReadError as error:
            refusal = str(error)
        return Contents(tuple(_found(member) for member in self._members), refusal)

    def read(self, path: Path, number: int, *, document_id: str, source: str) -> Document:
        """The document in one of the files inside a file, by its number from 0. Raises ReadError."""
        if self._path != path:
            self.contents(path)
        if number >= len(self._members):
            msg = f"{path.name} has changed while it was read. Add it again."
            raise ReadError(msg)
        member = self._members[number]
        return read_data(member.data, member.name, document_id=document_id, source=source)

    def _unpacked(self, path: Path) -> Iterator[Member]:
        with refusing(path.name):
            yield from members_of(read_bytes(path, self._largest_file), path.name)


def _found(member: Member) -> FoundMember:
    return FoundMember(member.path, "" if member.refusal else sha256(member.data).hexdigest(), member.refusal)
