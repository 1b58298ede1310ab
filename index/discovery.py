"""Which files a list of paths means: files as named, folders walked in a fixed order, each file once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from parley.index.readers.formats import is_picture, is_supported, supported_formats
from parley.index.types import Refusal

_LEADS_OUT = "It is a link that leads out of the folder, to {target}. Name that itself if it is to be added."

LIBRARY_MARK = "catalog.sqlite"
"""A folder that holds this file is a library, not a place for documents."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read and its size in bytes."""

    path: Path
    size: int


def discover(paths: Sequence[Path]) -> tuple[list[FoundFile], list[Refusal]]:
    """The files that `paths` mean, in the order named and by name within folders, and what is refused.

    Hidden files, hidden folders and libraries inside a folder are passed over in silence. A link that was named is followed, and
    so is one inside a folder that stays there; one that leads out of it is refused, as whoever made the folder may have put it
    there to be read. A folder or file reached twice counts once, so that links in a circle come to an end.
    """
    walk = _Walk()
    for path in paths:
        walk.add(path)
    return walk.found, walk.refused


class _Walk:
    def __init__(self) -> None:
        self.found: list[FoundFile] = []
        self.refused: list[Refusal] = []
        self._seen: set[tuple[int, int]] = set()

    def add(self, path: Path) -> None:
        """Add a path that the user named."""
        try:
            is_folder = path.is_dir()
            status = path.stat()
        except FileNotFoundError:
            self._refuse(path, "There is no such file or folder. Check the path.")
        except (OSError, ValueError) as error:
            self._refuse(
                path, f"It cannot be opened: {getattr(error, 'strerror', None) or error}. Check the path and its rights."
            )
        else:
            if is_folder:
                self._add_folder(path)
            else:
                self._add_file(path, status)

    def _add_folder(self, folder: Path) -> None:
        if _is_library(folder):
            self._refuse(folder, "It is a library, not a folder of documents. Name the folder that holds the documents.")
            return
        pending: list[Path] = [folder]
        home = Path(os.path.realpath(folder))
        while pending:
            path = pending.pop()
            try:
                status = path.stat()
                if path != folder and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(home):
                    self._refuse(path, _LEADS_OUT.format(target=os.path.realpath(path)))
                elif not path.is_dir():
                    self._add_file(path, status)
                elif self._is_new(status):
                    pending.extend(reversed(list(_visible_entries(path))))
            except OSError as error:
                self._refuse(path, f"It cannot be opened: {error.strerror or error}. Check where it leads and your rights.")

    def _add_file(self, path: Path, status: os.stat_result) -> None:
        if not (is_supported(path.name) or is_picture(path.name)):
            ending = f"Files ending in {path.suffix}" if path.suffix else "Files without an ending"
            self._refuse(path, f"{ending} are not supported. {supported_formats()}")
        elif self._is_new(status):
            self.found.append(FoundFile(path, status.st_size))

    def _is_new(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    def _refuse(self, path: Path, reason: str) -> None:
        self.refused.append(Refusal(str(path), reason))


def _visible_entries(folder: Path) -> Iterator[Path]:
    """Entries sorted by name, without hidden ones and without libraries. Raises OSError if the folder cannot be listed."""
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.startswith(".") and not _is_library(path):
            yield path


def _is_library(folder: Path) -> bool:
    """Whether the folder is a library, as far as one may look into it."""
    try:
        return (folder / LIBRARY_MARK).exists()
    except OSError:
        return False
