"""A report against an older one, question by question: what was won, what was lost, and whether that can be chance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from parley.eval.reports.clusters import clusters
from parley.eval.reports.paired_tests import holm, permutation_of_clusters
from parley.eval.reports.statistics import FEWEST_CLUSTERS
from parley.eval.reports.wordings import paired_p
from parley.eval.scorers.metrics import METRICS, Metric
from parley.index.errors import QuestionSetError

GATED = (
    "fully_right",
    "contains_gold",
    "squad_f1",
    "evidence_cited",
    "first_speaker",
    "false_refusals",
    "abstention_recall",
    "stretches_right",
    "not_answerable_right",
)
"""Figures whose loss fails a run. They are few, since every further one makes the others harder to prove."""
LEVEL = 0.05
"""Chance of one false alarm among all gated figures."""

DECIMALS = 6
"""Figures of single questions are kept and compared with so many, so that writing them to a file changes nothing."""

Wording = str
Scores = dict[tuple[Wording, str], tuple[str, dict[str, float]]]
"""By wording and id: the question and its figures."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in both reports, of the questions that both judge.

    Attributes:
        metric, wording: which figure, in which wording ("first", "second").
        n: questions that both judge.
        old, new: means of the figure over those.
        won, lost: ids of the questions that became better and worse.
        p: of the paired test; `corrected` is that p corrected for the number of gated figures, `None` for the others.
        loss, gain: whether the figure became worse, or better, beyond chance; never for a figure that is not gated.
    """

    metric: str
    wording: Wording
    n: int
    old: float
    new: float
    won: tuple[str, ...]
    lost: tuple[str, ...]
    p: float
    corrected: float | None = None
    loss: bool = False
    gain: bool = False


@dataclass(frozen=True, slots=True)
class Against:
    """What became of the figures since an older report.

    Attributes:
        changes: gated figures first.
        differing: what the two reports were made with that is not the same: code, weights, questions, …
        notices: what a reader must know, such as questions that only one of them asked.
    """

    changes: tuple[Change, ...]
    differing: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def losses(self) -> tuple[Change, ...]:
        """The figures that became worse beyond chance."""
        return tuple(change for change in self.changes if change.loss)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "changes": [asdict(change) for change in self.changes],
            "differing": list(self.differing),
            "notices": list(self.notices),
        }


def read_report(path: Path) -> dict[str, Any]:
    """A report or scores file as plain values. Raises QuestionSetError where it is neither."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}. Name a report written with --json or --scores."
        raise QuestionSetError(msg) from error
    except ValueError as error:
        msg = f"{path} is no JSON: {error}. Name a report written with --json or --scores."
        raise QuestionSetError(msg) from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        msg = f"{path} is no report of `parley eval`: it has no items. Name a file written with --json or --scores."
        raise QuestionSetError(msg)
    return data


def scores_only(report: Mapping[str, Any]) -> dict[str, Any]:
    """Of a report in JSON what a comparison needs: the settings, and each question with its figures."""
    items = [
        {"wording": wording, "id": name, "question": question, "scores": found}
        for (wording, name), (question, found) in _scores(report).items()
    ]
    return {"settings": report["settings"], "items": items}


def compare_reports(old: Mapping[str, Any], new: Mapping[str, Any]) -> Against:
    """Compare two reports (or scores files) in JSON. Raises QuestionSetError where they have no question in common."""
    before, after = _scores(old), _scores(new)
    documents = _documents(old) | _documents(new)
    both = [key for key in before if key in after and before[key][0] == after[key][0]]
    if not both:
        msg = "The two reports have no question in common. Compare reports on the same question set."
        raise QuestionSetError(msg)
    changes = [
        change
        for metric in sorted(METRICS, key=lambda metric: metric.name not in GATED)
        if metric.better != "none"
        for wording in dict.fromkeys(key[0] for key in both)
        if (change := _change(metric, wording, before, after, both, documents)) is not None
    ]
    return Against(_judged(changes), _differing(old, new), _notices(before, after, len(both), is_clustered=bool(documents)))


