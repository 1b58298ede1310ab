"""Adding files: found, read, cut, attributed, embedded, and stored a batch at a time.

Nothing of a document is stored before all of it is ready, and a batch is one transaction: a job that is cancelled or
killed leaves whole documents only. A file whose content digest is already stored under its path costs one digest.
"""

from __future__ import annotations

import logging
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

import numpy as np

from parley.index.confined.reading import FileReader
from parley.index.description import with_corrections
from parley.index.discovery import FoundFile, discover
from parley.index.errors import CancelledError, ParleyError, ReadError
from parley.index.passage_header import headed_text
from parley.index.passages import split_passages
from parley.index.readers import MOST_CHARACTERS, MOST_LINES
from parley.index.readers.containers.members import MEMBER_MARK
from parley.index.sources import SourceFile, files_of, missing_documents, source_key
from parley.index.statements import StatementExtractor
from parley.index.store.catalog import Catalog, PreparedDocument
from parley.index.structure.reading import read_structure
from parley.index.types import (
    AddReport,
    Document,
    Embedder,
    FloatMatrix,
    Passage,
    Progress,
    ReadingWarning,
    Refusal,
    Statement,
    Turn,
)

_log = logging.getLogger(__name__)

ProgressCallback = Callable[[Progress], None]
CancelCheck = Callable[[], bool]

BATCH_PASSAGES = 512
"""Passages embedded and stored together; bounds memory and what a cancelled job repeats (some seconds of work)."""


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Draft:
    """A document that is cut and attributed but not yet embedded."""

    document: Document
    passages: list[Passage]
    statements: tuple[Statement, ...]
    turns: tuple[Turn, ...]
    is_update: bool


@dataclass(slots=True)
class _Tally:
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[tuple[str, ReadingWarning]] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    passages: int = 0


