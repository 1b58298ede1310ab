"""A run in figures: overall and per kind of question, with every question's own scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from parley.eval.reports.answer_file import answer_record
from parley.eval.reports.calibration import Calibration, calibrate
from parley.eval.reports.clusters import clusters
from parley.eval.reports.comparison import Comparison
from parley.eval.reports.statistics import Estimate, estimate, percentile
from parley.eval.reports.wordings import Gap, gaps_as_json
from parley.eval.scorers.abstention import is_answerable
from parley.eval.scorers.metrics import METRICS, Metric
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of some of the questions.

    Attributes:
        name: "all", or a kind of question.
        size: how many questions.
        answerable, unanswerable: how many of each are known.
        estimates: by metric name.
        notes: by metric name, why a figure is left out.
    """

    name: str
    size: int
    answerable: int
    unanswerable: int
    estimates: Mapping[str, Estimate]
    notes: Mapping[str, str]

    @property
    def balanced(self) -> float | None:
        """Mean of the shares of right answers to answerable and to other questions; `None` without stretches in the set."""
        shares = [self.estimates[name].value for name in ("stretches_right", "not_answerable_right")]
        return None if shares[0] is None or shares[1] is None else (shares[0] + shares[1]) / 2


@dataclass(frozen=True, slots=True)
class Item:
    """One question's answer and scores, as reports show them."""

    id: str
    kind: str | None
    question: str
    gold: Mapping[str, Any]
    answer: Mapping[str, Any]
    error: str
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found out.

    Attributes:
        settings: what was run, with versions and digests.
        groups: all questions first, then each kind in alphabetical order, if there is more than one.
        latency: seconds of one question (p50, p95, mean, total); the median and 95th percentile of wall time.
        citations: how many quotations were shown, and how many of them were exact.
        notices: what a reader of the figures must know.
        calibration: what the answers' probabilities are worth, if they have any.
        comparison: the engines side by side, if several were asked; the rest of the report is of the first.
        second: the report of the same questions in other words, where the set gives them.
        gaps: by metric name, how the figures of the second wording differ.
    """

    settings: Mapping[str, Any]
    groups: tuple[Group, ...]
    latency: Mapping[str, float | None]
    citations: Mapping[str, int]
    notices: tuple[str, ...]
    items: tuple[Item, ...]
    calibration: Calibration | None = None
    comparison: Comparison | None = None
    second: Report | None = None
    gaps: Mapping[str, Gap] = field(default_factory=dict)

    @property
    def all_quotes_exact(self) -> bool:
        """Whether every quotation shown is a slice of its stored document."""
        return self.citations["shown"] == self.citations["exact"] and (self.second is None or self.second.all_quotes_exact)

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return {
            "settings": dict(self.settings),
            "notices": list(self.notices),
            "groups": [_group_as_json(group) for group in self.groups],
            "latency_seconds": dict(self.latency),
            "citations": dict(self.citations),
            "engines": self.comparison.as_json() if self.comparison else None,
            "calibration": self.calibration.as_json() if self.calibration else None,
            "second_wording": self._second_as_json(),
            "items": [_item_as_json(item) for item in self.items],
        }

    def _second_as_json(self) -> dict[str, Any] | None:
        if self.second is None:
            return None
        whole = self.second.as_json()
        kept = ("groups", "latency_seconds", "citations", "calibration", "items")
        return {"gaps": gaps_as_json(self.gaps)} | {name: whole[name] for name in kept}


def build_report(
    outcomes: Sequence[Outcome],
    scores: Mapping[str, Sequence[Score]],
    *,
    settings: Mapping[str, Any],
    citations: Mapping[str, int],
    notices: Sequence[str] = (),
) -> Report:
    """Aggregate the scores of all metrics (see `score_all`) over the outcomes and over each kind."""
    kinds = sorted({outcome.question.kind for outcome in outcomes if outcome.question.kind})
    members: dict[str, list[int]] = {"all": list(range(len(outcomes)))}
    if len(kinds) > 1:
        members |= {kind: [i for i, outcome in enumerate(outcomes) if outcome.question.kind == kind] for kind in kinds}
    groups = [_group(name, outcomes, scores, chosen) for name, chosen in members.items()]
    failed = [outcome for outcome in outcomes if outcome.answer is None]
    told = [*notices, *([f"{len(failed)} questions could not be asked: {failed[0].error}"] if failed else [])]
    items = tuple(_item(outcome, {name: values[i] for name, values in scores.items()}) for i, outcome in enumerate(outcomes))
    return Report(settings, tuple(groups), _latency(outcomes), citations, tuple(told), items, calibrate(outcomes, scores))


def _group(name: str, outcomes: Sequence[Outcome], scores: Mapping[str, Sequence[Score]], members: Sequence[int]) -> Group:
    classes = [is_answerable(outcomes[i].question) for i in members]
    joined = clusters([outcomes[i].belongs_to for i in members])
    estimates: dict[str, Estimate] = {}
    notes: dict[str, str] = {}
    for metric in METRICS:
        values = [scores[metric.name][i].value for i in members]
        note = _left_out(metric, classes)
        if note:
            notes[metric.name] = note
            values = [None] * len(members)
        estimates[metric.name] = estimate(values, joined)
    return Group(name, len(members), classes.count(True), classes.count(False), estimates, notes)


def _left_out(metric: Metric, classes: Sequence[bool | None]) -> str:
    if not metric.needs_both_classes or (True in classes and False in classes):
        return ""
    return "needs answerable and unanswerable questions"


def _latency(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    seconds = [outcome.seconds for outcome in outcomes if outcome.answer is not None]
    mean = sum(seconds) / len(seconds) if seconds else None
    return {
        "p50": percentile(seconds, 0.5),
        "p95": percentile(seconds, 0.95),
        "mean": mean,
        "total": sum(seconds),
        "n": len(seconds),
    }


def _item(outcome: Outcome, scores: Mapping[str, Score]) -> Item:
    question = outcome.question
    gold = {
        "answers": list(question.gold_answers),
        "fields": question.gold_fields.model_dump() if question.gold_fields else None,
        "reference": question.reference,
        "documents": list(outcome.gold.documents),
        "evidence": [
            {"doc_id": item.document_id, "ranges": [list(span) for span in item.ranges]} for item in outcome.gold.evidence
        ],
        "answerable": question.answerable,
        "belongs_to": list(outcome.belongs_to),
    }
    return Item(question.id, question.kind, question.text, gold, answer_record(outcome), outcome.error, scores)


def _group_as_json(group: Group) -> dict[str, Any]:
    metrics = {
        name: asdict(found) | {"interval": found.told} | ({"note": group.notes[name]} if name in group.notes else {})
        for name, found in group.estimates.items()
    }
    return {
        "name": group.name,
        "n": group.size,
        "answerable": group.answerable,
        "unanswerable": group.unanswerable,
        "balanced": group.balanced,
        "metrics": metrics,
    }


def _item_as_json(item: Item) -> dict[str, Any]:
    scores = {
        name: {"value": score.value, "explanation": score.explanation}
        for name, score in item.scores.items()
        if not score.unscored
    }
    unscored = {name: score.explanation for name, score in item.scores.items() if score.unscored}
    told = {"id": item.id, "kind": item.kind, "question": item.question, "gold": dict(item.gold), "answer": dict(item.answer)}
    return told | {"error": item.error, "scores": scores, "unscored": unscored}
