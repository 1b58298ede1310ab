"""The files inside a file: in a zipped folder, in a mailbox, attached to a mail; and those inside of these."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from parley.index.errors import ReadError
from parley.index.readers.containers.packages import LARGEST_CONTENT, open_package
from parley.index.readers.formats import CONTAINER_SUFFIXES, HOLDING_SUFFIXES, is_supported, supported_formats

MEMBER_MARK = "!/"
"""Stands between the path of a file and the path inside it, as in "talks.zip!/annex/draft.docx"."""

MOST_MEMBERS = 5_000
"""Files taken from one file, with all that is inside of these."""

_DEEPEST = 3
"""How many files lie inside one another at most: a file attached to a mail in a mailbox in a zipped folder."""

_SEEN_BY_NOBODY = ("__MACOSX", ".")


def containing_file(source: str) -> str:
    """The path of the file that a source is or lies in."""
    return source.partition(MEMBER_MARK)[0]


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its path there, and its bytes; or why it cannot be taken out."""

    path: str
    data: bytes = b""
    refusal: str = ""

    @property
    def name(self) -> str:
        """The name of the file itself."""
        return PurePosixPath(self.path.rsplit(MEMBER_MARK, 1)[-1]).name


class _Room:
    """How much more may be taken out of one file."""

    def __init__(self) -> None:
        self._files, self._bytes = MOST_MEMBERS, LARGEST_CONTENT

    def take(self, size: int, name: str) -> None:
        self._files -= 1
        self._bytes -= size
        if self._files < 0 or self._bytes < 0:
            told = f"more than {MOST_MEMBERS} files or {LARGEST_CONTENT // 1024**2} MB"
            msg = f"{name} holds {told} in all; what is beyond was left out. Split it."
            raise ReadError(msg)


def holds_others(path: PurePath) -> bool:
    """Whether a file of that name may hold others."""
    return path.suffix.lower() in HOLDING_SUFFIXES


def is_document(path: PurePath) -> bool:
    """Whether a file of that name is a document itself, and not only a place for others."""
    return path.suffix.lower() not in CONTAINER_SUFFIXES


def members_of(data: bytes, name: str) -> Iterator[Member]:
    """The documents inside a file, in the order in which they lie there, those inside others right behind these.

    Files of formats that cannot be read are refused where a folder was zipped; with a mail, its own warnings tell of them.

    Raises:
        ReadError: the file itself is damaged or protected, or it holds too much; what came before that may be used.
    """
    yield from _members(data, name, _Room(), 1)


def _members(data: bytes, name: str, room: _Room, depth: int) -> Iterator[Member]:
    for path, content, refusal in _directly(data, name):
        is_folder_entry = PurePath(name).suffix.lower() == ".zip"
        if refusal:
            yield Member(path, refusal=refusal)
            continue
        if not is_supported(path):
            if is_folder_entry:
                yield Member(path, refusal=f"{PurePosixPath(path).name} cannot be read. {supported_formats()}")
            continue
        room.take(len(content), name)
        inner = PurePosixPath(path)
        if is_document(inner):
            yield Member(path, content)
        if holds_others(inner):
            yield from _inside(path, content, room, depth)


def _inside(path: str, content: bytes, room: _Room, depth: int) -> Iterator[Member]:
    if depth >= _DEEPEST:
        if not is_document(PurePosixPath(path)):
            yield Member(path, refusal=f"{path} lies inside {_DEEPEST} other files. Unpack them and add what is in them.")
        return
    try:
        for member in _members(content, PurePosixPath(path).name, room, depth + 1):
            yield Member(f"{path}{MEMBER_MARK}{member.path}", member.data, member.refusal)
    except ReadError as error:
        if not is_document(PurePosixPath(path)):  # else it is refused as a document
            yield Member(path, refusal=str(error))


def _directly(data: bytes, name: str) -> Iterator[tuple[str, bytes, str]]:
    """Path, bytes and reason for refusing of each file that lies in this one."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".zip":
        yield from _zipped(data, name)
    elif suffix == ".mbox":
        from parley.index.readers.containers.mailbox import mails_of

        yield from ((path, content, "") for path, content in mails_of(data, name))
    else:
        yield from ((path, content, "") for path, content in _attached(data, name, suffix))


def _zipped(data: bytes, name: str) -> Iterator[tuple[str, bytes, str]]:
    with open_package(data, name, kind="a zipped folder") as package:
        for entry in sorted(package.infolist(), key=lambda one: one.filename):
            path = _clean(entry.filename)
            if entry.is_dir() or not path:
                continue
            try:
                content, refusal = package.read(entry) if is_supported(path) else b"", ""
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                content, refusal = b"", f"{path} is damaged inside {name}: {error}. Get the archive again."
            yield path, content, refusal


def _clean(path: str) -> str:
    """The path of a file inside an archive; "" for what nobody sees. Nothing is written anywhere by this name."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(_SEEN_BY_NOBODY) for part in parts)
    return "" if hidden else "/".join(parts)


def _attached(data: bytes, name: str, suffix: str) -> Iterator[tuple[str, bytes]]:
    from parley.index.readers.containers.mailbox import further_mails
    from parley.index.readers.mail.message import attached_files, parse_message

    if suffix == ".msg":
        from parley.index.readers.mail.outlook import outlook_message

        message = outlook_message(data, name)
    else:
        # Some programs save a whole thread under the ending of a mail: the first is the document, the others lie in it.
        yield from further_mails(data, name)
        message = parse_message(data, name)
    seen: dict[str, int] = {}
    for title, content in attached_files(message):
        path = _clean(title) or "attachment"
        seen[path] = seen.get(path, 0) + 1
        if seen[path] > 1:
            pure = PurePosixPath(path)
            path = str(pure.with_name(f"{pure.stem} ({seen[path]}){pure.suffix}"))
        if content:
            yield path, content
