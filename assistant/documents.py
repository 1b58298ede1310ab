"""The documents of an assistant: adding, removing, correcting and listing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from parley.index.library import Library
from parley.index.types import AddReport, Document, DocumentEntry, MetadataChanges, Progress

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode


class DocumentKeeping:
    """What an assistant does with the documents of its library."""

    _library: Library

    def add(
        self,
        *paths: str | Path,
        prune: bool = False,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add files and folders; only new and changed files cost anything. Files that cannot be read are told in the report.

        With `prune`, documents whose file is gone from one of the folders are removed; else the report names them.

        Raises:
            LibraryBusyError: another process is writing to the library.
            CancelledError: `cancelled` returned true; what was stored until then is kept.
        """
        return self._library.add(paths, prune=prune, progress=progress, cancelled=cancelled)

    def add_documents(
        self,
        documents: Iterable[Document | BaseNode],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add documents made with `Document.from_text`, or LlamaIndex's; one with an id that exists replaces it.

        Of LlamaIndex's documents, `metadata` gives title, outlet, author, date and language, and the id as "document_id".

        Raises as `add` does, and MetadataError for a date that is none.
        """
        return self._library.add_documents(_ours(documents), progress=progress, cancelled=cancelled)

    def remove(self, document: str | Path) -> Document:
        """Forget a document, given by id or path, and return it. Raises DocumentNotFoundError, LibraryBusyError."""
        return self._library.remove(document)

    def edit_metadata(self, document_id: str, **changes: Unpack[MetadataChanges]) -> Document:
        """Correct a document's title, outlet, author, date or language and return it; `None` means "not known".

        Corrections have the basis "user" and outlive adding the document's file again.

        Raises DocumentNotFoundError, LibraryBusyError, and MetadataError for a value that cannot be what it is given as.
        """
        return self._library.edit_metadata(document_id, changes)

    def documents(self) -> list[Document]:
        """All documents with their texts, in the order in which they were added."""
        return self._library.documents()

    def entries(self) -> list[DocumentEntry]:
        """All documents without their texts, in the order in which they were added."""
        return self._library.entries()

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises DocumentNotFoundError."""
        return self._library.document(document_id)


def _ours(documents: Iterable[Document | BaseNode]) -> Iterator[Document]:
    for document in documents:
        if isinstance(document, Document):
            yield document
        else:
            from parley.index.llamaindex import document_of_node

            yield document_of_node(document)
