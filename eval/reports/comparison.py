"""Engines compared on the same questions: figures side by side, paired differences with intervals, and what became of drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from parley.eval.reports.clusters import clusters
from parley.eval.reports.statistics import Estimate, difference, estimate, percentile
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score

COMPARED = (
    "contains_gold",
    "lead_contains_gold",
    "token_f1",
    "evidence_cited",
    "cites_gold_document",
    "speaker",
    "wrong_speaker",
    "fully_right",
    "false_refusals",
    "abstention_recall",
    "quotes_exact",
    "quoted_words_exact",
    "answer_words",
)
"""Metrics that are compared, in order."""


@dataclass(frozen=True, slots=True)
class DraftFigures:
    """What became of the drafts of one engine.

    Attributes:
        answers: questions answered with a draft, or after a draft was refused.
        sentences: sentences that the model wrote.
        outcomes: how many of them were kept, rewritten and so on.
        failures: how many failed each check; one sentence may fail several.
    """

    answers: int
    sentences: int
    outcomes: Mapping[str, int]
    failures: Mapping[str, int]

    @property
    def rejected(self) -> float | None:
        """Share of the sentences that were not shown as the model wrote them, 0 to 1; refusals count neither way."""
        judged = self.sentences - self.outcomes.get("refused", 0)
        return 1 - self.outcomes.get("kept", 0) / judged if judged else None


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """One engine: its figures, its differences from the first engine question by question, latency in seconds, drafts."""

    name: str
    estimates: Mapping[str, Estimate]
    differences: Mapping[str, Estimate]
    p50: float | None
    p95: float | None
    drafts: DraftFigures | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The engines in the order asked; the first is what the others are compared with."""

    engines: tuple[EngineFigures, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"compared_with": self.engines[0].name, "engines": [_engine_as_json(engine) for engine in self.engines]}


def compare(runs: Mapping[str, tuple[Sequence[Outcome], Mapping[str, Sequence[Score]]]]) -> Comparison:
    """Compare runs of the same questions in the same order, by engine name; the first is the base of the differences."""
    base = next(iter(runs.values()))[1]
    return Comparison(tuple(_figures(name, outcomes, scores, base) for name, (outcomes, scores) in runs.items()))


def _figures(
    name: str, outcomes: Sequence[Outcome], scores: Mapping[str, Sequence[Score]], base: Mapping[str, Sequence[Score]]
) -> EngineFigures:
    joined = clusters([outcome.belongs_to for outcome in outcomes])
    seconds = [outcome.seconds for outcome in outcomes if outcome.answer is not None]
    estimates, differences = {}, {}
    for metric in COMPARED:
        values = [score.value for score in scores[metric]]
        known = [score.value for score in base[metric]]
        estimates[metric] = estimate(values, joined)
        differences[metric] = difference(values, known, joined)
    return EngineFigures(
        name, estimates, differences, percentile(seconds, 0.5), percentile(seconds, 0.95), draft_figures(outcomes)
    )


def draft_figures(outcomes: Sequence[Outcome]) -> DraftFigures | None:
    """What became of the drafts; `None` where no answer has one."""
    drafts = [outcome.answer.draft for outcome in outcomes if outcome.answer is not None and outcome.answer.draft is not None]
    if not drafts:
        return None
    sentences = [sentence for draft in drafts for sentence in draft.sentences]
    worded = [outcome for outcome in outcomes if outcome.answer is not None and outcome.answer.engine != "extractive"]
    failures = Counter(kind for sentence in sentences for kind in {failure.kind for failure in sentence.failures})
    outcomes_of = Counter(sentence.outcome for sentence in sentences)
    return DraftFigures(len(worded), len(sentences), dict(outcomes_of.most_common()), dict(failures.most_common()))


def _engine_as_json(engine: EngineFigures) -> dict[str, Any]:
    drafts = engine.drafts
    return {
        "name": engine.name,
        "metrics": {name: asdict(found) for name, found in engine.estimates.items()},
        "differences": {name: asdict(found) for name, found in engine.differences.items()},
        "latency_seconds": {"p50": engine.p50, "p95": engine.p95},
        "drafts": (asdict(drafts) | {"rejected": drafts.rejected}) if drafts else None,
    }
