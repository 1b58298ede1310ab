"""Digests over what is stored of each document, so that a change that nobody made is noticed.

SQLite finds pages that are out of order, not a letter that has become another. A digest is made when a part of a document is
written, of what was written; it is compared when the part is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any, Literal, get_args

Part = Literal["text", "description", "passages", "statements"]
PARTS: tuple[Part, ...] = get_args(Part)

Run = Callable[[str, tuple[object, ...]], Iterable[Sequence[Any]]]
"""Runs a query and gives its rows."""

TABLE = (
    "CREATE TABLE IF NOT EXISTS seals (document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE, "
    "part TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (document, part)) WITHOUT ROWID"
)

_STORED: dict[Part, tuple[tuple[str, str], ...]] = {
    "text": (("id source_path sha256 text pages headings warnings", "documents WHERE row = ?"),),
    "description": (("title outlet author date language basis genre place addressees symbol", "documents WHERE row = ?"),),
    "passages": (("start end paragraph headings vector", "passages WHERE document = ? ORDER BY id"),),
    "statements": (
        ("record", "statements WHERE document = ? ORDER BY id"),
        ("record", "turns WHERE document = ? ORDER BY id"),
    ),
}
"""Columns of each part, and where they stand."""


def seal(run: Run, row: int, parts: Iterable[Part] = PARTS) -> None:
    """Record the digests of parts of the document in a row, inside the transaction that wrote them."""
    for part in parts:
        run("INSERT OR REPLACE INTO seals VALUES (?, ?, ?)", (row, part, _digest(run, row, part)))


def broken_parts(run: Run, row: int, parts: Iterable[Part] = PARTS) -> tuple[Part, ...]:
    """The parts that differ from their digests; a part without one, of a library of an earlier version, counts as whole."""
    wanted = tuple(parts)
    recorded = {found[0]: found[1] for found in run("SELECT part, digest FROM seals WHERE document = ?", (row,))}
    return tuple(part for part in wanted if part in recorded and recorded[part] != _digest(run, row, part))


def is_sealed(run: Run, row: int) -> bool:
    """Whether there is a digest of every part of the document in a row."""
    return {part for (part,) in run("SELECT part FROM seals WHERE document = ?", (row,))} >= set(PARTS)


def _digest(run: Run, row: int, part: Part) -> bytes:
    digest = blake2b(digest_size=16)
    for columns, where in _STORED[part]:
        # Bytes as they are stored, with their kind: what is no text any more is to be noticed, not to be decoded.
        chosen = ", ".join(f'typeof("{name}"), CAST("{name}" AS BLOB)' for name in columns.split())
        digest.update(b"table")
        for stored in run(f"SELECT {chosen} FROM {where}", (row,)):  # noqa: S608  (names from the table above)
            for kind, value in zip(stored[::2], stored[1::2], strict=True):
                content = value or b""
                digest.update(f"{kind}{len(content)}:".encode())
                digest.update(content)
    return digest.digest()
