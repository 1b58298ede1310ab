"""Reading an upload as it arrives: each file's name, type and size are checked before a byte of it is stored."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from parley.assistant import readable_suffixes

MEGABYTE = 2**20
_UNWANTED = re.compile(r'[<>:"|?*\\/]')
_LONGEST_NAME = 120
_DEEPEST = 8


class UploadError(ValueError):
    """The upload as a whole cannot be taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What may be uploaded at once: suffixes in lower case with the dot, sizes in bytes."""

    suffixes: tuple[str, ...] = field(default_factory=readable_suffixes)
    file_bytes: int = 100 * MEGABYTE
    total_bytes: int = 500 * MEGABYTE
    files: int = 50


@dataclass(slots=True)
class ReceivedFile:
    """A file of an upload. `path` is where it lies, `None` if it was refused for `reason`.

    `name` has the folders before it, with slashes between, where the browser sent a whole folder.
    """

    name: str
    path: Path | None = None
    reason: str = ""
    size: int = 0


@dataclass(slots=True)
class _Part:
    disposition: bytes = b""
    received: ReceivedFile | None = None
    sink: BinaryIO | None = field(default=None)


class UploadReader:
    """Takes the body of a multipart request in pieces and stores the files that are allowed.

    Call `write` for each piece, `finish` when all has come, and `close` at the end, whatever happened.

    Not safe to use from several threads at once.
    """

    def __init__(self, content_type: str, folder: Path, limits: UploadLimits) -> None:
        """Raises UploadError if the body is not multipart."""
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise UploadError("Send the files as multipart/form-data.")
        self._folder = folder
        self._limits = limits
        self._total = 0
        self._ended = False
        self._header_name = b""
        self._part = _Part()
        self.files: list[ReceivedFile] = []
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._take_header_name,
                "on_header_value": self._take_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._open_part,
                "on_part_data": self._take_data,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def write(self, piece: bytes) -> None:
        """Take the next piece of the body. Raises UploadError if it is malformed or the whole is too large."""
        self._total += len(piece)
        if self._total > self._limits.total_bytes:
            raise UploadError(f"The upload is larger than {self._limits.total_bytes // MEGABYTE} MB. Add fewer files at a time.")
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise UploadError("The upload is malformed. Choose the files again.") from error

    def finish(self) -> None:
        """Raises UploadError if the body stopped before its end: its last file may lack its second half."""
        if not self._ended:
            raise UploadError("The upload is cut off. Add the files again.")

    def close(self) -> None:
        """Close what is still open."""
        if self._part.sink is not None:
            self._part.sink.close()

    def _end(self) -> None:
        self._ended = True

    def _begin_part(self) -> None:
        self._part = _Part()

    def _take_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _take_header_value(self, data: bytes, start: int, end: int) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._part.disposition += data[start:end]

    def _end_header(self) -> None:
        self._header_name = b""

    def _open_part(self) -> None:
        given = _file_name(self._part.disposition)
        if given is None:
            return
        if len(self.files) >= self._limits.files:
            raise UploadError(f"More than {self._limits.files} files. Add fewer files at a time.")
        received = ReceivedFile(safe_path(given))
        received.reason = self._refusal_by_name(received.name)
        self.files.append(received)
        self._part.received = received
        if not received.reason:
            # Each file has a folder of its own, so that two of one name do not meet.
            received.path = self._folder / str(len(self.files)) / safe_name(received.name)
            received.path.parent.mkdir(parents=True)
            self._part.sink = received.path.open("wb")

    def _refusal_by_name(self, name: str) -> str:
        if not name:
            return "The file has no name. Rename it and add it again."
        if Path(name).suffix.lower() not in self._limits.suffixes:
            kinds = " ".join(self._limits.suffixes)
            return f"Files of this type cannot be read. Save it as one of {kinds} and add that."
        return ""

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        received, sink = self._part.received, self._part.sink
        if received is None or sink is None or received.path is None:
            return
        received.size += end - start
        if received.size > self._limits.file_bytes:
            received.reason = (
                f"The file is larger than {self._limits.file_bytes // MEGABYTE} MB. Split it, or add its text alone."
            )
            sink.close()
            received.path.unlink()
            received.path = self._part.sink = None
        else:
            sink.write(data[start:end])

    def _end_part(self) -> None:
        if self._part.sink is not None:
            self._part.sink.close()
            self._part.sink = None


def safe_name(given: str) -> str:
    """A file name without folders, control and direction characters, or anything a file system would stumble over."""
    last = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    shown = "".join(character for character in last if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    cleaned = _UNWANTED.sub("_", shown).strip(" .")
    stem, suffix = Path(cleaned).stem, Path(cleaned).suffix
    while len((stem + suffix).encode("utf-8")) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return stem + suffix


def safe_path(given: str) -> str:
    """A file's name with the folders it lies in, each part as `safe_name` has it; the name alone where they lead elsewhere."""
    parts = given.split("/")
    if "\\" in given or len(parts) > _DEEPEST or any(part.strip(" .") == "" for part in parts):
        return safe_name(given)
    cleaned = [safe_name(part) for part in parts]
    return "/".join(part for part in cleaned if part) if cleaned[-1] else ""


def _file_name(disposition: bytes) -> str | None:
    """The file name that a part's Content-Disposition gives, `None` for a part that is no file."""
    _, options = parse_options_header(disposition)
    if b"filename" not in options:
        return None
    return options[b"filename"].decode("utf-8", "replace")
