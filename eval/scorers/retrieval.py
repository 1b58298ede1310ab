"""Are the gold documents found, and how high? Computed by ir-measures over the documents' ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.eval.scorers.score import Score
from parley.index.types import Hit

MEASURES = {"recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10", "mrr@10": "RR@10", "ndcg@10": "nDCG@10"}
"""Our names and those of ir-measures; relevance is binary."""


SEARCH_DEPTH = 50
"""Passages searched to rank documents; enough for ten different documents in almost every question."""


def rank_documents(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The documents of the hits, each where its best passage stands."""
    return tuple(dict.fromkeys(hit.passage.document_id for hit in hits))


def retrieval_scores(rankings: Sequence[Sequence[str]], relevant: Sequence[Sequence[str]]) -> Mapping[str, list[Score]]:
    """Scores per measure, in the order of the questions.

    Args:
        rankings: document ids per question, best first, each once.
        relevant: gold document ids per question; a question without any is not scored.
    """
    import ir_measures

    judged = [number for number, gold in enumerate(relevant) if gold]
    qrels = [ir_measures.Qrel(str(number), name, 1) for number in judged for name in set(relevant[number])]
    # Only the order counts; falling scores keep it where two passages tied.
    run = [
        ir_measures.ScoredDoc(str(number), name, -float(rank)) for number in judged for rank, name in enumerate(rankings[number])
    ]
    found: dict[tuple[str, int], float] = {}
    if judged:
        parsed = {name: ir_measures.parse_measure(measure) for name, measure in MEASURES.items()}
        by_measure = {str(measure): name for name, measure in parsed.items()}
        for item in ir_measures.iter_calc(list(parsed.values()), qrels, run):
            found[by_measure[str(item.measure)], int(item.query_id)] = item.value
    return {name: [_score(found, name, number, rankings, relevant) for number in range(len(relevant))] for name in MEASURES}


def _score(
    found: Mapping[tuple[str, int], float],
    name: str,
    number: int,
    rankings: Sequence[Sequence[str]],
    relevant: Sequence[Sequence[str]],
) -> Score:
    if not relevant[number]:
        return Score.none("the set gives no gold document")
    places = {gold: rankings[number].index(gold) + 1 if gold in rankings[number] else None for gold in relevant[number]}
    told = ", ".join(f"{gold} at {place}" if place else f"{gold} not found" for gold, place in places.items())
    # ir-measures leaves out a question whose run is empty when no run has any line.
    return Score.of(found.get((name, number), 0.0), told)
