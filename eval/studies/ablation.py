"""What each search engine contributes: the same questions by vectors alone, by full text alone, and by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from parley.eval.reports.clusters import clusters
from parley.eval.reports.statistics import Estimate, difference, estimate
from parley.eval.scorers.retrieval import MEASURES, SEARCH_DEPTH, rank_documents, retrieval_scores
from parley.eval.scorers.score import Score
from parley.eval.sets.gold import GoldResolver, belongs_to
from parley.eval.sets.question_set import Question
from parley.index.types import Document, Hit

ENGINES: Mapping[str, tuple[str, ...]] = {"dense": ("dense",), "BM25": ("lexical",), "fused": ("dense", "lexical")}


class SearchableLibrary(Protocol):
    """A library whose search can be told which engines to use."""

    def search(self, query: str, *, k: int = 10, engines: Sequence[str] = ...) -> list[Hit]:
        """Passages, best first."""
        ...

    def documents(self) -> list[Document]:
        """All documents."""
        ...


@dataclass(frozen=True, slots=True)
class Ablation:
    """Retrieval figures by engine.

    Attributes:
        estimates: engine, then measure.
        differences: fused minus the other engine, question by question: other engine, then measure.
        skipped: questions left out, as they need their conversation and the set gives no standalone form.
    """

    estimates: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Estimate]]
    skipped: int

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "engines": {name: {key: asdict(found) for key, found in by.items()} for name, by in self.estimates.items()},
            "fused_minus": {name: {key: asdict(found) for key, found in by.items()} for name, by in self.differences.items()},
            "skipped": self.skipped,
        }


def run_ablation(library: SearchableLibrary, questions: Sequence[Question], *, depth: int = SEARCH_DEPTH) -> Ablation:
    """Search every question with each engine alone and with both; the query is the question's standalone form.

    `depth` is the number of passages searched. Questions without gold documents are counted as unscored.
    """
    asked = [(question, query) for question in questions if (query := standalone_query(question)) is not None]
    resolver = GoldResolver(library.documents())
    gold = [resolver.resolve(question) for question, _ in asked]
    relevant = [item.documents for item in gold]
    joined = clusters([belongs_to(question, item) for (question, _), item in zip(asked, gold, strict=True)])
    scores = {
        name: retrieval_scores([rank_documents(library.search(query, k=depth, engines=engines)) for _, query in asked], relevant)
        for name, engines in ENGINES.items()
    }
    figures = {name: {measure: _values(by[measure]) for measure in MEASURES} for name, by in scores.items()}
    return Ablation(
        {name: {measure: estimate(values, joined) for measure, values in by.items()} for name, by in figures.items()},
        {
            name: {measure: difference(figures["fused"][measure], by[measure], joined) for measure in MEASURES}
            for name, by in figures.items()
            if name != "fused"
        },
        len(questions) - len(asked),
    )


def standalone_query(question: Question) -> str | None:
    """The question as it can be searched on its own; `None` for a follow-up whose standalone form is not given."""
    if question.standalone:
        return question.standalone
    return None if question.history or question.earlier_turns else question.text


def _values(scores: Sequence[Score]) -> list[float | None]:
    return [score.value for score in scores]
