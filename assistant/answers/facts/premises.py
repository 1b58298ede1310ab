"""Questions that take a deed for granted ("When did X reject the offer?"): whether any document reports it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answers.facts.deciding import family_of
from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.answers.refusal import confidence
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question import question_words as vocabulary
from parley.assistant.reading.answerability import least_probability
from parley.assistant.reading.scoring import Scored

PLAINLY = 0.9
"""Coverage from which a sentence plainly speaks of the deed asked about."""

SAME_MATTER = 0.6
"""Least share of a question's other words near a sentence for its decision to be one on the matter asked about."""


def false_premise(inquiry: Inquiry, scored: Sequence[Scored]) -> str | None:
    """What to say if the question presupposes an act that no sentence found reports of the one it names."""
    question = inquiry.question
    if question.kind not in {"when", "why", "how", "where", "how_many", "which", "whether"} or question.negated:
        return None
    acts = [item for item in inquiry.terms if item.term.stem in vocabulary.ACT_VERBS]
    if question.kind == "whether" and re.match(vocabulary.PERMISSION, question.core, re.IGNORECASE):
        return None
    if question.kind == "whether" and acts and acts[0].term.weight >= 1:
        return _unreported_deed(acts[0], scored, inquiry)
    if not acts or not re.match(
        r"(?:when|why|where|how|on what date)\b[^?]{0,12}?\b(?:did|does|was|were|has|had|is|are)\b", question.core, re.IGNORECASE
    ):
        return None
    act = acts[0]
    named = [item for item in inquiry.terms if item.term.named]
    objects = [item for item in inquiry.terms if not item.term.named and item is not act and item.term.weight >= 1]
    holders = [
        item
        for item in scored
        if match(act.term, item.candidate.stems) >= 0.7
        and all(match(n.term, item.candidate.stems | item.candidate.before) for n in named)
        and (not objects or _refers_back(item) or any(match(n.term, item.candidate.stems) for n in objects))
    ]
    if holders and confidence(inquiry, holders[0]) >= least_probability(question.kind, inquiry.before):
        return None
    matter = question.core.rstrip("?")
    return f"No document reports what the question takes for granted (“{act.term.surface}”: {matter[:1].lower() + matter[1:]})."


def _unreported_deed(act: WeightedTerm, scored: Sequence[Scored], inquiry: Inquiry) -> str | None:
    """What to say if somebody is asked about who, by what was found, neither did the deed nor decided otherwise."""
    family = family_of(act)
    others = [item for item in inquiry.terms if item is not act and item.term.weight >= 1]
    whole = sum(item.share for item in others) or 1.0
    for item in scored:
        near = item.candidate.stems | item.candidate.before | item.candidate.around
        decided = any(match(verb, item.candidate.stems) for verb in family)
        if decided and sum(term.share for term in others if match(term.term, near)) >= SAME_MATTER * whole:
            return None
    best = scored[0]
    if best.features.coverage >= PLAINLY or not others:
        return None
    return f"No document was found to report this (“{act.term.surface}”)."


def _refers_back(item: Scored) -> bool:
    """Whether the sentence speaks of what was named before it ("It was signed in May")."""
    return (
        re.match(
            r"\W*(?:it|this|that|they|both|the (?:two|latter|former|deal|text|document))\b", item.candidate.text, re.IGNORECASE
        )
        is not None
    )
