"""Mutated and hostile files, read in the confined process: each is read or refused, whatever is in it."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from parley.index.confined.reading import ConfinedReader
from parley.index.errors import ReadError
from tests.confined.hostile import HOSTILE
from tests.torture.mutations import write_mutation


def mutated_files(folder: Path, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of so many mutated files, and what is at fault."""
    folder.mkdir(parents=True, exist_ok=True)
    reader = ConfinedReader()
    counts: Counter[str] = Counter()
    faults = []
    for number in range(count):
        path = write_mutation(folder, number, seed)
        try:
            kind = _kind(reader, path)
        except Exception as error:  # noqa: BLE001  (that is what is looked for)
            kind = "uncaught"
            faults.append(f"seed {seed} file {path.name}: {error!r}")
        counts[kind] += 1
        path.unlink()
    reader.close()
    return counts, faults


def _kind(reader: ConfinedReader, path: Path) -> str:
    try:
        if path.suffix == ".mbox":
            contents = reader.contents(path)
            return "refused" if contents.refusal else "read"
        reader.read(path, document_id="d")
    except ReadError as error:
        text = str(error)
        return next(
            (told for told in ("broke down", "took more", "more than", "not read within", "does not know") if told in text),
            "refused",
        )
    return "read"


def hostile_ones(folder: Path) -> Iterator[tuple[str, str, float, float]]:
    """For each hostile file: its name, what came of it, processor seconds of its reader, and seconds on the clock."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in HOSTILE.items():
        path = folder / name
        path.write_bytes(make())
        before, started = _children(), time.monotonic()
        reader = ConfinedReader()
        try:
            told = f"read, {len(reader.read(path, document_id='d').text)} characters"
        except ReadError as error:
            told = str(error)
        reader.close()
        path.unlink()
        yield name, told, _children() - before, time.monotonic() - started


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
