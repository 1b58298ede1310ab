"""Reports as tables in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from parley.eval.reports.cells import format_value, with_interval
from parley.eval.reports.change_tables import print_calibration, print_gaps
from parley.eval.reports.comparison import Comparison, EngineFigures
from parley.eval.reports.report import Group, Report
from parley.eval.reports.statistics import Estimate
from parley.eval.scorers.metrics import METRICS, Metric

KIND_COLUMNS = {
    "recall@5": "recall@5",
    "contains_gold": "contains gold",
    "evidence_cited": "evidence cited",
    "abstained": "abstained",
    "fully_right": "fully right",
}
"""Metrics shown for each kind, with short headings; the JSON and HTML reports have them all."""


def print_report(report: Report, console: Console) -> None:
    """Print the figures of all questions, a line for each kind, latency and notices."""
    whole = report.groups[0]
    console.print(_overall_table(whole))
    if len(report.groups) > 1:
        console.print(_kinds_table(report.groups[1:]))
    latency = report.latency
    if latency["p50"] is not None and latency["p95"] is not None:
        console.print(f"Seconds a question: p50 {latency['p50']:.3f}, p95 {latency['p95']:.3f} (n={latency['n']})")
    console.print(f"Quotations shown: {report.citations['shown']}, exact: {report.citations['exact']}")
    if whole.balanced is not None:
        console.print(f"Balanced (mean of right answers to answerable and to other questions): {whole.balanced:.3f}")
    if report.calibration is not None:
        print_calibration(report.calibration, console)
    if report.comparison is not None:
        print_comparison(report.comparison, console)
    if report.second is not None:
        print_gaps(report.gaps, console)
    for notice in report.notices:
        console.print(f"Note: {notice}", markup=False)


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the engines side by side, how each differs from the first on the same questions, and what became of drafts."""
    first, *others = comparison.engines
    table = Table(
        "figure", first.name, *(cell for engine in others for cell in (engine.name, f"− {first.name}")), title="Engines"
    )
    labels = {metric.name: metric for metric in METRICS}
    for name, found in first.estimates.items():
        if any(engine.estimates[name].n for engine in comparison.engines):
            metric = labels[name]
            cells = [format_value(found.value, metric.unit)]
            for engine in others:
                cells += [
                    format_value(engine.estimates[name].value, metric.unit),
                    with_interval(engine.differences[name], signed=True),
                ]
            table.add_row(f"{metric.label} (n={found.n})", *cells)
    latency = [cell for engine in others for cell in (format_value(engine.p50, "seconds"), "")]
    table.add_row("seconds, p50", format_value(first.p50, "seconds"), *latency)
    console.print(table)
    for engine in comparison.engines:
        if engine.drafts is not None:
            console.print(_drafts_line(engine), markup=False)


def _drafts_line(engine: EngineFigures) -> str:
    drafts = engine.drafts
    assert drafts is not None
    outcomes = ", ".join(f"{count} {name}" for name, count in drafts.outcomes.items())
    failures = ", ".join(f"{name} {count}" for name, count in drafts.failures.items()) or "none"
    share = format_value(drafts.rejected, "share")
    return f"{engine.name}: {drafts.sentences} draft sentences ({outcomes}); not shown as written {share}; failed: {failures}"


def shown_metrics(group: Group) -> list[Metric]:
    """The metrics that have a figure or a note in this group, in the order of reports."""
    return [metric for metric in METRICS if group.estimates[metric.name].n or _is_worth_a_note(group, metric)]


def _is_worth_a_note(group: Group, metric: Metric) -> bool:
    return metric.name in group.notes and bool(group.answerable or group.unanswerable)


def _overall_table(group: Group) -> Table:
    table = Table(
        title=f"{group.size} questions ({group.answerable} answerable, {group.unanswerable} unanswerable)", caption=_how(group)
    )
    table.add_column("figure")
    table.add_column("mean", justify="right")
    table.add_column("95 % interval")
    table.add_column("n", justify="right")
    table.add_column("unscored", justify="right")
    family = ""
    for metric in shown_metrics(group):
        if metric.family != family:
            family = metric.family
            table.add_section()
            table.add_row(f"[bold]{family}[/bold]")
        found = group.estimates[metric.name]
        table.add_row(*_row(metric, found, group.notes.get(metric.name, "")))
    return table


def _how(group: Group) -> str:
    """How the intervals were made, in words, as for the figure with the most questions; some figures have fewer."""
    most = max(group.estimates.values(), key=lambda found: (found.method != "none", found.n))
    return most.told if most.method == "none" else f"Intervals: {most.told}"


def _row(metric: Metric, found: Estimate, note: str) -> tuple[str, str, str, str, str]:
    interval = (
        f"{format_value(found.low, metric.unit)} – {format_value(found.high, metric.unit)}" if found.low is not None else ""
    )
    label = metric.label + (" (lower is better)" if metric.better == "lower" else "")
    return label, format_value(found.value, metric.unit), note or interval, str(found.n), str(found.unscored)


def _kinds_table(groups: tuple[Group, ...]) -> Table:
    columns = [name for name in KIND_COLUMNS if any(group.estimates[name].n for group in groups)]
    table = Table(title="By kind", caption="In brackets: questions scored, where not all are")
    table.add_column("kind", no_wrap=True)
    for heading in ("n", *(KIND_COLUMNS[name] for name in columns)):
        table.add_column(heading, justify="right")
    for group in groups:
        table.add_row(group.name, str(group.size), *(_with_count(group.estimates[name], group.size) for name in columns))
    return table


def _with_count(found: Estimate, size: int) -> str:
    if found.value is None:
        return "–"
    return f"{found.value:.2f}" if found.n == size else f"{found.value:.2f} ({found.n})"
