"""Studies as tables in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from parley.eval.reports.cells import with_interval
from parley.eval.scorers.retrieval import MEASURES
from parley.eval.studies.ablation import Ablation
from parley.eval.studies.rewriting import RewriteReport


def print_ablation(ablation: Ablation, console: Console) -> None:
    """Print one row per engine, then how much the fused ranking adds to each."""
    table = Table("engine", *MEASURES, "n", title="Retrieval of gold documents by engine")
    for name, by_measure in ablation.estimates.items():
        size = str(next(iter(by_measure.values())).n)
        table.add_row(name, *(with_interval(by_measure[measure]) for measure in MEASURES), size)
    for name, by_measure in ablation.differences.items():
        cells = (with_interval(by_measure[measure], signed=True) for measure in MEASURES)
        table.add_row(f"fused − {name}", *cells, "")
    console.print(table)
    if ablation.skipped:
        console.print(f"Note: {ablation.skipped} follow-up questions without a standalone form were left out.")


def print_rewrites(report: RewriteReport, console: Console) -> None:
    """Print how near the standalone questions come to those of people."""
    table = Table("figure", "value", "95 % interval", "n", title="Follow-up questions and the standalone forms that people wrote")
    rows = (
        ("corpus BLEU-4", report.bleu, 2),
        ("corpus BLEU-4 of the questions as typed", report.bleu_typed, 2),
        ("changed", report.changed, 3),
        ("exactly alike", report.exact, 3),
        ("unigram F1", report.unigram_f1, 3),
        ("words to be added: recall", report.added_recall, 3),
    )
    for name, found, digits in rows:
        low, high = found.low, found.high
        interval = "" if low is None or high is None else f"{low:.{digits}f} – {high:.{digits}f}"
        table.add_row(name, "–" if found.value is None else f"{found.value:.{digits}f}", interval, str(found.n))
    console.print(table)
