"""The figures of an extraction with their intervals, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.table import Table

from parley.eval.reports.statistics import LEVEL, RESAMPLES, SEED
from parley.eval.studies.attribution import MODES, ScoredReport


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval: whole reports are drawn with replacement, `total` is what the share is of.

    All three are 0 to 1; `value` is `None` where there is nothing to share.
    """

    value: float | None
    low: float | None
    high: float | None
    total: int


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """How well and how fast an extractor found the attributions of a gold file.

    Attributes:
        shares: "quoted found", "quoted right", … and "precision".
        characters_per_second: characters of text per second of processor time, extraction alone.
    """

    extractor: str
    version: str
    reports: int
    shares: dict[str, Share]
    characters_per_second: float

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "extractor": self.extractor,
            "version": self.version,
            "reports": self.reports,
            "characters_per_cpu_second": round(self.characters_per_second),
            "figures": {
                name: {"value": share.value, "low": share.low, "high": share.high, "n": share.total}
                for name, share in self.shares.items()
            },
        }

    def as_table(self) -> Table:
        """The report for a terminal, in per cent."""
        table = Table("figure", "%", "95 % interval", "n", title=f"Statements found by {self.extractor}: {self.version}")
        for name, share in self.shares.items():
            shown = (share.value, share.low, share.high)
            value, low, high = (f"{100 * one:.1f}" if one is not None else "–" for one in shown)
            table.add_row(name, value, f"{low} to {high}", str(share.total))
        return table


def summarize(extractor: str, version: str, scored: Sequence[ScoredReport], seconds: float) -> ExtractionReport:
    """The report over scored texts, of which the extraction took so many seconds of processor time."""
    shares: dict[str, Share] = {}
    for mode in MODES:
        by_mode = [one.scores.modes[mode] for one in scored]
        shares[f"{mode} found"] = _share([(one.found, one.total) for one in by_mode])
        shares[f"{mode} right"] = _share([(one.right, one.total) for one in by_mode])
    shares["precision"] = _share([(one.scores.predictions_right, one.scores.predictions) for one in scored])
    characters = sum(one.scores.characters for one in scored)
    return ExtractionReport(extractor, version, len(scored), shares, characters / seconds if seconds else 0.0)


def _share(pairs: Sequence[tuple[int, int]]) -> Share:
    """A ratio of sums over reports, each (hits, of), with a bootstrap over reports (percentiles)."""
    counts = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    hits, total = counts.sum(axis=0)
    if not total:
        return Share(None, None, None, 0)
    draws = np.random.default_rng(SEED).integers(0, len(counts), size=(RESAMPLES, len(counts)))
    drawn = counts[draws].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn[:, 0] / np.maximum(drawn[:, 1], 1), [tail, 1 - tail])
    return Share(float(hits / total), float(low), float(high), int(total))
