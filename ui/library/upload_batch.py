"""The files of one upload and how far each is; kept beside them on the disk, so that a restart loses none."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, Literal, Self

RECORD = "batch.json"
"""In the folder of an upload; a folder without it holds what never arrived whole."""

Choice = Literal["", "replace", "keep_both"]
"""What is to become of a file whose name is taken; "" asks."""

FINISHED = frozenset({"added", "updated", "unchanged", "refused"})


@dataclass(slots=True)
class UploadedFile:
    """A file on its way into the library.

    `state` is one of waiting, asked, reading, indexing, added, updated, unchanged, refused. One that is asked waits until
    somebody says whether it replaces the document of that name. `reason` says why it was refused, or what was left out.
    """

    name: str
    path: Path | None
    state: str = "waiting"
    reason: str = ""
    choice: Choice = ""

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED

    @property
    def is_due(self) -> bool:
        """Whether it is to be added, with nobody to wait for."""
        return not self.finished and self.state != "asked"

    @property
    def size_waiting(self) -> int:
        """Bytes that lie on the disk unread; 0 once it was moved to its place."""
        try:
            return self.path.stat().st_size if self.path is not None else 0
        except OSError:
            return 0

    def as_json(self) -> dict[str, str]:
        """The file for the page."""
        return {"name": self.name, "state": self.state, "reason": self.reason}


@dataclass(slots=True)
class UploadBatch:
    """The files of one upload, in the order in which they came. Only its owner may look at it.

    `folder` is where they lie until they are added, `who` the name of who sent them, for the log of changes. `is_told` holds once
    its owner has been shown what became of all files.
    """

    id: str
    owner: str
    folder: Path
    files: list[UploadedFile] = field(default_factory=list)
    who: str = ""
    is_told: bool = False

    @property
    def person(self) -> str:
        """Whose it is when turns are taken: a user's, from whatever browser or program; else the browser's."""
        return self.who or self.owner

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to its files."""
        return all(item.finished for item in self.files)

    def shown(self) -> dict[str, object]:
        """The batch as its owner's page is sent it; with its end, it is told."""
        self.is_told = self.finished
        return self.as_json()

    def as_json(self) -> dict[str, object]:
        """The batch for the page."""
        return {"id": self.id, "finished": self.finished, "files": [item.as_json() for item in self.files]}

    def write(self) -> None:
        """Put the record of the batch on the disk. Raises OSError."""
        fields = asdict(self) | {"folder": ""}
        for item in fields["files"]:
            item["path"] = str(item["path"].relative_to(self.folder)) if item["path"] is not None else None
        # Whoever decides and the worker may write at the same time, each to a file of its own.
        temporary = self.folder / f"{RECORD}.{threading.get_ident()}.new"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(fields, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / RECORD)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The batch that was written in a folder. Raises OSError, ValueError, KeyError or TypeError where there is none.

        The library may come from somebody else: a record whose names lead out of the folder is none.
        """
        fields: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        files = [
            UploadedFile(_checked(item["name"]), _inside(folder, item["path"]), item["state"], item["reason"], item["choice"])
            for item in fields["files"]
        ]
        for item in files:
            # What was in work when the server stopped begins again.
            item.state = "waiting" if item.is_due else item.state
        return cls(fields["id"], fields["owner"], folder, files, fields["who"])


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path in a folder leads out of it, by its parts or by a link."""
    return not path.resolve().is_relative_to(folder.resolve())


def _checked(name: str) -> str:
    """A name as `safe_path` gives it. Raises ValueError for one that leads elsewhere."""
    parts = PurePath(name).parts
    if not parts or ".." in parts or PurePath(name).is_absolute():
        msg = f"the name {name!r} leads out of the folder of uploads"
        raise ValueError(msg)
    return name


def _inside(folder: Path, given: str | None) -> Path | None:
    """Where a file of the batch lies, whether or not it was moved on. Raises ValueError where that is not in its folder."""
    if not given:
        return None
    path = folder / _checked(given)
    if leads_out(path, folder):
        msg = f"{given!r} leads out of its folder"
        raise ValueError(msg)
    return path
