"""How well a stretch of text bears on a question's words: weights by rarity, and matches by stem, party name or synonym."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import Term
from parley.index.language.vocabulary import parties_in, party_stems, synonyms_of

SYNONYM = 0.7
"""Credit for a synonym in place of the question's word (1 for the word itself)."""

PARTY_FORM = 0.95
"""Credit for another name of the same country: "Kyiv" for "Ukraine", "Russian" for "Russia"."""


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A question term with its share of the question's meaning (all shares add up to 1) and how many passages hold it."""

    term: Term
    share: float
    frequency: int


def weigh(terms: Sequence[Term], evidence: Evidence) -> tuple[WeightedTerm, ...]:
    """Shares by rarity: a term's weight times 1/2 + log(1 + N / (f + 1/2)), N passages of which f hold it.

    Words of the question's form that occur nowhere ("summarise") have no share.
    """
    frequencies = [evidence.passage_frequency(term.surface) for term in terms]
    raw = [_weight(term, frequency, max(1, evidence.passage_count)) for term, frequency in zip(terms, frequencies, strict=True)]
    whole = sum(raw) or 1.0
    return tuple(
        WeightedTerm(term, weight / whole, frequency) for term, weight, frequency in zip(terms, raw, frequencies, strict=True)
    )


def _weight(term: Term, frequency: int, total: int) -> float:
    if term.weight < 0.5 and not frequency:
        return 0.0
    return term.weight * (0.5 + math.log(1 + total / (frequency + 0.5)))


@lru_cache(maxsize=20_000)
def _alternatives(surface: str, stem: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems that name the same party, and stems of synonyms."""
    parties = parties_in(surface)
    same_party = party_stems(parties[0]) if parties else frozenset()
    return same_party, synonyms_of(stem)


@lru_cache(maxsize=50_000)
def match(term: Term, stems: frozenset[str]) -> float:
    """0 to 1: how well any of `stems` stands for the term."""
    if term.stem in stems:
        return 1.0
    same_party, synonyms = _alternatives(term.surface, term.stem)
    if same_party & stems:
        return PARTY_FORM
    if synonyms & stems:
        return SYNONYM
    if len(term.stem) >= (5 if term.named else 6) and any(_related(term.stem, other) for other in stems):
        return 0.6
    return 0.0


@lru_cache(maxsize=200_000)
def _related(left: str, right: str) -> bool:
    """Whether two stems look like forms of one word: "authoris" and "authoriti" share all but their last letters."""
    if abs(len(left) - len(right)) > 3 or len(right) < 5:
        return False
    shortest = min(len(left), len(right))
    return left[: max(5, shortest - 1)] == right[: max(5, shortest - 1)]


def coverage(terms: Sequence[WeightedTerm], stems: frozenset[str]) -> float:
    """Share of the question's meaning, 0 to 1, that `stems` match."""
    return sum(item.share * match(item.term, stems) for item in terms)


def coverage_in_context(terms: Sequence[WeightedTerm], layers: Sequence[tuple[frozenset[str], float]]) -> float:
    """Coverage where each term takes its best match over discounted layers of text: sentence, neighbours, title."""
    return sum(item.share * max(match(item.term, stems) * discount for stems, discount in layers) for item in terms)


def missing(terms: Sequence[WeightedTerm], stems: frozenset[str]) -> tuple[WeightedTerm, ...]:
    """The terms that nothing in `stems` stands for."""
    return tuple(item for item in terms if match(item.term, stems) == 0.0)
