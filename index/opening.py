"""Opening the folder of a library: it is made where it is missing, and refused where this version cannot read it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parley.index.errors import (
    ExtraMissingError,
    LibraryDamagedError,
    LibraryError,
    LibraryMismatchError,
    ParleyError,
)
from parley.index.files import make_private_folder
from parley.index.models.embedder import embedder_named
from parley.index.models.minilm import DEFAULT_MODEL
from parley.index.passages import READABLE_SPLITTERS, SPLITTER
from parley.index.readers.containers.members import MEMBER_MARK
from parley.index.store.catalog import Catalog
from parley.index.types import Document, Embedder, LibraryManifest
from parley.index.user_settings import check_trusted, trust_model

if TYPE_CHECKING:
    from parley.index.statements import StatementExtractor

_log = logging.getLogger(__name__)

FORMAT = 1
"""Version of the folder's layout and of what the catalogue holds."""


@dataclass(frozen=True, slots=True)
class OpenedFolder:
    """A folder whose catalogue is open; `extractor` names what found the statements in it."""

    path: Path
    catalog: Catalog
    embedder: Embedder
    extractor: str


def open_folder(path: Path, embedder: Embedder | None, *, create: bool) -> OpenedFolder:
    """Open the catalogue in a folder, with the model it was made with where no embedder is given.

    Raises LibraryError, LibraryMismatchError, NotTrustedError, LibraryDamagedError.
    """
    _check_leftovers(path)
    _check_folder(path, create=create)
    _check_links(path)
    # Absolute, so that a program may change its working folder while the library is open.
    folder = path.absolute()
    try:
        make_private_folder(folder)
    except OSError as error:
        msg = f"The folder {folder} cannot be made ({error.strerror or error}). Name one that you may write to."
        raise LibraryError(msg) from error
    catalog = Catalog(folder / "catalog.sqlite")
    manifest = catalog.manifest
    if manifest is None:
        if catalog.passage_count() or _left_beside(folder):
            catalog.close()
            raise _without_catalogue(folder, "does not say what it was made with")
        embedder = embedder or embedder_named()
        _remember_model(folder, embedder)
        catalog.store_manifest(LibraryManifest(FORMAT, embedder.name, embedder.sha256, embedder.dimension, splitter=SPLITTER))
    else:
        if embedder is None and manifest.model != DEFAULT_MODEL:
            check_trusted(folder, manifest.model)
        embedder = embedder or embedder_named(manifest.model)
        _check_manifest(folder, manifest, embedder)
    recorded = manifest.extractor if manifest is not None else "default"
    return OpenedFolder(folder, catalog, embedder, recorded)


def extractor_of(opened: OpenedFolder, wanted: str | None) -> StatementExtractor:
    """The extractor wanted, or else the library's own. Raises ExtraMissingError, with the way to do without."""
    from parley.index.statements import make_extractor

    try:
        return make_extractor(wanted or opened.extractor)
    except ExtraMissingError as error:
        msg = f"{error}. To go on without it: parley extract --extractor default --library {opened.path}"
        raise ExtraMissingError(msg) from error


def delete_original(document: Document, folder: Path) -> None:
    """Delete the file that a document was made from where it lies in the library's own folder. Raises LibraryError."""
    if document.source_path is None:
        return
    # One that lay inside another file goes with that file: it holds the same words.
    path = (folder.parent / document.source_path.partition(MEMBER_MARK)[0]).resolve()
    if path.is_relative_to(folder.resolve()):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            msg = f"The file {path} of {document.id} cannot be deleted ({error.strerror or error}); nothing was removed."
            raise LibraryError(msg) from error


def _remember_model(folder: Path, embedder: Embedder) -> None:
    """Whoever makes a library with a model trusts it; where that cannot be written down, opening the library asks."""
    if embedder.name == DEFAULT_MODEL:
        return
    try:
        trust_model(folder, embedder.name)
    except ParleyError as error:
        _log.warning("That you trust %s is not remembered: %s", embedder.name, error)


def _check_folder(folder: Path, *, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        msg = f"{folder} is a file, not a library folder. Name a folder; it is made if it is missing."
        raise LibraryError(msg)
    if not create and not (folder / "catalog.sqlite").exists():
        msg = f"There is no library in {folder}. Make one with `parley add --library {folder} PATH…`, or name another folder."
        raise LibraryError(msg)


def _check_links(folder: Path) -> None:
    """A library may come from somebody else: what is written to a file of it must not land in another one of the user's."""
    home = folder.resolve()
    for place in (folder, folder / "fulltext"):
        for path in place.iterdir() if place.is_dir() else ():
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                msg = (
                    f"{path} is a link that leads out of the library, to {path.readlink()}. Put what it leads to in its place, "
                    "or delete it. The library's folder itself may be a link."
                )
                raise LibraryError(msg)


_BESIDE_A_CATALOGUE = ("dense.faiss", "fulltext", "write.lock")
"""What lies in a library's folder once something was stored in it."""


def _check_leftovers(folder: Path) -> None:
    """Where the search caches of a library lie, its catalogue was there: a missing or empty one is damage, no new library."""
    catalogue = folder / "catalog.sqlite"
    try:
        size = catalogue.stat().st_size
    except OSError:
        size = -1
    if size <= 0 and _left_beside(folder):
        raise _without_catalogue(folder, "is missing" if size < 0 else "is empty")


def _left_beside(folder: Path) -> list[str]:
    return [name for name in _BESIDE_A_CATALOGUE if (folder / name).exists()]


def _without_catalogue(folder: Path, fault: str) -> LibraryDamagedError:
    left = " and ".join(_left_beside(folder)) or "its tables"
    return LibraryDamagedError(
        f"The library {folder} is damaged: {left} are there, but catalog.sqlite, which holds its documents, {fault}. Restore "
        "that file from a backup, or move the folder away and add the documents to a new library."
    )


def _check_manifest(folder: Path, manifest: LibraryManifest, embedder: Embedder) -> None:
    way_out = "Add the documents to a new library folder with `parley add --library NEW PATH…`"
    if manifest.format != FORMAT or manifest.splitter not in READABLE_SPLITTERS:
        msg = (
            f"The library {folder} has format {manifest.format} ({manifest.splitter}), "
            f"this version of Parley reads format {FORMAT} ({SPLITTER}). {way_out}."
        )
        raise LibraryMismatchError(msg)
    if manifest.model != embedder.name:
        msg = (
            f"The library {folder} was made with the embedding model {manifest.model}, not {embedder.name}. "
            f"Open it without naming a model (default: {DEFAULT_MODEL}), or: {way_out}."
        )
        raise LibraryMismatchError(msg)
