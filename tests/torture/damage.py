"""Libraries with a damaged file: each must be as before, or mended, or told."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

from parley import Document
from parley.index.errors import ParleyError
from parley.index.library import Library
from tests.torture.apart import outcome_of
from tests.torture.histories import NAMES, open_library

QUESTIONS = ("quota 3 rejected", "gate 5 opens", "Minister Venn", "envoy of note-7", "province Tavrin")
TEXT = (
    "The envoy of {name} said that quota {number} was rejected by province Tavrin. “Gate {number} opens”, said Minister Ana Venn."
)


def make_library(folder: Path) -> str:
    """A library with documents, its caches written; to be called in a process of its own."""
    library = open_library(folder)
    texts = [TEXT.format(name=name, number=number) + "\n\nThe talks in Brenn go on." * 4 for number, name in enumerate(NAMES)]
    library.add_documents([Document.from_text(text, id=name, outlet="Post") for name, text in zip(NAMES, texts, strict=True)])
    library.remove(NAMES[-1])
    seen = _seen(library)
    library.close()
    return seen


def _seen(opened: Library) -> str:
    """Everything that a user sees of a library, as text."""
    hits = [[(hit.passage.document_id, hit.passage.start, hit.rank) for hit in opened.search(text, k=8)] for text in QUESTIONS]
    documents = sorted(opened.documents(), key=lambda item: item.id)
    statements = [opened.statements(item.id) for item in documents]
    words = [opened.passage_frequency(word) for word in ("quota", "gate", "walrus")]
    return repr((hits, documents, statements, words))


def damage(folder: Path, moments: random.Random) -> str:
    """Damage one file of a library; returns what was done to which."""
    groups = {"catalogue": [folder / "catalog.sqlite"], "vectors": [folder / "dense.faiss"]}
    groups["full text"] = [path for path in sorted((folder / "fulltext").iterdir()) if path.stat().st_size]
    group = moments.choice(("catalogue", "catalogue", "vectors", "full text", "full text"))
    path = moments.choice(groups[group])
    content = bytearray(path.read_bytes())
    kind = moments.choice(("bit", "bit", "bit", "bits", "zeros", "cut", "empty", "gone"))
    at = moments.randrange(len(content))
    if kind in ("bit", "bits"):
        for place in [at, *(moments.randrange(len(content)) for _ in range(0 if kind == "bit" else 20))]:
            content[place] ^= 1 << moments.randrange(8)
    elif kind == "zeros":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif kind == "cut":
        del content[at:]
    path.unlink()
    if kind != "gone":
        path.write_bytes(b"" if kind == "empty" else content)
    return f"{group}, {kind}"


def look(folder: Path, before: str) -> str:
    """How a damaged library behaves: "equal", "mended", "told" or "silent"."""
    try:
        library = open_library(folder)
        try:
            first = _seen(library)
            was_told = bool(library.damaged)
            if first == before and not was_told:
                return "equal"
            report = library.doctor()
            told = was_told or not report.ok or any(check.mended for check in report.checks)
            if report.ok and _seen(library) == before:
                return "mended"
            return "told" if told else "silent"
        finally:
            library.close()
    except ParleyError:
        return _after_the_doctor(folder, before)


def _after_the_doctor(folder: Path, before: str) -> str:
    try:
        library = open_library(folder)
        report = library.doctor()
        outcome = "mended" if report.ok and _seen(library) == before else "told"
        library.close()
    except ParleyError:
        return "told"
    return outcome


def damaged_libraries(folder: Path, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of so many damaged copies of a library, and those that are at fault."""
    before = outcome_of(partial(make_library, folder / "whole"))
    counts: Counter[str] = Counter()
    faults = []
    for number in range(count):
        moments = random.Random(f"{seed} {number}")
        copy = folder / "damaged"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder / "whole", copy)
        what = damage(copy, moments)
        outcome = outcome_of(partial(look, copy, before))
        kind = outcome.split(":")[0]
        counts[f"{what.split(',')[0]}: {kind}"] += 1
        if kind not in ("equal", "mended", "told"):
            faults.append(f"seed {seed} number {number} ({what}): {outcome[-1500:]}")
    return counts, faults
