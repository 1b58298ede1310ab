"""How fast, as ratios to the bare embedding model on the same machine in the same run: `python -m parley.eval.bench`.

Times alone say more about the machine than about the program. Indexing is therefore compared with encoding the same
passages by sentence-transformers and nothing else, and asking with encoding a question.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from parley import Assistant, Document
from parley.eval.reports.statistics import percentile
from parley.eval.sets.corpus import read_corpus
from parley.eval.sets.question_set import read_questions
from parley.index.errors import ParleyError, QuestionSetError
from parley.index.models.minilm import MiniLMEmbedder

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "talks"
BATCH = 32
"""Texts encoded at a time by the bare model, its own default."""


@dataclass(frozen=True, slots=True)
class BenchReport:
    """Seconds, ratios and memory of one run.

    Attributes:
        documents, passages: what was indexed.
        index_seconds: adding all documents to an empty library, the model loaded before.
        bare_seconds: encoding the same passages with the model as sentence-transformers loads it (float32).
        bare_bfloat16_seconds: the same in bfloat16; `None` where the processor has no bfloat16.
        again_seconds: adding the same documents once more, unchanged.
        questions: how many were asked.
        ask_p50, ask_p95: seconds of one answer.
        search_p50: seconds of one search.
        bare_query_p50: seconds of encoding one question with the bare model on one thread.
        peak_megabytes: most memory the process held while indexing and asking, before the bare model was loaded.
    """

    documents: int
    passages: int
    index_seconds: float
    bare_seconds: float
    bare_bfloat16_seconds: float | None
    again_seconds: float
    questions: int
    ask_p50: float
    ask_p95: float
    search_p50: float
    bare_query_p50: float
    peak_megabytes: float

    def ratios(self) -> dict[str, float]:
        """Our times over those of the bare model; 1 means no cost beside the model's."""
        found = {"index / bare encoding": self.index_seconds / self.bare_seconds}
        if self.bare_bfloat16_seconds is not None:
            found["index / bare encoding in bfloat16"] = self.index_seconds / self.bare_bfloat16_seconds
        return found | {"ask p50 / bare query encoding": self.ask_p50 / self.bare_query_p50}


@dataclass(frozen=True, slots=True)
class _Asked:
    seconds: list[float]
    search_seconds: list[float]
    bare_seconds: list[float]


def run_bench(documents: Sequence[Document], questions: Sequence[str], *, rounds: int = 2) -> BenchReport:
    """Index the documents, ask the questions, and do the same encoding with the bare model.

    Indexing and bare encoding alternate for `rounds` rounds and the shortest time of each is taken, since other work on
    the machine can only add to a time. Without questions, those are asked that the library suggests.

    Raises QuestionSetError if there is nothing to ask.
    """
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        first, again, texts = _index(documents, Path(folder) / "first")
        with Assistant.open(Path(folder) / "first", create=False) as assistant:
            asking = list(questions) or assistant.suggested_questions(50)
            peak = _peak_megabytes_after(assistant, asking[:5])
            bare = _Bare()
            asked = _ask(assistant, asking, bare)
        index_times, bare_times, bfloat16_times = [first], [bare.encode(texts)], [bare.encode_bfloat16(texts)]
        for number in range(1, rounds):
            index_times.append(_index(documents, Path(folder) / f"round-{number}")[0])
            bare_times.append(bare.encode(texts))
            bfloat16_times.append(bare.encode_bfloat16(texts))
    halves = [seconds for seconds in bfloat16_times if seconds is not None]
    return BenchReport(
        documents=len(documents),
        passages=len(texts),
        index_seconds=min(index_times),
        bare_seconds=min(bare_times),
        bare_bfloat16_seconds=min(halves) if halves else None,
        again_seconds=again,
        questions=len(asking),
        ask_p50=percentile(asked.seconds, 0.5) or 0.0,
        ask_p95=percentile(asked.seconds, 0.95) or 0.0,
        search_p50=percentile(asked.search_seconds, 0.5) or 0.0,
        bare_query_p50=percentile(asked.bare_seconds, 0.5) or 0.0,
        peak_megabytes=peak,
    )


