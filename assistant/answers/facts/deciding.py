"""Which sentence settles a question of whether: one that tells of the act asked about, or of its opposite, by whoever is named.

A sentence that shares most words with "Did Norland accept the envoy's plan?" may only say that the plan was presented.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import Term
from parley.assistant.question.question_words import ACT_VERBS
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import stem

DECISIONS = tuple(
    Term(verb, stem(verb)) for verb in ("accept", "agree", "approve", "reject", "refuse", "decline", "withdraw", "sign", "veto")
)
"""Acts of deciding; a sentence with one of them answers whether another of them was done."""

NEARLY = 2.0
"""How far the score may stay behind the best one's for a sentence to be preferred that names who and what is asked about."""

AS_MUCH = 0.8
"""Share of the best sentence's coverage that such a sentence must reach."""

BEFORE = 0.5
"""Credit for a name that stands in the sentence before."""

_LOOKED_AT = 8
_WITHDRAW = stem("withdraw")


def family_of(act: WeightedTerm) -> tuple[Term, ...]:
    """The acts that settle whether `act` was done: all decisions if it is one, else the act alone."""
    is_decision = any(match(act.term, frozenset({other.stem})) for other in DECISIONS)
    return DECISIONS if is_decision else (act.term,)


def deciding(scored: Sequence[Scored], inquiry: Inquiry) -> Scored:
    """The best of `scored` (best first, at least one), or one nearly as good with more of the names and the act asked about."""
    best = scored[0]
    near = [
        item
        for item in scored[:_LOOKED_AT]
        if item.score >= best.score - NEARLY and item.features.coverage >= AS_MUCH * best.features.coverage
    ]
    return max(near, key=lambda item: (_held(item, inquiry), item.score), default=best)


def _held(item: Scored, inquiry: Inquiry) -> float:
    """How many of the names and acts of the question the sentence holds; a name in the sentence before it counts in part."""
    own, before = item.candidate.stems, item.candidate.before
    names = [term for term in inquiry.terms if term.term.named]
    acts = [term for term in inquiry.terms if term.term.stem in ACT_VERBS]
    told = sum(1.0 if match(name.term, own) else BEFORE if match(name.term, before) else 0.0 for name in names)
    return told + sum(any(match(verb, own) for verb in family_of(act) if _alike(verb, act)) for act in acts)


def _alike(verb: Term, act: WeightedTerm) -> bool:
    """Whether a decision says yes or no to what was asked; withdrawing does only where it was asked for."""
    return verb.stem != _WITHDRAW or act.term.stem == _WITHDRAW
