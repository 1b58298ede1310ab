"""The statements of a library: which extractor it uses, whether they are still that one's, and extracting them anew."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.index.errors import CancelledError, ParleyError
from parley.index.store.catalog import Catalog, ReadAgain
from parley.index.store.seals import Part
from parley.index.types import Document, Progress

if TYPE_CHECKING:
    from parley.index.statements import StatementExtractor

_log = logging.getLogger(__name__)

_BATCH = 200
"""Documents whose new statements are stored together."""


_READ: tuple[Part, ...] = ("text", "description")
"""What statements are made of."""


class Extraction:
    """Keeps a library's statements those of one extractor, as its manifest records it.

    Statements are made when a document is added. After an upgrade, or when another extractor is chosen, those stored are
    of another version than new ones would be; `renew` replaces them all.
    """

    def __init__(self, catalog: Catalog, extractor: StatementExtractor) -> None:
        self._catalog = catalog
        self.extractor = extractor

    @property
    def is_current(self) -> bool:
        """Whether the stored statements are what the extractor would find now."""
        manifest = self._catalog.manifest
        wanted = (self.extractor.name, self.extractor.version)
        return (
            manifest is not None and (manifest.extractor, manifest.statements) == wanted
        ) or not self._catalog.document_count()

    def renew(self, *, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None) -> int:
        """Extract the statements of all documents anew, record by what, and return how many documents there were.

        The caller holds the write lock. A job that is stopped or killed is done again from the start by the next one.

        Raises:
            CancelledError: `cancelled` returned true.
        """
        ids = list(self._catalog.digests())
        for start in range(0, len(ids), _BATCH):
            if cancelled is not None and cancelled():
                msg = f"Stopped after the statements of {start} of {len(ids)} documents. Run it again to extract the rest."
                raise CancelledError(msg)
            batch = ids[start : start + _BATCH]
            # What is made of a damaged text would be sealed as if it were whole.
            found = [self._catalog.document(name) for name in batch if not self._catalog.broken_parts(name, _READ)]
            read = [self._read_again(document) for document in found if document is not None]
            self._catalog.replace_readings([reading for reading in read if reading is not None])
            if progress is not None:
                progress(Progress(start + len(batch), len(ids), batch[-1], "extract"))
        self.record()
        return len(ids)

    def _read_again(self, document: Document) -> ReadAgain | None:
        """What is read anew, or `None` where that breaks down: the document keeps its statements, and the others get theirs."""
        try:
            return self.read(document)
        except ParleyError:
            raise
        except Exception:  # noqa: BLE001  (logged; the next document may be read)
            _log.exception("Extracting the statements of %s broke down; those it had are kept", document.id)
            return None

    def read(self, document: Document) -> ReadAgain:
        """The document with its genre and author, its turns, and the statements in it."""
        from parley.index.structure.reading import read_structure

        structure = read_structure(document)
        return ReadAgain(structure.document, structure.turns, self.extractor.extract(structure.document, structure.turns))

    def bring_up_to_date(
        self, *, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        """Extract anew where the stored statements are another version's; record the extractor of a library without any."""
        if not self.is_current:
            self.renew(progress=progress, cancelled=cancelled)
        elif not self._catalog.document_count():
            self.record()

    def record(self) -> None:
        """Store in the manifest that the statements are this extractor's."""
        manifest = self._catalog.manifest
        assert manifest is not None
        recorded = replace(manifest, extractor=self.extractor.name, statements=self.extractor.version)
        if recorded != manifest:
            self._catalog.store_manifest(recorded)