def sample_documents(folder: Path, passages: int) -> list[Document]:
    """The documents of a folder, repeated under new ids until they have about that many passages.

    Raises QuestionSetError if nothing in the folder can be read.
    """
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch, Assistant.open(Path(scratch) / "library") as assistant:
        report = assistant.add(folder)
        documents = [replace(document, source_path=None) for document in assistant.documents()]
    if not documents:
        msg = f"Nothing in {folder} can be read. Name a corpus file or a folder of documents with --corpus."
        raise QuestionSetError(msg)
    copies = max(1, passages * len(documents) // max(1, report.passages))
    return [
        replace(document, id=f"copy-{number}-{document.id}") for number, document in islice(enumerate(cycle(documents)), copies)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m parley.eval.bench", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--corpus", type=Path, default=SAMPLE, help="a .jsonl corpus or a folder (default: the sample documents, repeated)"
    )
    parser.add_argument("--questions", type=Path, help="a question set (default: questions that the library suggests)")
    parser.add_argument("--passages", type=int, default=1500, help="how many passages to make of a folder by repeating it")
    parser.add_argument("--rounds", type=int, default=2, help="how often to index and to encode; the shortest time counts")
    parser.add_argument("--json", type=Path, help="write the figures as JSON")
    options = parser.parse_args(arguments)
    try:
        jsonl = options.corpus.suffix == ".jsonl"
        documents = read_corpus(options.corpus) if jsonl else sample_documents(options.corpus, options.passages)
        questions = [question.text for question in read_questions(options.questions)] if options.questions else []
        report = run_bench(documents, questions, rounds=options.rounds)
    except ParleyError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    _print(report)
    if options.json:
        options.json.write_text(json.dumps(asdict(report) | {"ratios": report.ratios()}, indent=2) + "\n", encoding="utf-8")
    return 0


class _Bare:
    """The embedding model without anything of ours around it."""

    def __init__(self) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        embedder = MiniLMEmbedder()
        assert embedder.sha256
        self._torch = torch
        self._model: Any = SentenceTransformer(str(embedder.folder), device="cpu", local_files_only=True)
        self._half: Any = None
        if "avx512_bf16" in _processor_flags():
            self._half = SentenceTransformer(str(embedder.folder), device="cpu", local_files_only=True).to(torch.bfloat16)

    def encode(self, texts: Sequence[str]) -> float:
        """Seconds for all texts, on all cores."""
        self._torch.set_num_threads(os.cpu_count() or 1)
        self._encode(self._model, texts[:BATCH])
        return _seconds(lambda: self._encode(self._model, texts))

    def encode_bfloat16(self, texts: Sequence[str]) -> float | None:
        """Seconds for all texts in bfloat16, on all cores."""
        if self._half is None:
            return None
        self._torch.set_num_threads(os.cpu_count() or 1)
        self._encode(self._half, texts[:BATCH])
        return _seconds(lambda: self._encode(self._half, texts))

    def encode_query(self, text: str) -> float:
        """Seconds for one question, on one thread."""
        self._torch.set_num_threads(1)
        return _seconds(lambda: self._encode(self._model, [text]))

    def _encode(self, model: Any, texts: Sequence[str]) -> None:  # noqa: ANN401
        model.encode(list(texts), batch_size=BATCH, convert_to_tensor=True, show_progress_bar=False)


def _index(documents: Sequence[Document], folder: Path) -> tuple[float, float, list[str]]:
    """Seconds to add the documents, seconds to add them again unchanged, and the passages that came of them."""
    with Assistant.open(folder) as assistant:
        assistant.library.embedder.embed_passages(["warm-up"] * BATCH)
        gc.collect()
        seconds = _seconds(lambda: assistant.add_documents(documents))
        again = _seconds(lambda: assistant.add_documents(documents))
        texts = [
            document.text[passage.start : passage.end]
            for document in assistant.documents()
            for passage in assistant.library.passages(document.id)
        ]
    return seconds, again, texts


def _ask(assistant: Assistant, questions: Sequence[str], bare: _Bare) -> _Asked:
    """Ask, search and encode in turns, so that a busy moment of the machine falls on all three."""
    bare.encode_query(questions[0])
    asked = _Asked([], [], [])
    for question in questions:
        asked.seconds.append(_seconds(partial(assistant.ask, question)))
        asked.search_seconds.append(_seconds(partial(assistant.search, question)))
        asked.bare_seconds.append(bare.encode_query(question))
    return asked


def _peak_megabytes_after(assistant: Assistant, questions: Sequence[str]) -> float:
    """Most memory so far, once these questions are asked. Raises QuestionSetError if there are none."""
    if not questions:
        msg = "The library suggests no question. Name a question set with --questions."
        raise QuestionSetError(msg)
    for question in questions:
        assistant.ask(question)
    return _peak_megabytes()


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak_megabytes() -> float:
    """Most memory this process held so far; Linux counts in kibibytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _processor_flags() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.read_text(encoding="ascii", errors="replace") if cpuinfo.exists() else ""


def _print(report: BenchReport) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "figure", "value", title=f"{report.documents} documents, {report.passages} passages, {report.questions} questions"
    )
    for name, ratio in report.ratios().items():
        table.add_row(f"[bold]{name}[/bold]", f"{ratio:.2f}")
    table.add_section()
    table.add_row("index", f"{report.index_seconds:.2f} s")
    table.add_row("bare encoding", f"{report.bare_seconds:.2f} s")
    if report.bare_bfloat16_seconds is not None:
        table.add_row("bare encoding in bfloat16", f"{report.bare_bfloat16_seconds:.2f} s")
    table.add_row("index again, unchanged", f"{report.again_seconds:.2f} s")
    table.add_row("ask p50 / p95", f"{report.ask_p50 * 1000:.1f} / {report.ask_p95 * 1000:.1f} ms")
    table.add_row("search p50", f"{report.search_p50 * 1000:.1f} ms")
    table.add_row("bare query encoding p50", f"{report.bare_query_p50 * 1000:.1f} ms")
    table.add_row("peak memory", f"{report.peak_megabytes:.0f} MB")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
