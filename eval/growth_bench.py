"""What a library costs as it grows: `python -m parley.eval.growth_bench` measures one of N documents, and one of ten times N.

The documents are the sample ones under new ids, with days and outlets spread over them, and vectors by chance in place of the
embedding model's: what is measured is everything but the model. Seconds are those of the processor, and a ratio of 1 says that
ten times the documents cost nothing more.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from itertools import islice
from pathlib import Path

import numpy as np

from parley import Assistant, Document, StatementFilter
from parley.index.library import Library
from parley.index.models.minilm import DIMENSION
from parley.index.passages import split_passages
from parley.index.store.catalog import Catalog, PreparedDocument
from parley.index.structure.reading import read_structure
from parley.index.types import FloatMatrix, SearchFilter

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "talks"
_FIRST_DAY = Date(2020, 1, 1)
_DAYS, _OUTLETS = 1000, 50
_BATCH = 64
_MEASURABLE = 0.0005
"""Seconds below which a time says nothing, and no ratio is told."""


class ChanceEmbedder:
    """Unit vectors by chance, the same for the same text; no model is run."""

    name = "by chance"
    sha256 = "0" * 64
    dimension = DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """One unit row per text."""
        return np.stack([_by_chance(zlib.crc32(text.encode()), 1)[0] for text in texts])

    def embed_query(self, text: str) -> FloatMatrix:
        """A single unit row."""
        return self.embed_passages([text])


@dataclass(frozen=True, slots=True)
class GrowthReport:
    """Processor seconds by operation, for a library of some documents and one of ten times as many."""

    documents: tuple[int, int]
    passages: tuple[int, int]
    seconds: dict[str, tuple[float, float]]

    def ratios(self) -> dict[str, float]:
        """What ten times the documents cost, over what the smaller library did."""
        return {name: large / small for name, (small, large) in self.seconds.items() if small >= _MEASURABLE}


def run_growth_bench(documents: int) -> GrowthReport:
    """Measure a library of that many documents, and one of ten times as many."""
    made = list(_prepared())
    figures, passages = [], []
    for count in (documents, 10 * documents):
        with tempfile.TemporaryDirectory(prefix="parley-growth-") as folder:
            passages.append(_fill(Path(folder), made, count))
            figures.append(_measure(Path(folder), made[0].document))
    small, large = figures
    return GrowthReport(
        (documents, 10 * documents), (passages[0], passages[1]), {name: (small[name], large[name]) for name in small}
    )


def _prepared() -> Iterator[PreparedDocument]:
    """The sample documents as they are stored, with vectors by chance."""
    from parley.index.statements import make_extractor

    with tempfile.TemporaryDirectory(prefix="parley-growth-") as folder:
        library = Library.open(Path(folder) / "sample", embedder=ChanceEmbedder())
        library.add([SAMPLE])
        documents = library.documents()
        library.close()
    extractor = make_extractor("default")
    for number, document in enumerate(documents):
        structure = read_structure(replace(document, source_path=None))
        passages = tuple(split_passages(structure.document))
        statements = extractor.extract(structure.document, structure.turns)
        yield PreparedDocument(structure.document, passages, statements, _by_chance(number, len(passages)), structure.turns)


def _fill(folder: Path, made: Sequence[PreparedDocument], count: int) -> int:
    """Store that many copies; returns how many passages they have."""
    library = Library.open(folder, embedder=ChanceEmbedder())
    library.add_documents([])  # which records what extracts the statements
    library.close()
    catalog = Catalog(folder / "catalog.sqlite")
    copies = (_copy(made[number % len(made)], number, number * _DAYS // count) for number in range(count))
    while batch := list(islice(copies, _BATCH)):
        catalog.replace(batch)
    passages = catalog.passage_count()
    catalog.close()
    return passages


def _copy(item: PreparedDocument, number: int, days: int) -> PreparedDocument:
    day = _FIRST_DAY + timedelta(days=days)
    document = replace(item.document, id=f"copy-{number}", date=day, outlet=f"Outlet {number % _OUTLETS}")
    return replace(item, document=document, vectors=_by_chance(number, len(item.passages)))


def _measure(folder: Path, template: Document) -> dict[str, float]:
    """Processor seconds of each operation, in a library that nobody has used yet."""
    found: dict[str, float] = {}
    writer = Library.open(folder, embedder=ChanceEmbedder())
    found["make all caches"] = _seconds(lambda: writer.search("harbour", k=1))
    reader = Library.open(folder, embedder=ChanceEmbedder())
    found["first search of a process"] = _seconds(lambda: reader.search("harbour", k=1))
    found["list"] = _seconds(lambda: Library.open(folder, embedder=ChanceEmbedder()).entries())
    reader.entries()
    new = replace(template, id="new", date=_FIRST_DAY)
    changes: list[tuple[str, Callable[[], object]]] = [
        ("add one document", lambda: writer.add_documents([new])),
        ("edit a title", lambda: writer.edit_metadata("new", {"title": "Another title"})),
        ("remove one document", lambda: writer.remove("new")),
    ]
    for name, change in changes:
        found[name] = _seconds(change)
        found[f"a reader's search after: {name}"] = _seconds(lambda: reader.search("harbour", k=10))
        found[f"a reader's list after: {name}"] = _seconds(reader.entries)
    half = SearchFilter(since=_FIRST_DAY + timedelta(days=_DAYS // 2))
    found["search"] = _mean(lambda: reader.search("harbour dispute", k=10))
    found["search, half by date, first"] = _seconds(lambda: reader.search("harbour dispute", k=10, filter=half))
    found["search, half by date, again"] = _mean(lambda: reader.search("harbour dispute", k=10, filter=half))
    assistant = Assistant(reader)
    found["statements of one speaker, rejected"] = _seconds(
        lambda: assistant.statements(speaker="No such name", status="rejected")
    )
    found["check a quotation that is not there"] = _seconds(
        lambda: assistant.check_quote("Nobody ever said these seventeen words")
    )
    found["check a quotation of common words that is not there"] = _seconds(
        lambda: assistant.check_quote("to the of and in a said that")
    )
    found |= _views(assistant)
    found["purge what was removed"] = _seconds(writer.purge)
    writer.close()
    reader.close()
    return found


def _views(assistant: Assistant) -> dict[str, float]:
    """Processor seconds of the views of a month, and of all documents."""
    month = StatementFilter(since=_FIRST_DAY, until=_FIRST_DAY + timedelta(days=_DAYS // 30))
    issues = {"harbour": ("harbour", "port"), "fish": ("fish", "quota")}
    return {
        "positions, a thirtieth by date": _seconds(lambda: assistant.positions(filter=month, issues=issues)),
        "timeline, a thirtieth by date": _seconds(lambda: assistant.timeline(filter=month)),
        "positions of all documents": _seconds(lambda: assistant.positions(issues=issues)),
        "timeline of all documents": _seconds(assistant.timeline),
    }


def _by_chance(seed: int, rows: int) -> FloatMatrix:
    vectors = np.random.default_rng(seed).standard_normal((rows, DIMENSION)).astype(np.float32)
    unit: FloatMatrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _mean(work: Callable[[], object], times: int = 10) -> float:
    return _seconds(lambda: [work() for _ in range(times)]) / times


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def as_table(report: GrowthReport) -> str:
    """The figures as a Markdown table."""
    small, large = (f"{count:,}" for count in report.documents)
    rows = [f"| processor seconds | {small} documents | {large} documents | ratio |", "|---|---|---|---|"]
    ratios = report.ratios()
    rows += [
        f"| {name} | {a:.3f} | {b:.3f} | {f'{ratios[name]:.1f}' if name in ratios else ''} |"
        for name, (a, b) in report.seconds.items()
    ]
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m parley.eval.growth_bench", description=__doc__)
    parser.add_argument("--documents", type=int, default=300, help="documents of the smaller library; the other has ten times")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    options = parser.parse_args(arguments)
    report = run_growth_bench(options.documents)
    sys.stdout.write(f"{as_table(report)}\n")
    if options.json:
        told = {"documents": report.documents, "passages": report.passages, "seconds": report.seconds, "ratios": report.ratios()}
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
