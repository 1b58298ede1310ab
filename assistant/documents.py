"""The documents of an assistant: adding, removing, correcting and listing them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from parley.assistant.forgetting import forget_in_conversations
from parley.index.errors import LibraryError
from parley.index.library import Library
from parley.index.types import AddReport, Document, DocumentEntry, MetadataChanges, Progress

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode

_log = logging.getLogger(__name__)


class DocumentKeeping:
    """What an assistant does with the documents of its library."""

    _library: Library

    def add(
        self,
        *paths: str | Path | Iterable[str | Path],
        prune: bool = False,
        prune_most: bool = False,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> AddReport:
        """Add files and folders, one by one or in lists; only new and changed files cost anything.

        Files that cannot be read are told in the report.

        With `prune`, documents whose file is gone from one of the folders are removed; else the report names them. Where more
        than half of a folder's documents would go, or a fifth and at least five, as when a drive is not mounted, that needs
        `prune_most` too.

        Raises:
            LibraryBusyError: another process is writing to the library.
            CancelledError: `cancelled` returned true; what was stored until then is kept.
        """
        named = [path for given in paths for path in ([given] if isinstance(given, str | Path) else given)]
        report = self._library.add(named, prune=prune, prune_most=prune_most, progress=progress, cancelled=cancelled)
        if report.removed:
            self.finish_removals()
        return report

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
        """Forget a document, given by id or path, and return it. Raises DocumentNotFoundError, LibraryBusyError.

        Its text, passages, statements, vectors and terms leave the disk, the file it was made from where that was uploaded, and
        what conversations kept with the library quote of it.
        """
        return self.remove_all([document])[0]

    def remove_all(self, documents: Iterable[str | Path]) -> list[Document]:
        """Forget several documents in one step, as `remove` does; where one is not there, none is forgotten."""
        removed = self._library.remove_all(documents)
        self.finish_removals()
        return removed

    def finish_removals(self) -> None:
        """Take the words of removed documents out of what lies beside the library, where a crash left that undone."""
        gone = self._library.unfinished_removals
        if gone:
            forget_in_conversations(self._library.path, gone)
            self._library.finish_removals(gone)

    def take_up_removals(self) -> None:
        """`finish_removals` on opening: a library that cannot do it now opens all the same, and it stays to be done."""
        try:
            self.finish_removals()
        except LibraryError as error:
            _log.warning("Words of removed documents may still stand in conversations: %s", error)

    def edit_metadata(self, document_id: str, **changes: Unpack[MetadataChanges]) -> Document:
        """Correct a document's title, outlet, author, date or language and return it; `None` means "not known".

        Corrections have the basis "user" and outlive adding the document's file again.

        Raises DocumentNotFoundError, LibraryBusyError, and MetadataError for a value that cannot be what it is given as.
        """
        return self._library.edit_metadata(document_id, changes)

    @property
    def has_current_statements(self) -> bool:
        """Whether the stored statements are what this version of Parley would find now; an upgrade makes them older."""
        return self._library.has_current_statements

    def renew_statements(
        self, *, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> int:
        """Extract the statements of all documents anew and return how many documents there are. Raises as `add` does."""
        return self._library.renew_statements(progress=progress, cancelled=cancelled)

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
