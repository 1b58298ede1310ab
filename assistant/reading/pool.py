"""Which of the passages found are read: reading costs some milliseconds each, so a cheap score chooses among many.

The weights stand in `reading_model.tsv`. On held-out questions over telegrams, briefings and contracts, cross-validated, the
passage that answers is among the 12 chosen of 50 for .85 of them, among all 50 for .89.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.evidence.matching import WeightedTerm, coverage, match
from parley.assistant.evidence.source import Evidence
from parley.assistant.reading.linear_model import reading_model
from parley.index.language.words import stems_of
from parley.index.passage_header import words_around
from parley.index.types import Hit

FOUND, READ = 50, 12
"""Passages looked for, and passages read."""


def best_passages(hits: Sequence[Hit], terms: Sequence[WeightedTerm], evidence: Evidence, *, most: int = READ) -> list[Hit]:
    """The passages most likely to answer, best first, ranked anew; ties by the search's own order."""
    model = reading_model("passage")
    scores = [model.score(figures) for figures in passage_figures(hits, terms, evidence)]
    order = sorted(range(len(hits)), key=lambda number: (-round(scores[number], 6), number))
    return [replace(hits[number], rank=rank) for rank, number in enumerate(order[:most], start=1)]


def passage_figures(hits: Sequence[Hit], terms: Sequence[WeightedTerm], evidence: Evidence) -> list[dict[str, float]]:
    """What speaks for each passage, by name, in order.

    `first` falls with the rank in the search; `dense` and `lexical` are the engines' scores, the latter as a share of the best
    one's, with `no_dense` and `no_lexical` where an engine did not find it and `behind` how far the dense score stays behind
    the best; `words` and `with_header` are the shares of the question that the passage matches alone and with its header;
    `missing` and `missing_names` the shares that neither matches at all. Of all passages found of the same document,
    `document_dense` and `document_words` are the best `dense` and `with_header`; `beside` is 1 where one of them begins within
    `BESIDE` characters. `short` is 1 for a passage of fewer than `SHORT` characters.
    """
    best_dense = max((hit.dense or 0.0 for hit in hits), default=0.0)
    best_lexical = max((hit.lexical or 0.0 for hit in hits), default=0.0) or 1.0
    figures = [_figures(hit, terms, evidence, best_dense, best_lexical) for hit in hits]
    return [own | _of_document(hit, hits, figures) for hit, own in zip(hits, figures, strict=True)]


BESIDE, SHORT = 900, 120
"""Characters: some two passages, and about one short sentence. Chosen by hand."""


def _of_document(hit: Hit, hits: Sequence[Hit], figures: Sequence[dict[str, float]]) -> dict[str, float]:
    """What the passages found in the same document tell of this one: answers stand where much bears on the question."""
    passage = hit.passage
    same = [number for number, other in enumerate(hits) if other.passage.document_id == passage.document_id]
    starts = [hits[number].passage.start for number in same]
    return {
        "document_dense": max(figures[number]["dense"] for number in same),
        "document_words": max(figures[number]["with_header"] for number in same),
        "beside": float(any(0 < abs(start - passage.start) < BESIDE for start in starts)),
        "short": float(passage.end - passage.start < SHORT),
    }


def _figures(
    hit: Hit, terms: Sequence[WeightedTerm], evidence: Evidence, best_dense: float, best_lexical: float
) -> dict[str, float]:
    passage, document = hit.passage, evidence.document(hit.passage.document_id)
    own = stems_of(document.text[passage.start : passage.end])
    both = own | stems_of(words_around(document, passage, evidence.turns(document.id)))
    absent = [item for item in terms if not match(item.term, both)]
    return {
        "first": 1 / (1 + 0.15 * (hit.rank - 1)),
        "dense": hit.dense or 0.0,
        "no_dense": float(hit.dense is None),
        "behind": best_dense - (hit.dense or 0.0),
        "lexical": (hit.lexical or 0.0) / best_lexical,
        "no_lexical": float(hit.lexical is None),
        "words": coverage(terms, own),
        "with_header": coverage(terms, both),
        "missing": sum(item.share for item in absent),
        "missing_names": sum(item.share for item in absent if item.term.named),
    }
