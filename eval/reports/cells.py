"""Figures as texts for the cells of tables."""

from __future__ import annotations

from parley.eval.reports.statistics import Estimate


def format_value(value: float | None, unit: str) -> str:
    """A figure for people: shares with three decimals, lengths with one, "–" for none."""
    if value is None:
        return "–"
    return f"{value:.3f}" if unit == "share" else f"{value:.1f}"


def with_interval(found: Estimate, *, signed: bool = False) -> str:
    """A figure of three decimals and its interval, for a cell of a table; with a sign where it is a difference."""
    if found.value is None:
        return "–"
    sign = "+" if signed else ""
    interval = f" [{found.low:{sign}.3f}, {found.high:{sign}.3f}]" if found.low is not None and found.high is not None else ""
    return f"{found.value:{sign}.3f}{interval}".replace("[", r"\[")
