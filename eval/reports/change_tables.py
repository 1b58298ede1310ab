"""Tables of what differs: between two wordings, between two reports, and between probability and truth."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from parley.eval.reports.against import Against, Change
from parley.eval.reports.calibration import Calibration
from parley.eval.reports.cells import with_interval
from parley.eval.reports.wordings import Gap
from parley.eval.scorers.metrics import METRICS

LABELS = {metric.name: metric.label + (" (lower is better)" if metric.better == "lower" else "") for metric in METRICS}
MOST_NAMED = 12
"""Questions named for each figure that changed; the JSON report names all."""


def print_gaps(found: Mapping[str, Gap], console: Console) -> None:
    """Print the figures in both wordings and the gap between them, question by question."""
    table = Table("figure", "as worded", "in other words", "gap", "n", "p", title="The same questions in other words")
    for name, gap in found.items():
        figures = (with_interval(gap.first), with_interval(gap.second), with_interval(gap.gap, signed=True))
        table.add_row(LABELS[name], *figures, str(gap.gap.n), f"{gap.p:.4f}")
    console.print(table)


def print_calibration(found: Calibration, console: Console) -> None:
    """Print the risk at each coverage, and how far probabilities came true."""
    left = f"{found.n} answers with a probability" + (f", {found.without} without one left out" if found.without else "")
    table = Table("questions answered", "of these wrong", "least probability", title="Risk and coverage", caption=left)
    for point in found.curve:
        table.add_row(f"{point.coverage:.2f}", f"{point.risk:.3f}", f"{point.threshold:.3f}")
    console.print(table)
    table = Table("probability", "n", "mean", "right", title="Reliability")
    for item in found.bins:
        table.add_row(f"{item.low:.1f} – {item.high:.1f}", str(item.n), f"{item.probability:.3f}", f"{item.right:.3f}")
    console.print(table)
    told = f"Area under risk and coverage {found.area:.3f}, expected calibration error {found.error:.3f}, Brier {found.brier:.3f}"
    console.print(told)


def print_against(found: Against, console: Console) -> None:
    """Print every figure that changed since the older report, and which changes are losses."""
    table = Table(
        "figure", "wording", "n", "before", "now", "won", "lost", "p", "corrected", "", title="Against the older report"
    )
    for change in found.changes:
        if change.won or change.lost:
            table.add_row(*_cells(change))
    console.print(table)
    for change in found.changes:
        if change.corrected is not None and change.lost:
            more = f" and {len(change.lost) - MOST_NAMED} more" if len(change.lost) > MOST_NAMED else ""
            named = ", ".join(change.lost[:MOST_NAMED]) + more
            console.print(f"Lost in {LABELS[change.metric]}, {change.wording} wording: {named}", markup=False)
    for notice in found.notices:
        console.print(f"Note: {notice}", markup=False)
    made = "Made with other: " + ", ".join(found.differing) if found.differing else "Made with the same code and data."
    console.print(made, markup=False)
    lost = [f"{LABELS[change.metric]} ({change.wording} wording)" for change in found.losses]
    console.print("LOSS beyond chance: " + "; ".join(lost) if lost else "No figure is lost beyond chance.", markup=False)


def _cells(change: Change) -> tuple[str, ...]:
    corrected = "" if change.corrected is None else f"{change.corrected:.4f}"
    verdict = "LOSS" if change.loss else "gain" if change.gain else ""
    figures = (f"{change.old:.3f}", f"{change.new:.3f}", str(len(change.won)), str(len(change.lost)))
    return LABELS[change.metric], change.wording, str(change.n), *figures, f"{change.p:.4f}", corrected, verdict