class Ingest:
    """One adding job over a catalogue; the caller holds the write lock and publishes the caches afterwards."""

    def __init__(
        self,
        catalog: Catalog,
        embedder: Embedder,
        extractor: StatementExtractor,
        *,
        base: Path,
        reader: FileReader,
        progress: ProgressCallback | None = None,
        cancelled: CancelCheck | None = None,
    ) -> None:
        self._catalog = catalog
        self._embedder = embedder
        self._extractor = extractor
        self._base = base
        self._reader = reader
        self._progress = progress or (lambda _: None)
        self._cancelled = cancelled or (lambda: False)
        self._tally = _Tally()
        self._taken: set[str] = set()
        self._named: frozenset[Path] = frozenset()
        self._sources: dict[str, tuple[str, str]] = {}

    def add_paths(self, paths: Sequence[Path], *, prune: bool = False, prune_most: bool = False) -> AddReport:
        """Add files and folders; with `prune`, forget documents whose file is gone from one of the folders.

        Where many of a folder's documents are gone, as `are_many` has it, they are forgotten with `prune_most` only.

        Raises CancelledError when asked to stop; complete batches stay.
        """
        started = time.perf_counter()
        files, refused = discover(paths)
        self._named = frozenset(paths)
        known = self._catalog.sources()
        self._tally.refused.extend(self._with_kept(item, known) for item in refused)
        self._store(self._read_files(files, known), len(files))
        has_folder = any(path.is_dir() for path in paths)
        left, doubtful = missing_documents(paths, known | self._sources if has_folder else {}, self._base)
        missing = left | set(self._tally.vanished)
        gone = (missing if prune_most else missing - doubtful) if prune else frozenset()
        if gone:
            self._catalog.remove(sorted(gone))
        return replace(self._report(started), removed=tuple(sorted(gone)), missing=tuple(sorted(missing - gone)))

    def add_documents(self, documents: Iterable[Document]) -> AddReport:
        """Add documents made in memory, each in place of one with its id. Raises CancelledError when asked to stop."""
        started = time.perf_counter()
        everything = list(documents)
        self._store(self._check_documents(everything), len(everything))
        return self._report(started)

    def _read_files(self, files: Sequence[FoundFile], known: Mapping[str, tuple[str, str]]) -> Iterator[_Draft]:
        for number, found in enumerate(files):
            self._step(number, len(files), str(found.path), "read")
            if reason := _bad_name(found.path):
                self._tally.refused.append(Refusal(os.fsencode(found.path).decode("utf-8", "replace"), reason))
                continue
            yield from self._read_file(found, known)

    def _read_file(self, found: FoundFile, known: Mapping[str, tuple[str, str]]) -> Iterator[_Draft]:
        """The documents that a file is or holds; one that was in it before and is not now counts as missing."""
        seen = set()
        for item in files_of(found, self._base, self._reader):
            if isinstance(item, Refusal):
                self._tally.refused.append(self._with_kept(item, known))
                continue
            seen.add(item.source)
            draft = self._read_source(item, known)
            if draft is not None:
                yield draft
        inside = f"{source_key(found.path, self._base)}{MEMBER_MARK}"
        gone = [identifier for source, (identifier, _) in known.items() if source.startswith(inside) and source not in seen]
        self._tally.vanished.extend(gone if seen else ())

    def _read_source(self, item: SourceFile, known: Mapping[str, tuple[str, str]]) -> _Draft | None:
        identifier, digest = known.get(item.source, (None, None))
        try:
            if identifier is not None and item.digest() == digest and self._is_whole(identifier, item.file):
                self._tally.unchanged.append(identifier)
                return None
            name = identifier or self._free_id(item.name, item.holder)
            document = item.read(self._reader, name)
        except ReadError as error:
            self._tally.refused.append(Refusal(item.path, str(error), identifier))
            return None
        self._taken.add(name)
        earlier = self._catalog.document(identifier) if identifier is not None and self._is_known(identifier) else None
        wanted = with_corrections(replace(document, source_path=item.source), earlier)
        return self._or_refused(lambda: self._draft(wanted, is_update=identifier is not None), item.path, identifier)

    def _or_refused(self, work: Callable[[], _Draft | None], path: str, kept: str | None) -> _Draft | None:
        """The draft, or `None` where working on the text breaks down: one document must not stop the rest."""
        try:
            return work()
        except ParleyError:
            raise
        except Exception as error:  # noqa: BLE001  (told in the report, and logged)
            _log.exception("Working on the text of %s broke down", path)
            reason = (
                f"Its text was read, but Parley broke down over it ({type(error).__name__}) by a fault of its own. The log has "
                "the particulars: report them. Saved as another format, the text may be taken."
            )
            self._tally.refused.append(Refusal(path, reason, kept))
            return None

    def _is_whole(self, identifier: str, file: Path) -> bool:
        """Whether the document made of an unchanged file is what was stored; looked at for files that were named themselves."""
        return file not in self._named or not self._catalog.broken_parts(identifier)

    def _is_known(self, identifier: str) -> bool:
        """Whether corrections of a document can be trusted to be those that somebody made."""
        return not self._catalog.broken_parts(identifier, ("description",))

    def mend(self, identifiers: Sequence[str]) -> None:
        """Make documents anew whose parts are damaged, from unchanged files, or else from their texts where these are whole."""
        sources = {
            identifier: self._base / source.partition(MEMBER_MARK)[0]
            for source, (identifier, _) in self._catalog.sources().items()
        }
        files = list(dict.fromkeys(path for name in identifiers if (path := sources.get(name)) is not None and path.is_file()))
        if files:
            self.add_paths(files)
        broken = {name: self._catalog.broken_parts(name) for name in identifiers}
        whole = [name for name, parts in broken.items() if parts and not {"text", "description"} & set(parts)]
        found = [document for name in whole if (document := self._catalog.document(name)) is not None]
        drafts = (self._or_refused(partial(self._draft, one, is_update=True), one.id, one.id) for one in found)
        self._store((draft for draft in drafts if draft is not None), len(found))

    def _check_documents(self, documents: Sequence[Document]) -> Iterator[_Draft]:
        seen: set[str] = set()
        for number, document in enumerate(documents):
            self._step(number, len(documents), document.id, "read")
            stored = self._catalog.document(document.id)
            kept = document.id if stored else None
            if reason := _unusable(document):
                self._tally.refused.append(Refusal(document.id, reason, kept))
                continue
            checked = partial(self._checked, with_corrections(document, stored), stored, is_again=document.id in seen)
            draft = self._or_refused(checked, document.id, kept)
            if draft is not None:
                seen.add(document.id)
                yield draft

    def _checked(self, wanted: Document, stored: Document | None, *, is_again: bool) -> _Draft | None:
        """The draft of a document made in memory; `None` where it is what is stored."""
        if read_structure(wanted).document == stored:
            self._tally.unchanged.append(wanted.id)
            return None
        return self._draft(wanted, is_update=stored is not None or is_again)

    def _with_kept(self, refusal: Refusal, known: Mapping[str, tuple[str, str]]) -> Refusal:
        """The refusal of a path, with the document that was made from the same path before."""
        if "\0" in refusal.path:
            return refusal
        identifier, _ = known.get(source_key(Path(refusal.path), self._base), (None, None))
        return replace(refusal, kept=identifier)

    def _draft(self, document: Document, *, is_update: bool) -> _Draft:
        structure = read_structure(document)
        known = structure.document
        return _Draft(known, split_passages(known), self._extractor.extract(known, structure.turns), structure.turns, is_update)

    def _store(self, drafts: Iterator[_Draft], total: int) -> None:
        batch: list[_Draft] = []
        for draft in drafts:
            batch.append(draft)
            if sum(len(item.passages) for item in batch) >= BATCH_PASSAGES:
                self._store_batch(batch, total)
                batch = []
        self._store_batch(batch, total)

    def _store_batch(self, batch: list[_Draft], total: int) -> None:
        if not batch:
            return
        self._step(min(self._handled() + len(batch), total), total, batch[-1].document.id, "embed")
        texts = [headed_text(item.document, passage, item.turns) for item in batch for passage in item.passages]
        vectors = self._embed(texts, total, batch[-1].document.id, self._handled() + len(batch))
        prepared = []
        row = 0
        for item in batch:
            rows = vectors[row : row + len(item.passages)]
            prepared.append(PreparedDocument(item.document, tuple(item.passages), item.statements, rows, item.turns))
            row += len(item.passages)
        self._catalog.replace(prepared)
        for item in batch:
            (self._tally.updated if item.is_update else self._tally.added).append(item.document.id)
            self._tally.passages += len(item.passages)
            if item.document.source_path is not None:
                self._sources[item.document.source_path] = (item.document.id, item.document.sha256)
            self._tally.warnings.extend((item.document.id, warning) for warning in item.document.warnings)
        self._step(min(self._handled(), total), total, batch[-1].document.id, "stored")

    def _embed(self, texts: list[str], total: int, name: str, done: int) -> FloatMatrix:
        """The vectors of a batch; a document that is a batch of its own can be large, so the job can be stopped within it."""
        parts = []
        for start in range(0, len(texts), BATCH_PASSAGES):
            if start:
                self._step(done, total, name, "embed")
            parts.append(self._embedder.embed_passages(texts[start : start + BATCH_PASSAGES]))
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _handled(self) -> int:
        return len(self._tally.added) + len(self._tally.updated) + len(self._tally.unchanged) + len(self._tally.refused)

    def _step(self, done: int, total: int, path: str, stage: str) -> None:
        if self._cancelled():
            stored = len(self._tally.added) + len(self._tally.updated)
            msg = (
                f"Stopped at {path}: {stored} documents were stored before that and are kept. Add the same files again to go on."
            )
            raise CancelledError(msg)
        self._progress(Progress(done, total, path, stage))

    def _free_id(self, path: PurePath, holder: str) -> str:
        """The file's name; with the name of what it lies in where that is taken; then with a number."""
        composed = unicodedata.normalize("NFC", path.name)
        candidates = [composed, unicodedata.normalize("NFC", f"{holder}/{path.name}")]
        number = 2
        while candidates[0] in self._taken or self._catalog.holds(candidates[0]):
            candidates.pop(0)
            if not candidates:
                candidates.append(f"{composed} ({number})")
                number += 1
        return candidates[0]

    def _report(self, started: float) -> AddReport:
        tally = self._tally
        return AddReport(
            added=tuple(tally.added),
            updated=tuple(tally.updated),
            unchanged=tuple(tally.unchanged),
            refused=tuple(tally.refused),
            passages=tally.passages,
            seconds=time.perf_counter() - started,
            warnings=tuple(tally.warnings),
        )


def _unusable(document: Document) -> str | None:
    """Why a document made in memory cannot be stored, if it cannot."""
    if not document.id.strip():
        return "The document has no id. Give it one."
    if not document.text.strip():
        return "The document has no text. Give its text, or leave it out."
    if len(document.text) > MOST_CHARACTERS:
        return f"The text has {len(document.text)} characters; at most {MOST_CHARACTERS} are taken. Split it into parts."
    if (lines := document.text.count("\n")) > MOST_LINES:
        return f"The text has {lines} lines; at most {MOST_LINES} are taken. Split it into parts."
    if isinstance(document.date, datetime):
        return f"Its date {document.date} has a time. Give the day alone, as `date.date()` does."
    texts = (document.text, document.id, document.title, document.outlet or "", document.author or "", document.source_path or "")
    if any(_HALF_CHARACTER.search(text) for text in texts):
        return "The text or a name holds half characters (lone surrogates). Decode it again with the encoding it was written in."
    return None


def _bad_name(path: Path) -> str | None:
    """Why a file's name cannot be kept, if it cannot."""
    if _HALF_CHARACTER.search(str(path)):
        return "Its name is not written in UTF-8. Rename the file or its folder."
    return None
