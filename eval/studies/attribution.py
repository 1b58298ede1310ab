"""How well statements match reports whose attributions were marked by hand.

The definitions are those of the shared scorer: an attribution is found when a predicted statement shares more than half of
the shorter content with it, or its cue; right when such a statement's speaker phrase shares three characters (or all of a
shorter one) with the marked source; precision counts statements with a speaker that share content and source with some
attribution. Attributions without a marked source are left out of found and right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from parley.index.errors import QuestionSetError
from parley.index.statements import StatementExtractor, make_extractor
from parley.index.types import Document

Spans = Sequence[Sequence[int]]
Prediction = Mapping[str, Any]
"""One predicted statement: "source" and "cue" as `[start, end]` or `None`, "content" as a list of `[start, end]`."""

ContentMode = Literal["quoted", "mixed", "indirect"]
MODES: tuple[ContentMode, ...] = ("quoted", "mixed", "indirect")
_MARKS = frozenset('"“”„«»')
_ENOUGH_SHARED = 3
"""Characters that two source phrases must share to be the same."""


@dataclass(frozen=True, slots=True)
class ModeScore:
    """Of `total` marked attributions of one mode, how many were found, and found with the right source."""

    total: int = 0
    found: int = 0
    right: int = 0

    @property
    def found_share(self) -> float:
        """Share found, 0 to 1; 0 where there are none."""
        return self.found / self.total if self.total else 0.0

    @property
    def right_share(self) -> float:
        """Share found with the right source, 0 to 1; 0 where there are none."""
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """Scores by mode of the marked content, and the precision of (source, content) over all predictions with a source."""

    modes: Mapping[ContentMode, ModeScore]
    predictions: int
    predictions_right: int
    characters: int

    @property
    def precision(self) -> float:
        """Share of predictions whose content and source match an attribution, 0 to 1; 0 without predictions."""
        return self.predictions_right / self.predictions if self.predictions else 0.0


@dataclass(frozen=True, slots=True)
class ScoredReport:
    """One report's scores and the predictions they are of."""

    doc: str
    scores: AttributionScores
    predictions: tuple[Prediction, ...]


Predictor = Callable[[Mapping[str, Any]], Sequence[Prediction]]
"""Gives the predictions for one line of a gold file."""


def predictor_of(extractor: StatementExtractor) -> Predictor:
    """What an extractor finds in a line's "text", as predictions to score or write to a file."""

    def predict_with(report: Mapping[str, Any]) -> list[Prediction]:
        document = Document.from_text(report["text"], id=str(report["doc"]))
        return [
            {
                "source": list(statement.speaker_span) if statement.speaker_span else None,
                "cue": list(statement.cue) if statement.cue else None,
                "content": [list(span) for span in statement.content],
            }
            for statement in extractor.extract(document)
        ]

    return predict_with


predict = predictor_of(make_extractor("default"))


def score_attribution(gold: Path, *, predictor: Predictor = predict) -> AttributionScores:
    """Score the extraction on a file of reports with marked attributions.

    Args:
        gold: JSON lines with "doc", "text" and "attributions": lists of `[start, end]` under "source", "cue", "content".
        predictor: what gives the statements of a line; by default Parley's own extraction.

    Raises:
        QuestionSetError: a line is no JSON object or lacks one of the fields.
    """
    tally = _Tally()
    for report in read_reports(gold):
        tally.add(report, predictor(report))
    return tally.scores()


def score_by_report(gold: Path, predictor: Predictor) -> list[ScoredReport]:
    """The scores and predictions of every report by itself, for intervals and for files. Raises as `score_attribution` does."""
    scored = []
    for report in read_reports(gold):
        predictions = predictor(report)
        tally = _Tally()
        tally.add(report, predictions)
        scored.append(ScoredReport(str(report["doc"]), tally.scores(), tuple(predictions)))
    return scored


def write_predictions(scored: Iterable[ScoredReport], target: Path) -> None:
    """Write `{"doc": …, "statements": [...]}` for every report, one to a line, as the shared scorer reads them."""
    with target.open("w", encoding="utf-8") as stream:
        for one in scored:
            stream.write(json.dumps({"doc": one.doc, "statements": one.predictions}) + "\n")


def read_reports(gold: Path) -> Iterator[dict[str, Any]]:
    """The reports of a gold file in order.

    Raises:
        QuestionSetError: a line is no JSON object or lacks "doc", "text" or "attributions".
    """
    with gold.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                report = json.loads(line)
            except json.JSONDecodeError as error:
                message = f"{gold}, line {number}: not valid JSON ({error.msg}). Each line must be one JSON object."
                raise QuestionSetError(message) from error
            missing = {"doc", "text", "attributions"} - set(report if isinstance(report, dict) else ())
            if missing:
                message = f"{gold}, line {number}: missing {', '.join(sorted(missing))}. Add the fields or leave the line out."
                raise QuestionSetError(message)
            yield report


@dataclass(slots=True)
class _Tally:
    """Counts while reports are read."""

    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MODES, 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MODES, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MODES, 0))
    predictions: int = 0
    predictions_right: int = 0
    characters: int = 0

    def add(self, report: Mapping[str, Any], predictions: Sequence[Prediction]) -> None:
        marked = [one for one in report["attributions"] if one["content"]]
        for attribution in marked:
            if attribution["source"]:
                self._count(report["text"], attribution, predictions)
        for prediction in predictions:
            if prediction["source"]:
                self.predictions += 1
                self.predictions_right += any(
                    overlap(prediction["content"], one["content"]) > 0 and _same_source(prediction, one) for one in marked
                )
        self.characters += len(report["text"])

    def _count(self, text: str, attribution: Mapping[str, Any], predictions: Sequence[Prediction]) -> None:
        mode = content_mode(text, attribution["content"])
        hits = [one for one in predictions if _finds(one, attribution)]
        self.total[mode] += 1
        self.found[mode] += bool(hits)
        self.right[mode] += any(_same_source(one, attribution) for one in hits)

    def scores(self) -> AttributionScores:
        modes: dict[ContentMode, ModeScore] = {
            mode: ModeScore(self.total[mode], self.found[mode], self.right[mode]) for mode in MODES
        }
        return AttributionScores(modes, self.predictions, self.predictions_right, self.characters)


def content_mode(text: str, content: Spans) -> ContentMode:
    """Quoted where the content begins with a quotation mark, mixed where it holds one later, else indirect."""
    words = " ".join(text[start:end] for start, end in content).strip()
    if words[:1] in _MARKS:
        return "quoted"
    return "mixed" if _MARKS & set(words) else "indirect"


def overlap(one: Iterable[Sequence[int]], other: Iterable[Sequence[int]]) -> int:
    """Characters that the spans of both have in common."""
    spans = list(other)
    return sum(max(0, min(end, last) - max(start, first)) for start, end in one for first, last in spans)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _finds(prediction: Prediction, attribution: Mapping[str, Any]) -> bool:
    shared = overlap(prediction["content"], attribution["content"])
    if shared > 0.5 * min(_length(prediction["content"]), _length(attribution["content"])):
        return True
    cue = prediction.get("cue")
    return cue is not None and overlap([cue], attribution["cue"] or []) > 0


def _same_source(prediction: Prediction, attribution: Mapping[str, Any]) -> bool:
    source = attribution["source"]
    if not prediction["source"] or not source:
        return False
    return overlap([prediction["source"]], source) >= min(_ENOUGH_SHARED, _length(source))
