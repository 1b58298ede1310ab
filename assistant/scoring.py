"""The score by which candidate sentences are compared: a weighted sum of features between 0 and 1, for inspection and change.

    score = sum(weight of feature x value of feature)

Every feature is computed without a model. The weights are those of a logistic regression fitted to which sentences answer the
development questions of two public sets (SQuAD 2.0 and CLAP NQ), rounded by hand; scores on questions of those sets flatter them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from assistant.answer_types import best_span, counts_noun, list_span
from assistant.candidates import Candidate
from assistant.matching import WeightedTerm, coverage, coverage_in_context
from assistant.question import QuestionAnalysis
from assistant.speakers import speaker_match
from assistant.words import words_of
from index.types import Span


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; each from 0 to 1, `interrogative` and `stray_length` against it.

    Attributes:
        coverage: share of the question's meaning that the sentence's own words match.
        context: the same with neighbouring sentences, passage and title counted in part.
        phrase: share of neighbouring word pairs of the question that stand close together in the sentence.
        answer_type: 1 if a span of the asked type is there that the question does not hold itself; less for a number that
            counts something else.
        rank: 1 for the passage found first, falling with its rank.
        dense: cosine similarity of passage and question, where the dense engine found it.
        speaker: match with the asked speaker; 1 where none is asked for.
        quote: 1 if the words quoted in the question stand in the sentence.
        timely: nearness of the document's date to the day of asking, for questions about the present.
        status: 1 if the statement's status is known, for questions about how firm something is.
        interrogative: 1 for a question, which answers none.
        stray_length: 1 for headings, fragments of fewer than 4 words, and sentences of more than 70.
    """

    coverage: float
    context: float
    phrase: float
    answer_type: float
    rank: float
    dense: float
    speaker: float
    quote: float
    timely: float
    status: float
    interrogative: float
    stray_length: float


WEIGHTS = Features(
    coverage=0.6,
    context=1.1,
    phrase=0.25,
    answer_type=0.3,
    rank=0.6,
    dense=0.25,
    speaker=0.5,
    quote=0.8,
    timely=0.15,
    status=0.1,
    interrogative=-0.6,
    stray_length=-0.3,
)
"""Weight of each feature in the score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features, score, and the span of the asked type, if it has one."""

    candidate: Candidate
    features: Features
    score: float
    lead: Span | None


def score_candidates(candidates: Sequence[Candidate], question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> list[Scored]:
    """The candidates, best first; ties in order of document id and position, so that the order never varies."""
    newest = max((item.document.date.toordinal() for item in candidates if item.document.date), default=0)
    scored = [_scored(candidate, question, terms, newest) for candidate in candidates]
    return sorted(scored, key=lambda item: (-round(item.score, 9), item.candidate.document.id, item.candidate.span.start))


def total(features: Features, weights: Features = WEIGHTS) -> float:
    """The weighted sum."""
    return sum(float(getattr(features, field.name)) * float(getattr(weights, field.name)) for field in fields(Features))


def _scored(candidate: Candidate, question: QuestionAnalysis, terms: Sequence[WeightedTerm], newest: int) -> Scored:
    lead = _lead(candidate, question)
    text = candidate.text
    count = text.count(" ") + 1
    features = Features(
        coverage=coverage(terms, candidate.stems),
        context=coverage_in_context(terms, candidate.layers),
        phrase=_phrase(text, question),
        answer_type=_type_fit(candidate, lead, question),
        rank=1 / (1 + 0.15 * (candidate.hit.rank - 1)),
        dense=max(0.0, candidate.hit.dense or 0.0),
        speaker=1.0
        if question.speaker is None
        else speaker_match(candidate.statement, question.speaker)
        if candidate.statement
        else 0.0,
        quote=_quotes_in(text, question.quotes),
        timely=_timely(candidate, question, newest),
        status=float(candidate.statement is not None and candidate.statement.status != "none" and question.kind == "whether"),
        interrogative=float(text.rstrip('"”’ ').endswith("?")),
        stray_length=float(count < 4 or count > 70 or is_heading(candidate)),
    )
    return Scored(candidate, features, total(features), lead)


def is_heading(candidate: Candidate) -> bool:
    """Whether a candidate is the document's title or one of its headings."""
    if candidate.text.strip() == candidate.document.title.strip():
        return True
    return any(
        heading.start <= candidate.span.start and candidate.span.end <= heading.end for heading in candidate.document.headings
    )


def _lead(candidate: Candidate, question: QuestionAnalysis) -> Span | None:
    if question.kind == "list":
        return list_span(candidate.document.text, candidate.span)
    lead = best_span(candidate.document.text, candidate.span, question)
    return None if lead is not None and _is_audience(candidate, lead, question) else lead


def _is_audience(candidate: Candidate, lead: Span, question: QuestionAnalysis) -> bool:
    """Whether a name is only that of the medium or listener to whom the statement was made."""
    statement = candidate.statement
    if statement is None or question.answer_type not in {"person", "place"}:
        return False
    shown = candidate.document.text[lead.start : lead.end]
    return any(shown in heard or heard in shown for heard in (statement.outlet, statement.addressee, statement.reporter) if heard)


def _type_fit(candidate: Candidate, lead: Span | None, question: QuestionAnalysis) -> float:
    if lead is None:
        return 0.0
    if question.answer_type != "number" or not question.noun:
        return 1.0
    return 0.3 + 0.35 * counts_noun(candidate.document.text, lead, question)


def _phrase(text: str, question: QuestionAnalysis) -> float:
    """Share of the question's neighbouring content words that stand at most 3 words apart in the text, in either order."""
    stems = [term.stem for term in question.terms]
    pairs = list(pairwise(stems))
    if not pairs:
        return 0.0
    positions: dict[str, list[int]] = {}
    for number, word in enumerate(words_of(text)):
        positions.setdefault(word.stem, []).append(number)
    close = sum(any(abs(a - b) <= 3 for a in positions.get(left, ()) for b in positions.get(right, ())) for left, right in pairs)
    return close / len(pairs)


def _quotes_in(text: str, quotes: Sequence[str]) -> float:
    if not quotes:
        return 0.0
    folded = [word.folded for word in words_of(text)]
    held = 0
    for quote in quotes:
        wanted = [word.folded for word in words_of(quote)]
        held += any(folded[i : i + len(wanted)] == wanted for i in range(len(folded) - len(wanted) + 1)) if wanted else 0
    return held / len(quotes)


PRESENT = re.compile(
    r"\b(?:this (?:week|month|year|season)|next (?:week|month)|today|yesterday|latest|newest|most recent|"
    r"recently|now|current|currently|so far|last (?:week|night|month))\b",
    re.IGNORECASE,
)
_DAYS_TO_HALF = 7.0


def _timely(candidate: Candidate, question: QuestionAnalysis, newest: int) -> float:
    """1 on the day of asking (else the newest document's), half after a week; 0 for undated documents and other questions."""
    if candidate.document.date is None or not (question.asked_on or PRESENT.search(question.core)):
        return 0.0
    day = question.asked_on.toordinal() if question.asked_on else newest
    return _DAYS_TO_HALF / (_DAYS_TO_HALF + abs(day - candidate.document.date.toordinal()))
