"""Does the answer rest on the right place? Looks at citations, not at wording."""

from __future__ import annotations

from parley import Citation
from parley.eval.scorers.outcome import Outcome
from parley.eval.scorers.score import Score
from parley.eval.sets.gold import Evidence
from parley.index.types import Span

LEAST_OVERLAP = 0.5
"""Share of the shorter of citation and gold range that they must have in common."""


def evidence_cited(outcome: Outcome) -> Score:
    """1 if a citation covers a gold range: they share at least half of the shorter one."""
    return _evidence(outcome, at_least_one=True)


def evidence_recall(outcome: Outcome) -> Score:
    """Share of the gold places that a citation covers; differs from `evidence_cited` where there are several."""
    return _evidence(outcome, at_least_one=False)


def cites_gold_document(outcome: Outcome) -> Score:
    """1 if a citation lies in a document that holds the answer; scored where an answer was given."""
    ids = _cited_documents(outcome)
    if isinstance(ids, Score):
        return ids
    right = set(outcome.gold.documents) | set(outcome.gold.also)
    return Score.of(any(name in right for name in ids), f"cites {ids or 'nothing'}, gold {sorted(right)}")


def gold_share_of_citations(outcome: Outcome) -> Score:
    """Share of the cited documents that hold the answer; 0 for an answer without citations."""
    ids = _cited_documents(outcome)
    if isinstance(ids, Score):
        return ids
    right = set(outcome.gold.documents) | set(outcome.gold.also)
    return Score.of(
        sum(name in right for name in ids) / len(ids) if ids else 0.0, f"cites {ids or 'nothing'}, gold {sorted(right)}"
    )


def covers(citation: Citation, evidence: Evidence) -> bool:
    """Whether the citation and one of the gold ranges share at least half of the shorter one."""
    cited = Span(citation.start, citation.end)
    return citation.document.id == evidence.document_id and any(_share(cited, gold) >= LEAST_OVERLAP for gold in evidence.ranges)


def _share(one: Span, other: Span) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, min(one.end - one.start, other.end - other.start))


def _evidence(outcome: Outcome, *, at_least_one: bool) -> Score:
    if outcome.answer is None:
        return Score.none(f"not asked: {outcome.error}")
    if outcome.gold.missing or not outcome.gold.evidence:
        return Score.none(outcome.gold.missing or "the set gives no evidence")
    met = [item for item in outcome.gold.evidence if any(covers(citation, item) for citation in outcome.answer.citations)]
    total = len(outcome.gold.evidence)
    places = ", ".join(f"{item.document_id}[{item.ranges[0].start}:{item.ranges[-1].end}]" for item in outcome.gold.evidence)
    return Score.of(bool(met) if at_least_one else len(met) / total, f"{len(met)} of {total} gold places cited: {places}")


def _cited_documents(outcome: Outcome) -> list[str] | Score:
    """Ids of the cited documents in order, each once; a score instead where there is nothing to judge."""
    if outcome.answer is None or outcome.answer.abstained:
        return Score.none("no answer was given")
    if outcome.question.answerable is False or not (outcome.gold.documents or outcome.gold.also):
        return Score.none("the set gives no gold document")
    return list(dict.fromkeys(citation.document.id for citation in outcome.answer.citations))
