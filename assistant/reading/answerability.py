"""How probable it is that the best sentence found answers the question: a calibrated figure, and what it must reach.

The probability is a logistic function of the figures below, with the weights of the model "answerable" in
`reading_model.tsv`, or of "answerable_later" for a question that goes on from others: it names less by itself. Calibrated means
that of the answers given with a probability of about .7 some 70 % were right on questions that the weights were not fitted to;
`eval/fitting/reading_model.py` prints the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from parley.assistant.evidence.candidates import telling_hits
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.features import PRESENT, is_lately
from parley.assistant.reading.linear_model import reading_model
from parley.assistant.reading.scoring import Scored
from parley.index.language.words import content_stems, fold, is_content, stems_of, words_of
from parley.index.models.word_vectors import packaged_words

ENOUGH: Mapping[str, float] = {"default": 0.33, "whether": 0.6, "later": 0.55}
"""Least probability by kind of question, "later" for one that goes on from others; below it the documents are said not to answer.
Later questions need more because most of them can be answered: the model begins with that. So do questions of whether, to which
some sentence always seems to bear: of 23 first ones of the sample set, MTRAG and CLAPNQ the 18 that can be answered had .62 or
more, the others .56 or less."""

_KINDS = ("who", "when", "how_many", "what", "why", "how", "which", "where", "whether", "list")
NEAREST = 5
"""Candidates whose passages are looked at for what the conversation spoke of."""

_FULL = 0.9
"""Weight from which a term of the question is one of content rather than of form."""


def probability(
    item: Scored, scored: Sequence[Scored], question: QuestionAnalysis, terms: Sequence[WeightedTerm], before: str = ""
) -> float:
    """0 to 1: how surely a candidate answers.

    Args:
        item: the candidate.
        scored: all candidates, best first.
        question: what is asked.
        terms: its terms, weighed.
        before: what the conversation last spoke of; empty where the question begins one.
    """
    model = reading_model(model_name(before))
    return model.probability(answerable_values(item, scored, question, terms, before))


def model_name(before: str) -> str:
    """The name of the model for a question with this conversation before it."""
    return "answerable_later" if before else "answerable"


def least_probability(kind: str, before: str = "") -> float:
    """What `probability` must reach for an answer to a question of this kind, after this conversation."""
    return ENOUGH["later"] if before else ENOUGH.get(kind, ENOUGH["default"])


def answerable_values(
    item: Scored, scored: Sequence[Scored], question: QuestionAnalysis, terms: Sequence[WeightedTerm], before: str = ""
) -> dict[str, float]:
    """The figures that the probability rests on, by name.

    `best_dense` and `first_dense` are similarities of the best and the first passage; `missing`, `missing_named`,
    `missing_numbers` shares of the question that neither sentence nor surroundings match; `unlike` the share that the
    sentence's words do not come near in meaning either; `ahead` how far the candidate leads the next one; `recalled` and
    `recalled_near` the share of the conversation's words that the candidate's passage has, and the first five together;
    `out_of_time` as the function of that name.
    """
    features = item.features
    dense = [hit.dense or 0.0 for hit in telling_hits([other.candidate for other in scored])]
    content = [term for term in terms if term.term.weight >= _FULL]
    wide = _surroundings(item)
    absent = [term for term in content if not match(term.term, wide)]
    spoken = content_stems(before)
    near = frozenset[str]().union(*(_surroundings(other) for other in scored[:NEAREST])) if spoken else frozenset[str]()
    later = next((other.score for other in scored if other is not item), item.score)
    return {
        "score": item.score,
        "ahead": min(3.0, item.score - later),
        "best_dense": max(dense, default=0.0),
        "first_dense": dense[0] if dense else 0.0,
        "context": features.context,
        "meaning": features.meaning,
        "similarity": features.similarity,
        "title": features.title,
        "document": features.document,
        "answer_type": features.answer_type,
        "noun_rank": features.noun_rank,
        "missing": sum(term.share for term in absent),
        "missing_named": sum(term.share for term in absent if term.term.named),
        "missing_numbers": float(sum(term.term.surface.isdigit() for term in absent)),
        "unlike": _unlike(item, content),
        "negated": float(question.negated),
        "recalled": len(spoken & wide) / max(1, len(spoken)),
        "recalled_near": len(spoken & near) / max(1, len(spoken)),
        "out_of_time": float(out_of_time(scored, question)),
        **{f"kind_{kind}": float(question.kind == kind) for kind in _KINDS},
    }


def _surroundings(item: Scored) -> frozenset[str]:
    candidate = item.candidate
    return candidate.stems | candidate.before | candidate.after | candidate.around | stems_of(candidate.document.title)


def _unlike(item: Scored, content: Sequence[WeightedTerm]) -> float:
    """Share of the question, each word by how far the nearest word of the sentence and the one before is from its meaning."""
    candidate = item.candidate
    text = candidate.document.text[max(0, candidate.span.start - 250) : candidate.span.end]
    words = packaged_words()
    known = words.matrix([word.folded for word in words_of(text) if is_content(word.folded)])
    left = [term for term in content if not match(term.term, candidate.stems)]
    if not left or not len(known):
        return sum(term.share for term in left)
    nearest = (words.matrix([fold(term.term.surface) for term in left]) @ known.T).max(axis=1)
    return float(sum(term.share * (1 - min(1.0, float(value))) for term, value in zip(left, np.asarray(nearest), strict=True)))


def out_of_time(scored: Sequence[Scored], question: QuestionAnalysis) -> bool:
    """Whether a question about "this week", with its day, finds no document from the weeks before that day near the top."""
    if question.asked_on is None or not PRESENT.search(question.core):
        return False
    return not any(is_lately(item.candidate, question) for item in scored[:NEAR_THE_TOP])


NEAR_THE_TOP = 10
"""Candidates among which one from the time asked about must be."""
