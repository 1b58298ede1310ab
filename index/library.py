"""A library: a folder with a catalogue and its caches; documents go in, hits come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self
from unicodedata import normalize

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from parley.index.errors import DocumentNotFoundError, LibraryDamagedError, LibraryMismatchError
from parley.index.extraction import Extraction
from parley.index.lately import Lately
from parley.index.models.question_map import question_vector
from parley.index.opening import delete_original, extractor_of, open_folder
from parley.index.store.caches import Caches
from parley.index.store.catalog import Catalog
from parley.index.store.fusion import reciprocal_rank_fusion
from parley.index.store.memory import Memory
from parley.index.store.seals import PARTS
from parley.index.store.soundness import Soundness
from parley.index.store.writing import Writing
from parley.index.stored_documents import StoredDocuments, not_found
from parley.index.types import (
    AddReport,
    Document,
    Embedder,
    Hit,
    LibraryManifest,
    MetadataChanges,
    SearchFilter,
)

if TYPE_CHECKING:
    from parley.index.confined.reading import FileReader
    from parley.index.doctor import DoctorReport
    from parley.index.ingest import CancelCheck, Ingest, ProgressCallback
    from parley.index.llamaindex import LibraryRetriever
    from parley.index.statements import StatementExtractor

CANDIDATES = 60
"""Passages taken from each engine before they are fused."""

_FILTERS_KEPT = 8
"""Filters whose passages are kept, eight bytes each: a question searches some five times with one filter."""

_NO_FILTER = SearchFilter()


class Library(StoredDocuments):
    """Documents on disk with hybrid search. One process may write at a time; any number may read.

    Made by `Library.open`. All methods may be called from several threads.
    """

    def __init__(
        self,
        path: Path,
        catalog: Catalog,
        embedder: Embedder,
        extractor: StatementExtractor,
        *,
        file_reader: FileReader | None = None,
    ) -> None:
        self.path = path
        self._file_reader = file_reader
        self._catalog = catalog
        self._embedder = embedder
        self._caches = Caches(path, catalog)
        self._extraction = Extraction(catalog, extractor)
        write_lock = FileLock(path / "write.lock")
        self._writer = Writing(path, self._caches, write_lock)
        self._writing = self._writer.hold
        self._memory = Memory(catalog, self._caches, write_lock)
        self._soundness = Soundness(path, catalog, self._memory.remember)
        self._filtered: Lately[tuple[SearchFilter, int, int], NDArray[np.int64]] = Lately(_FILTERS_KEPT)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        embedder: Embedder | None = None,
        extractor: str | None = None,
        file_reader: FileReader | None = None,
        create: bool = True,
    ) -> Self:
        """Open the library in a folder, made there if missing and `create` holds.

        Without an embedder the model that the library was made with is used, or the default one for a new library. The same
        goes for what extracts statements, one of `parley.index.statements.EXTRACTORS`; naming another one takes effect when
        documents are added or `renew_statements` is called. Files are read in a process of their own, with limits, unless
        another `file_reader` is given.

        Raises:
            ExtraMissingError: the library's extractor needs a package that is not installed.
            LibraryError: the folder does not exist and `create` is false, or is a file.
            LibraryMismatchError: the library was made with another model or format than asked for.
            NotTrustedError: it names an embedding model that this user has not named.
            LibraryDamagedError: its catalogue cannot be read.
        """
        opened = open_folder(Path(path), embedder, create=create)
        return cls(opened.path, opened.catalog, opened.embedder, extractor_of(opened, extractor), file_reader=file_reader)

    def close(self) -> None:
        """Close the catalogue; the library cannot be used afterwards.

        Where something was written here, what was removed leaves the disk before (`purge`), whoever removed it.
        """
        self._writer.close()
        self._filtered.clear()
        self._memory.close()
        self._caches.close()
        self._catalog.close()

    def rest(self) -> bool:
        """Give back files and memory until the next use takes them again, as of a library that nobody has asked for a while.

        Returns false where it is in use; some of it may then be given back all the same.
        """
        self._filtered.clear()
        return self._memory.rest() and self._caches.rest() and self._catalog.rest()

    def purge(self) -> None:
        """Take from the disk what is left of removed documents, which are hidden already. Raises LibraryBusyError.

        A library of up to 20,000 passages does so at every removal. For a larger one this means writing those parts of its full
        text anew that held them, so it is done once a hundredth of its passages was removed, when whoever wrote to it closes it,
        and here.
        """
        self._writer.purge()

    @property
    def manifest(self) -> LibraryManifest:
        """What the library was made with."""
        manifest = self._catalog.manifest
        assert manifest is not None
        return manifest

    @property
    def embedder(self) -> Embedder:
        """The model that encodes passages and questions. Raises LibraryMismatchError if its weights have changed."""
        manifest = self.manifest
        if self._embedder.sha256 != manifest.model_sha256:
            msg = (
                f"The library {self.path} was made with weights of SHA-256 {manifest.model_sha256[:12]}… of {manifest.model}; "
                f"those found now have {self._embedder.sha256[:12]}…. Restore the first, or add the documents to a new library."
            )
            raise LibraryMismatchError(msg)
        return self._embedder

    @property
    def passage_count(self) -> int:
        """How many passages the library holds."""
        return self._memory.remember("count", "passages", self._catalog.passage_count)

    @property
    def document_count(self) -> int:
        """How many documents the library holds."""
        return self._memory.remember("count", "documents", self._catalog.document_count)

    @property
    def change(self) -> int:
        """A number that grows with every change of content, by whatever process; equal numbers mean equal content."""
        return self._catalog.change

    def add(
        self,
        paths: Sequence[str | Path] | str | Path,
        *,
        prune: bool = False,
        prune_most: bool = False,
        progress: ProgressCallback | None = None,
        cancelled: CancelCheck | None = None,
    ) -> AddReport:
        """Add files and folders; unchanged files cost only their digest, changed ones are replaced.

        Args:
            paths: files and folders, the latter with all they hold; or one of them.
            prune: whether to remove documents whose file is gone from one of the folders; else the report names them.
            prune_most: whether to do so too where more than half of a folder's documents would go, or a fifth and at least
                five, as when a drive is not mounted; else the report names these.
            progress: called before each file and after each stored batch.
            cancelled: asked at the same moments; when it returns true the job stops.

        Raises:
            LibraryBusyError: another process is writing.
            CancelledError: stopped on request; what was stored until then is kept and searchable.
        """
        # The letters of a path are no paths.
        named = [paths] if isinstance(paths, str | Path) else paths
        with self._writing():
            job = self._job(progress, cancelled)
            return job.add_paths([Path(path) for path in named], prune=prune, prune_most=prune_most)

    def add_documents(
        self,
        documents: Iterable[Document],
        *,
        progress: ProgressCallback | None = None,
        cancelled: CancelCheck | None = None,
    ) -> AddReport:
        """Add documents made in memory; one with an id that exists replaces it. Raises as `add` does."""
        with self._writing():
            return self._job(progress, cancelled).add_documents(documents)

    def _job(self, progress: ProgressCallback | None, cancelled: CancelCheck | None) -> Ingest:
        """An adding job, after the statements of earlier documents were brought up to date."""
        from parley.index.confined.reading import common_reader
        from parley.index.ingest import Ingest

        self._extraction.bring_up_to_date(progress=progress, cancelled=cancelled)
        return Ingest(
            self._catalog,
            self.embedder,
            self._extraction.extractor,
            base=self.path.parent,
            reader=self._file_reader or common_reader(),
            progress=progress,
            cancelled=cancelled,
        )

    @property
    def has_current_statements(self) -> bool:
        """Whether the stored statements are what this version of Parley, with the extractor chosen, would find now."""
        return self._extraction.is_current

    def renew_statements(self, *, progress: ProgressCallback | None = None, cancelled: CancelCheck | None = None) -> int:
        """Extract the statements of all documents anew and return how many documents there are. Raises as `add` does."""
        with self._writing():
            return self._extraction.renew(progress=progress, cancelled=cancelled)

    def remove(self, document: str | Path) -> Document:
        """Forget a document, given by its id or path: text, passages, statements, vectors and terms leave the disk.

        So does the file it was made from, where that lies in the library's own folder, as an uploaded one does. In a large
        library terms and vectors are hidden at once, and leave with the next `purge`.

        Raises:
            DocumentNotFoundError: no document has that id or path.
            LibraryBusyError: another process is writing.
        """
        return self.remove_all([document])[0]

    def remove_all(self, documents: Iterable[str | Path]) -> list[Document]:
        """Forget several documents in one step, which costs little more than forgetting one; returns each once.

        Raises as `remove` does; where one is not there, none is forgotten.
        """
        found = list({one.id: one for one in map(self._wanted, documents)}.values())
        if not found:
            return []
        with self._writing():
            for one in found:
                delete_original(one, self.path)
            self._catalog.remove([one.id for one in found])
        return found

    def _wanted(self, document: str | Path) -> Document:
        """The document with that id or path. Raises DocumentNotFoundError."""
        from parley.index.sources import source_key

        # Systems write the same accented name in two ways; ids are kept composed.
        found = self._removable(str(document)) or self._removable(normalize("NFC", str(document)))
        if found is None and "\0" not in str(document):
            identifier, _ = self._catalog.sources().get(source_key(Path(document), self.path.parent), (None, None))
            found = self._removable(identifier) if identifier else None
        if found is None:
            msg = f"No document has the id or path {str(document)!r}. `parley list` shows the ids."
            raise DocumentNotFoundError(msg)
        return found

    @property
    def unfinished_removals(self) -> tuple[str, ...]:
        """Ids of removed documents whose words may still stand beside the library, as in conversations that quote them."""
        return self._catalog.unfinished_removals

    def finish_removals(self, document_ids: Iterable[str]) -> None:
        """Note that nothing of these removed documents is left anywhere. Raises LibraryBusyError."""
        with self._writing():
            self._catalog.finish_removals(document_ids)

    def edit_metadata(self, document_id: str, changes: MetadataChanges) -> Document:
        """Correct what is known about a document and return it; corrections outlive adding its file again.

        Raises:
            DocumentNotFoundError: no document has that id.
            MetadataError: a value cannot be what it is given as.
            LibraryBusyError: another process is writing.
        """
        from parley.index.description import corrected

        with self._writing():
            self._soundness.require(document_id, PARTS)
            found = self._catalog.document(document_id)
            if found is None:
                raise not_found(document_id)
            edited = corrected(found, changes)
            if edited != found:
                reading = self._extraction.read(edited)
                self._catalog.describe(reading.document)
                self._catalog.replace_readings([reading])
                edited = reading.document
        return edited

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        filter: SearchFilter = _NO_FILTER,  # noqa: A002  (the public name of the option)
        engines: Sequence[str] = ("dense", "lexical"),
    ) -> list[Hit]:
        """The `k` passages that fit the query best, best first; `damaged` names documents that were left out.

        Dense and lexical rankings are joined by reciprocal rank fusion; with one engine named, that ranking alone is used.
        """
        # Half characters (lone surrogates) are in no text, and models do not take them.
        query = query.encode("utf-8", "replace").decode("utf-8")
        allowed = None if filter.is_empty else self._allowed(filter)
        if k < 1 or not query.strip() or (allowed is not None and not len(allowed)) or not self.passage_count:
            return []
        size = min(max(k, CANDIDATES), self.passage_count)
        caches = self._memory.search_caches()
        dense = (
            dict(caches.dense.search(question_vector(self.embedder, query), size, allowed=allowed)) if "dense" in engines else {}
        )
        lexical = dict(caches.fulltext.search(query, size, allowed=allowed)) if "lexical" in engines else {}
        fused = reciprocal_rank_fusion([list(dense), list(lexical)])[: k + CANDIDATES]
        passages = self._catalog.passages([key for key, _ in fused])
        known = ((key, score) for key, score in fused if key in passages)
        kept = list(islice((pair for pair in known if self._soundness.holds(passages[pair[0]].document_id)), k))
        self._memory.pinned.note(passages[key].document_id for key, _ in kept)
        return [
            Hit(passages[key], score, rank, dense=dense.get(key), lexical=lexical.get(key))
            for rank, (key, score) in enumerate(kept, start=1)
        ]

    @property
    def damaged(self) -> tuple[str, ...]:
        """Ids of documents that were found not to be what was stored since the library was opened; searches leave them out."""
        return tuple(self._soundness.damaged)

    def _removable(self, document_id: str) -> Document | None:
        """The document with that id, if there is one; one that cannot be read any more as its id alone."""
        try:
            return self._catalog.document(document_id)
        except LibraryDamagedError:
            return Document(document_id, text="", title=document_id)

    def _allowed(self, allowed: SearchFilter) -> NDArray[np.int64]:
        """Ids of the passages that pass a filter."""
        # By its state, what was found before is told from what would be found now.
        key = (allowed, self._catalog.change, self._catalog.generation)
        return self._filtered.get(key, lambda: self._catalog.allowed_ids(allowed))

    def as_retriever(self, *, k: int = 10, filter: SearchFilter = _NO_FILTER) -> LibraryRetriever:  # noqa: A002
        """A LlamaIndex `BaseRetriever` over `search`."""
        from parley.index.llamaindex import LibraryRetriever

        return LibraryRetriever(self, k=k, filter=filter)

    def doctor(self, *, mend: bool = True) -> DoctorReport:
        """Check catalogue, vectors, full text and model against each other; with `mend`, rebuild the caches that differ.

        Raises LibraryBusyError if something must be mended while another process is writing.
        """
        from parley.index.doctor import Menders, examine

        menders = (
            Menders(self._rebuild_caches, self.renew_statements, self._mend_documents, self._file_statements) if mend else None
        )
        return examine(self._catalog, self._caches, self._embedder, self._extraction, mend=menders)

    def _mend_documents(self, document_ids: Sequence[str]) -> None:
        """Make damaged documents anew: from their files where these are unchanged, else from their texts if those are whole."""
        with self._writing():
            self._job(None, None).mend(document_ids)

    def _file_statements(self, ids: Sequence[int]) -> None:
        with self._writing():
            self._catalog.file_anew(ids)

    def _rebuild_caches(self) -> None:
        with self._writing():
            self._caches.forget()
