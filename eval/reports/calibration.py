"""Do probabilities come true, and what would a stricter threshold be worth? Of answers that carry a probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score

RIGHT = ("fully_right", "stretches_right", "not_answerable_right", "contains_gold")
"""What says whether an answer is right: the first of these that judges the question."""
COVERAGES = tuple(step / 10 for step in range(1, 11))
BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold gives.

    Attributes:
        coverage: share of all questions that would be answered, 0 to 1.
        risk: share of those answers that are wrong, 0 to 1.
        threshold: the least probability among them.
    """

    coverage: float
    risk: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like probability: how many, their mean probability, and the share that is right."""

    low: float
    high: float
    n: int
    probability: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What probabilities are worth.

    Attributes:
        n: answers with a probability and a judgement.
        without: answers given without a probability; they are left out.
        curve: the surest answers first, at each tenth of all questions that is reached, and where all are answered.
        area: mean risk over all thresholds; lower is better.
        bins: the reliability table, a line for each tenth that has answers.
        error: expected calibration error: how far probability and share right lie apart, over the bins by their size.
        brier: mean squared distance of probability and truth.
    """

    n: int
    without: int
    curve: tuple[Point, ...]
    area: float
    bins: tuple[Bin, ...]
    error: float
    brier: float

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


def calibrate(outcomes: Sequence[Outcome], scores: Mapping[str, Sequence[Score]]) -> Calibration | None:
    """The calibration of a run; `None` where no answer that can be judged has a probability.

    Args:
        outcomes: what became of the questions. Refusals count as not covered, whatever their probability.
        scores: by metric, in the same order.
    """
    given = [number for number, outcome in enumerate(outcomes) if outcome.answer is not None and not outcome.answer.abstained]
    sure: list[tuple[float, float]] = []
    for number in given:
        answer, right = outcomes[number].answer, _right(scores, number)
        if answer is not None and answer.probability is not None and right is not None:
            sure.append((answer.probability, right))
    if not sure:
        return None
    without = sum(1 for number in given if (answer := outcomes[number].answer) and answer.probability is None)
    sure.sort(key=lambda pair: -pair[0])
    asked = sum(1 for outcome in outcomes if outcome.answer is not None) - without
    risks = _risks(sure)
    bins = _bins(sure)
    return Calibration(
        n=len(sure),
        without=without,
        curve=_curve(sure, risks, asked),
        area=sum(risks) / len(risks),
        bins=bins,
        error=sum(item.n * abs(item.probability - item.right) for item in bins) / len(sure),
        brier=sum((probability - right) ** 2 for probability, right in sure) / len(sure),
    )


def _right(scores: Mapping[str, Sequence[Score]], number: int) -> float | None:
    return next((value for name in RIGHT if (value := scores[name][number].value) is not None), None)


def _risks(sure: Sequence[tuple[float, float]]) -> list[float]:
    """The share of wrong ones among the first one, two, three … answers."""
    wrong, found = 0.0, []
    for count, (_, right) in enumerate(sure, start=1):
        wrong += 1 - right
        found.append(wrong / count)
    return found


def _curve(sure: Sequence[tuple[float, float]], risks: Sequence[float], asked: int) -> tuple[Point, ...]:
    counts = [round(coverage * asked) for coverage in COVERAGES]
    reached = dict.fromkeys([count for count in counts if 0 < count <= len(sure)] + [len(sure)])
    return tuple(Point(count / asked, risks[count - 1], sure[count - 1][0]) for count in reached)


def _bins(sure: Sequence[tuple[float, float]]) -> tuple[Bin, ...]:
    found = []
    for number in range(BINS):
        inside = [pair for pair in sure if min(BINS - 1, int(pair[0] * BINS)) == number]
        if inside:
            mean, right = (sum(pair[side] for pair in inside) / len(inside) for side in (0, 1))
            found.append(Bin(number / BINS, (number + 1) / BINS, len(inside), mean, right))
    return tuple(found)