def _scores(report: Mapping[str, Any]) -> Scores:
    """The figures of a report, of a scores file, and of the second wording inside a report."""
    found: Scores = {}
    second = (report.get("second_wording") or {}).get("items", [])
    for wording, items in (("first", report["items"]), ("second", second)):
        for item in items:
            figures = {
                name: round(float(score["value"] if isinstance(score, Mapping) else score), DECIMALS)
                for name, score in item["scores"].items()
            }
            found[item.get("wording", wording), item["id"]] = (item["question"], figures)
    return found


def _documents(report: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """By id what each question rests on, such as its document; a scores file does not tell."""
    return {item["id"]: tuple(found) for item in report["items"] if (found := item.get("gold", {}).get("belongs_to"))}


def _p(old: Sequence[float], new: Sequence[float], rests_on: Sequence[Sequence[str]]) -> float:
    """P of the paired test, by groups of questions that rest on the same documents where there are enough groups."""
    labels = clusters(rests_on)
    if not FEWEST_CLUSTERS <= len(set(labels)) < len(labels):
        return paired_p(old, new)
    return permutation_of_clusters([after - before for before, after in zip(old, new, strict=True)], labels)


def _change(
    metric: Metric,
    wording: Wording,
    before: Scores,
    after: Scores,
    both: Sequence[tuple[Wording, str]],
    documents: Mapping[str, Sequence[str]],
) -> Change | None:
    keys = [key for key in both if key[0] == wording and metric.name in before[key][1] and metric.name in after[key][1]]
    if not keys:
        return None
    old = [before[key][1][metric.name] for key in keys]
    new = [after[key][1][metric.name] for key in keys]
    better = 1 if metric.better == "higher" else -1
    moved = [better * (now - then) for then, now in zip(old, new, strict=True)]
    won, lost = (tuple(key[1] for key, step in zip(keys, moved, strict=True) if side * step > 0) for side in (1, -1))
    p = _p(old, new, [documents.get(key[1], ()) for key in keys])
    return Change(metric.name, wording, len(keys), sum(old) / len(old), sum(new) / len(new), won, lost, p)


def _judged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with the gated ones judged, at a level that holds for all of them together."""
    corrected = holm({f"{item.metric}/{item.wording}": item.p for item in changes if item.metric in GATED})
    return tuple(_judge(item, corrected.get(f"{item.metric}/{item.wording}")) for item in changes)


def _judge(change: Change, corrected: float | None) -> Change:
    metric = next(metric for metric in METRICS if metric.name == change.metric)
    step = (change.new - change.old) * (1 if metric.better == "higher" else -1)
    sure = corrected is not None and corrected < LEVEL
    return replace(change, corrected=corrected, loss=sure and step < 0, gain=sure and step > 0)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """What the two were made with that is not the same, by name; of files, which ones."""
    before, after = (report["settings"].get("made_with", {}) for report in (old, new))
    digests = [
        name
        for name in after.get("digests", {})
        if name in before.get("digests", {}) and before["digests"][name] != after["digests"][name]
    ]
    files = {*before.get("files", {}), *after.get("files", {})}
    changed = sorted(name for name in files if before.get("files", {}).get(name) != after.get("files", {}).get(name))
    return (*digests, *changed)


def _notices(before: Scores, after: Scores, both: int, *, is_clustered: bool) -> tuple[str, ...]:
    reworded = sum(1 for key in before if key in after and before[key][0] != after[key][0])
    told = [
        (len(before.keys() - after.keys()), "questions of the older report were not asked"),
        (len(after.keys() - before.keys()), "questions are not in the older report"),
        (reworded, "questions are worded differently in the older report"),
    ]
    together = " Questions that rest on the same documents are tested together." if is_clustered else ""
    return tuple([f"{both} questions are compared.{together}"] + [f"{count} {what}." for count, what in told if count])
