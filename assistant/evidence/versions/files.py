"""The text of a version: a document of the library, a file, or a Word file before its tracked changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parley.assistant.evidence.source import Evidence
from parley.index.confined.reading import common_reader
from parley.index.errors import DocumentNotFoundError, ReadError
from parley.index.readers import hash_file, read_before_changes
from parley.index.types import Document


def version_of(evidence: Evidence, name: str | Path) -> Document:
    """The document of that id, else the text of that file. Raises DocumentNotFoundError, ReadError."""
    try:
        return evidence.document(str(name))
    except DocumentNotFoundError:
        path = Path(name)
        if "\0" in str(name) or not path.is_file():
            raise
        return common_reader().read(path, document_id=path.name)


def tracked_versions(evidence: Evidence, name: str | Path, base: Path) -> tuple[Document, Document]:
    """A Word file before its tracked changes and after them; `base` is the folder that remembered paths are relative to.

    Raises DocumentNotFoundError, and ReadError where its file is gone or has none.
    """
    after = version_of(evidence, name)
    path = base.resolve() / (after.source_path or "")
    if not path.is_file():
        msg = f"The file of {after.id!r} is gone, and only it has the tracked changes. Put it back, or compare two documents."
        raise ReadError(msg)
    if hash_file(path) != after.sha256:
        msg = f"{path.name} is not what it was when it was added. Add it again, then compare."
        raise ReadError(msg)
    before = read_before_changes(path, document_id=f"{after.id} before its changes")
    if before is None:
        msg = f"{path.name} has no tracked changes. Name a second version to compare it with."
        raise ReadError(msg)
    return replace(before, title=f"{after.title} (before its tracked changes)"), after
