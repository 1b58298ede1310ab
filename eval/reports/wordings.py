"""The same questions in other words: both figures, and the gap between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parley.eval.reports.clusters import clusters
from parley.eval.reports.paired_tests import mcnemar, permutation
from parley.eval.reports.statistics import Estimate, difference, estimate
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score

SHOWN = (
    "recall@5",
    "contains_gold",
    "squad_f1",
    "evidence_cited",
    "first_speaker",
    "false_refusals",
    "abstention_recall",
    "stretches_right",
    "fully_right",
)
"""The figures whose gap is told, in order."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One figure in both wordings, of the questions that it judges in both.

    Attributes:
        first, second: as worded in the set, and in the second wording.
        gap: second minus first, question by question.
        p: of the paired test (exact McNemar for shares, else permutation), not corrected for the number of figures.
    """

    first: Estimate
    second: Estimate
    gap: Estimate
    p: float


def gaps(
    outcomes: Sequence[Outcome], first: Mapping[str, Sequence[Score]], second: Mapping[str, Sequence[Score]]
) -> dict[str, Gap]:
    """The gap of each figure that judges a question in both wordings.

    Args:
        outcomes: of the first wording, for what hangs together.
        first: scores by metric, of the questions as worded in the set.
        second: of the same questions in other words, in the same order.
    """
    joined = clusters([outcome.belongs_to for outcome in outcomes])
    found = {}
    for name in SHOWN:
        pairs = [(a.value, b.value) for a, b in zip(first[name], second[name], strict=True)]
        one = [None if b is None else a for a, b in pairs]
        other = [None if a is None else b for a, b in pairs]
        moved = [b - a for a, b in pairs if a is not None and b is not None]
        if moved:
            p = paired_p([value for value in one if value is not None], [value for value in other if value is not None])
            found[name] = Gap(estimate(one, joined), estimate(other, joined), difference(other, one, joined), p)
    return found


def paired_p(old: Sequence[float], new: Sequence[float]) -> float:
    """P of two figures on the same questions: exact McNemar where all values are 0 or 1, else permutation."""
    moved = [after - before for before, after in zip(old, new, strict=True)]
    if {*old, *new} <= {0.0, 1.0}:
        return mcnemar(moved.count(1.0), moved.count(-1.0))
    return permutation(moved)


def gaps_as_json(found: Mapping[str, Gap]) -> dict[str, Any]:
    """Plain JSON values."""
    return {name: asdict(gap) for name, gap in found.items()}
