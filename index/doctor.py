"""Checking a library's catalogue, vectors, full text and model against each other, and mending what can be rebuilt."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from parley.index.errors import LibraryDamagedError, LibraryError, ModelError
from parley.index.extraction import Extraction
from parley.index.files import others_may_read
from parley.index.store.caches import Caches
from parley.index.store.catalog import Catalog
from parley.index.store.seals import Part
from parley.index.types import Embedder


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well now, what was found, and whether it was just mended."""

    name: str
    ok: bool
    detail: str
    mended: bool = False


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """All checks in order; `ok` if every one is well, mended ones included."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether the library can be trusted as it is now."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class Menders:
    """What rebuilds the search caches, extracts the statements anew, and makes documents anew, given by their ids.

    `filing` files statements, given by their ids, under the speaker, party and so on that their records have.
    """

    caches: Callable[[], None]
    statements: Callable[[], int]
    documents: Callable[[Sequence[str]], None]
    filing: Callable[[Sequence[int]], None]


def examine(
    catalog: Catalog, caches: Caches, embedder: Embedder, extraction: Extraction, *, mend: Menders | None
) -> DoctorReport:
    """Check everything; what `mend` holds is called once where something is not as it should be, `None` to look only."""
    catalogue = _check_catalog(catalog)
    if not catalogue.ok and mend is not None:
        catalogue = _with_new_indexes(catalog, catalogue)
    if not catalogue.ok:
        # Nothing can be compared with a damaged catalogue, and nothing may be rebuilt from it.
        return DoctorReport((catalogue, _check_model(catalog, embedder)))
    return DoctorReport(
        (
            catalogue,
            _check_documents(catalog, mend.documents if mend else None),
            _check_vectors(catalog),
            _check_statements(extraction, mend.statements if mend else None),
            _check_filing(catalog, mend.filing if mend else None),
            *_check_caches(caches, mend.caches if mend else None),
            _check_model(catalog, embedder),
            _check_rights(catalog.path.parent),
        )
    )


def _with_new_indexes(catalog: Catalog, found: Check) -> Check:
    """The check again after the indexes were made anew; as it was found where that does not help."""
    try:
        catalog.make_indexes_anew()
    except LibraryError:
        return found
    again = _check_catalog(catalog)
    return replace(again, detail=f"its indexes were made anew; {again.detail}", mended=True) if again.ok else found


def _check_catalog(catalog: Catalog) -> Check:
    try:
        problems = catalog.integrity_problems()
    except LibraryDamagedError as error:
        return Check("catalogue", ok=False, detail=str(error))
    detail = "; ".join(problems) + ". Restore the library from a backup, or add the documents to a new one." if problems else ""
    if detail:
        return Check("catalogue", ok=False, detail=detail)
    return Check("catalogue", ok=True, detail=f"{catalog.document_count()} documents, {catalog.passage_count()} passages")


def _check_documents(catalog: Catalog, mend: Callable[[Sequence[str]], None] | None) -> Check:
    """Whether text, description, passages and statements of each document are what was stored."""
    broken = _broken(catalog)
    if not broken:
        new = catalog.seal_all() if mend is not None else 0
        detail = "as they were stored" + (
            f"; those of {new} documents of an earlier version are watched from now on" if new else ""
        )
        return Check("stored documents", ok=True, detail=detail)
    told = "; ".join(f"{name} ({', '.join(parts)})" for name, parts in list(broken.items())[:_MOST_TOLD])
    detail = f"{len(broken)} documents are not what was stored: {told}"
    if mend is None:
        return Check("stored documents", ok=False, detail=f"{detail}. Run `parley doctor` without --check to mend what can be.")
    mend(tuple(broken))
    left = _broken(catalog)
    if not left:
        return Check("stored documents", ok=True, detail=f"{detail}; they were made anew", mended=True)
    advice = "Add their files again, by name, restore the library from a backup, or remove them"
    return Check("stored documents", ok=False, detail=f"{detail}. Not mended: {', '.join(left)}. {advice}.")


_MOST_TOLD = 10


def _broken(catalog: Catalog) -> dict[str, tuple[Part, ...]]:
    return {name: parts for name in catalog.digests() if (parts := catalog.broken_parts(name))}


def _check_vectors(catalog: Catalog) -> Check:
    manifest = catalog.manifest
    assert manifest is not None
    count = wrong = 0
    dimensions = set()
    for matrix in catalog.vector_batches():
        count += len(matrix)
        wrong += int(np.sum(~np.isclose(np.linalg.norm(matrix, axis=1), 1.0, atol=5e-3)))
        dimensions.add(matrix.shape[1])
    if not count:
        return Check("stored vectors", ok=True, detail="none yet")
    well = dimensions == {manifest.dimension} and not wrong
    detail = f"{count} of length {max(dimensions)}"
    advice = (
        f"; {wrong} do not have length 1, dimension {manifest.dimension} expected. Remove those documents and add them again."
    )
    return Check("stored vectors", well, detail if well else detail + advice)


def _check_statements(extraction: Extraction, mend: Callable[[], int] | None) -> Check:
    extractor = extraction.extractor
    if extraction.is_current:
        return Check("statements", ok=True, detail=f"extracted by {extractor.version} ({extractor.name})")
    if mend is None:
        detail = "extracted by another version or extractor. Run `parley doctor` or `parley extract` to extract them anew."
        return Check("statements", ok=False, detail=detail)
    count = mend()
    return Check("statements", ok=True, detail=f"those of {count} documents extracted anew", mended=True)


def _check_filing(catalog: Catalog, mend: Callable[[Sequence[int]], None] | None) -> Check:
    """Whether statements are found by who says them, and by party, outlet, stance and status, as their records have these."""
    wrong = catalog.wrongly_filed()
    if not wrong:
        return Check("filing of statements", ok=True, detail="as the statements have it")
    told = f"{len(wrong)} statements are filed under another speaker, party, outlet, stance or status than theirs"
    if mend is None:
        return Check("filing of statements", ok=False, detail=f"{told}. Run `parley doctor` without --check to mend it.")
    mend(wrong)
    return Check("filing of statements", ok=True, detail=f"{told}; they were filed anew", mended=True)


def _check_caches(caches: Caches, mend: Callable[[], None] | None) -> list[Check]:
    differences = after = caches.differences()
    if mend is not None and any(differences_of != (0, 0) for differences_of in differences.values()):
        mend()
        after = caches.differences()
    checks = []
    for name, (missing, stale) in differences.items():
        well = after[name] == (0, 0)
        detail = "equal to the catalogue" if (missing, stale) == (0, 0) else f"{missing} passages missing, {stale} left over"
        if not well:
            detail += ". Run `parley doctor` without --check to rebuild it."
        checks.append(Check(f"{name} cache", well, detail, mended=well and (missing, stale) != (0, 0)))
    return checks


def _check_rights(folder: Path) -> Check:
    """Who may read the library; it is for its owner to say, so that whatever is found is well."""
    if not others_may_read(folder):
        return Check("who may read it", ok=True, detail="you, and whom you let in")
    detail = f"everybody with an account on this machine; chmod 700 {shlex.quote(str(folder))} leaves it to you alone"
    return Check("who may read it", ok=True, detail=detail)


def _check_model(catalog: Catalog, embedder: Embedder) -> Check:
    manifest = catalog.manifest
    assert manifest is not None
    try:
        digest = embedder.sha256
    except ModelError as error:
        return Check("embedding model", ok=False, detail=str(error))
    well = digest == manifest.model_sha256
    detail = f"{manifest.model}, SHA-256 {digest[:12]}…"
    return Check(
        "embedding model",
        well,
        detail if well else f"{detail}; the library was made with {manifest.model_sha256[:12]}…",
    )
