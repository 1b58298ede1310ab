"""Reports as one HTML page that needs nothing else: no script, no request, every text escaped."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from parley.eval.reports.cells import format_value
from parley.eval.reports.report import Group, Report
from parley.eval.reports.tables import shown_metrics
from parley.eval.scorers.metrics import METRICS, Metric

TEMPLATES = Path(__file__).with_name("templates")


def render_page(report: Report) -> str:
    """The report as an HTML document."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["figure"] = format_value
    return environment.get_template("report.html").render(
        report=report, families=_families, metrics={metric.name: metric for metric in METRICS}
    )


def _families(group: Group) -> list[tuple[str, list[Metric]]]:
    """The metrics to show, under their headings, in the order of reports."""
    return [(family, list(metrics)) for family, metrics in groupby(shown_metrics(group), key=lambda metric: metric.family)]
