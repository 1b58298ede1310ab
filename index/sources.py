"""What becomes a document when a file is added: the file itself, and the files inside it, each remembered under its path."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from parley.index.confined.reading import FileReader
from parley.index.confined.unpacking import Contents
from parley.index.discovery import FoundFile
from parley.index.errors import ReadError
from parley.index.readers import hash_file
from parley.index.readers.containers.members import MEMBER_MARK, holds_others, is_document
from parley.index.types import Document, Refusal


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read as one document.

    Attributes:
        path: its path as people are told it, that inside another file included.
        source: under which path it is remembered.
        name: what its document is called after.
        holder: the name of what it lies in: its folder, or the file that holds it.
        file: the file on the disk that it is, or is inside of.
        number: which one it is of those inside, from 0; `None` for a file on the disk.
        sha256: of a file inside another.
    """

    path: str
    source: str
    name: PurePath
    holder: str
    file: Path
    number: int | None = None
    sha256: str = ""

    def digest(self) -> str:
        """Hexadecimal SHA-256 of its bytes. Raises ReadError if it cannot be read."""
        return hash_file(self.file) if self.number is None else self.sha256

    def read(self, reader: FileReader, document_id: str) -> Document:
        """The document that it holds. Raises ReadError."""
        if self.number is None:
            return reader.read(self.file, document_id=document_id)
        return reader.read_member(self.file, self.number, document_id=document_id, source=self.path)


def files_of(found: FoundFile, base: Path, reader: FileReader) -> Iterator[SourceFile | Refusal]:
    """What is to be read of a file that was found, and what of it cannot be. `base` as in `source_key`."""
    path, source = found.path, source_key(found.path, base)
    if is_document(path):
        yield SourceFile(str(path), source, path, path.parent.name, path)
    if not holds_others(path):
        return
    try:
        contents = reader.contents(path)
    except ReadError as error:
        contents = Contents((), str(error))
    for number, member in enumerate(contents.members):
        inner = f"{path}{MEMBER_MARK}{member.path}"
        if member.refusal:
            yield Refusal(inner, member.refusal)
            continue
        name = PurePosixPath(member.path.rsplit(MEMBER_MARK, 1)[-1])
        yield SourceFile(inner, f"{source}{MEMBER_MARK}{member.path}", name, path.name, path, number, member.sha256)
    if contents.refusal and not is_document(path):  # else it is refused as the document that it is
        yield Refusal(str(path), contents.refusal)


def source_key(path: Path, base: Path) -> str:
    """How a file is remembered: relative to `base` (the library's parent folder) where it lies below, else absolute.

    A folder that holds both the documents and the library can so be moved as a whole.
    """
    # Folders are resolved, so that a file is known by one path however it is named; the file itself may be a link.
    absolute = Path(os.path.realpath(path.parent)) / path.name
    parent = base.resolve()
    return absolute.relative_to(parent).as_posix() if absolute.is_relative_to(parent) else absolute.as_posix()


def missing_documents(
    paths: Sequence[Path], sources: Mapping[str, tuple[str, str]], base: Path
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of documents that were made from a file below one of the folders and whose file is not there any more.

    The second set has those of folders that lost many: perhaps it is the folder, or one inside it, that is gone.
    """
    missing: set[str] = set()
    doubtful: set[str] = set()
    parent = base.resolve()
    files = {name: parent / source.partition(MEMBER_MARK)[0] for source, (name, _) in sources.items()}
    for folder in (path.resolve() for path in paths if path.is_dir()):
        below = {name: file for name, file in files.items() if file.is_relative_to(folder)}
        gone = {name for name, file in below.items() if _is_gone(file)}
        missing |= gone
        if are_many(len(gone), len(below)):
            doubtful |= gone
    return frozenset(missing), frozenset(doubtful)


def are_many(gone: int, below: int) -> bool:
    """Whether so many of a folder's documents are gone that it is asked first: more than half, or a fifth and at least five."""
    return 2 * gone > below or (gone >= _FEWEST_OF_MANY and 5 * gone >= below)


_FEWEST_OF_MANY = 5


def _is_gone(file: Path) -> bool:
    """Whether there is no such file; one that merely cannot be looked at counts as there."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
