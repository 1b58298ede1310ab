"""Studies as tables in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from parley.eval.reports.cells import with_interval
from parley.eval.scorers.retrieval import MEASURES
from parley.eval.studies.ablation import Ablation


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
