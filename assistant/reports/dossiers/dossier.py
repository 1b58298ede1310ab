"""A dossier, and the list of them that a user may keep beside the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from parley.assistant.reports.views.term_lists import fold_name, read_list
from parley.index.errors import ParleyError, TermListError
from parley.index.files import write_whole
from parley.index.types import DocumentEntry

FILE_NAME = "dossiers.tsv"
"""Looked for in the library's folder."""

Basis = Literal["listed", "folder", "proposed"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The documents of one negotiation.

    Attributes:
        name: what it is called.
        documents: ids, in the order in which the documents were added.
        basis: who put them together: the user's list, the folders they lie in, or Parley by the names they share.
    """

    name: str
    documents: tuple[str, ...]
    basis: Basis


def listed_dossiers(path: Path, entries: Sequence[DocumentEntry]) -> list[Dossier]:
    """The dossiers of a file with `dossier<TAB>document id` lines; documents that have gone are left out.

    A document may be in several. Raises TermListError, naming file and line, where a line is malformed.
    """
    known = {entry.id for entry in entries}
    chosen: dict[str, list[str]] = {}
    for _, (name, document) in read_list(path, ("dossier", "document id")):
        if document in known:
            chosen.setdefault(name, []).append(document)
    order = {entry.id: number for number, entry in enumerate(entries)}
    return [
        Dossier(name, tuple(sorted(dict.fromkeys(documents), key=order.__getitem__)), "listed")
        for name, documents in chosen.items()
    ]


def write_dossiers(path: Path, dossiers: Iterable[Dossier]) -> None:
    """Keep a list of dossiers. Raises TermListError for a name that cannot stand in it, ParleyError if it cannot be written."""
    lines = ["# The documents of each negotiation; yours to edit. Columns, separated by a tab: dossier, document id."]
    for dossier in dossiers:
        if not dossier.name.strip() or "\t" in dossier.name or "\n" in dossier.name or dossier.name.startswith("#"):
            msg = f"{dossier.name!r} cannot be the name of a dossier. Use a line of text without tabs that does not begin with #."
            raise TermListError(msg)
        for document in dossier.documents:
            if "\t" in document or "\n" in document:
                msg = f"The id {document!r} cannot stand in a list: it holds a tab or a line break. Rename its file."
                raise TermListError(msg)
        lines += [f"{dossier.name}\t{document}" for document in dossier.documents]
    try:
        write_whole(path, "\n".join(lines) + "\n")
    except OSError as error:
        msg = f"The dossiers could not be written to {path}: {error.strerror}. Give yourself the right to write there."
        raise ParleyError(msg) from error


def dossier_named(dossiers: Sequence[Dossier], name: str) -> Dossier:
    """The dossier of that name, without regard to case and accents. Raises TermListError where there is none."""
    found = next((item for item in dossiers if fold_name(item.name) == fold_name(name)), None)
    if found is None:
        known = "; ".join(item.name for item in dossiers) or "none"
        msg = f"There is no dossier called {name!r}. There is: {known}. `parley dossiers` lists them."
        raise TermListError(msg)
    return found
