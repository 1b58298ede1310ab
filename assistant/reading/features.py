"""What speaks for a sentence as an answer: named figures between 0 and 1, each computed without a language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from parley.assistant.evidence.candidates import Candidate, is_heading, is_question, telling_hits
from parley.assistant.evidence.matching import WeightedTerm, coverage, coverage_in_context, match
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.asked_noun import head_noun
from parley.assistant.reading.rules.answer_types import counts_noun
from parley.assistant.reading.rules.leads import lead_of
from parley.index.language.words import fold, is_content, stems_of, words_of
from parley.index.models.word_vectors import WordVectors
from parley.index.types import Span

PRESENT = re.compile(
    r"\b(?:this (?:week|month|year|season)|next (?:week|month)|today|yesterday|latest|newest|most recent|"
    r"recent|recently|just|now|current|currently|so far|last (?:week|night|month))\b",
    re.IGNORECASE,
)
"""Words by which a question speaks of the time at which it is asked."""

LATELY = timedelta(days=21)
"""How old a document may be, on the day of asking, to tell of "this week" or "recently"."""

AFTERWARDS = timedelta(days=4)
"""How much later than the day of asking a document may be dated: days are taken in different time zones, and questions asked
a little before they are published."""

LEADS_LOOKED_FOR = 32
"""Candidates in which a span of the asked type is looked for: those with the most of the question and of the noun asked for."""

_DAYS_TO_HALF = 7.0
_UNLIKE, _ALIKE = 0.35, 1.0
"""Cosines between which a word near in meaning counts in part; below the first, word vectors tell nothing."""


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; each from 0 to 1 unless said, `interrogative` and `stray_length` against it.

    Attributes:
        coverage: share of the question's meaning that the sentence's own words match.
        context: the same with neighbouring sentences, passage and title counted in part.
        meaning: as `coverage`, where a word near in meaning counts in part.
        similarity: cosine (-1 to 1) of the mean word vectors of sentence and question.
        density: `meaning` in proportion to the sentence's length.
        answer_type: 1 if a span of the asked type is there that the question does not hold itself; less for a number that
            counts something else.
        noun: how near in meaning the nearest word comes to the noun asked for ("which country"), 0 where none is asked for.
        noun_rank: the same as a share of the best candidate's.
        rank: 1 for the passage found first, falling with its rank.
        dense: cosine similarity of passage and question, where the dense engine found it.
        dense_gap: how far that stays behind the best passage's.
        title: coverage by the document's title alone.
        document: the best `context` in the same document.
        speaker: match with the asked speaker; 1 where none is asked for.
        quote: 1 if the words quoted in the question stand in the sentence.
        timely: nearness of the document's date to the day of asking, for questions about the present.
        lately: 1 if the document is from the weeks before a question that says when it was asked.
        status: 1 if the statement's status is known, for questions about how firm something is.
        length: number of words, 1 for 60 and more.
        interrogative: 1 for a question, which answers none.
        stray_length: 1 for headings, fragments of fewer than 4 words, and sentences of more than 70.
    """

    coverage: float
    context: float
    meaning: float
    similarity: float
    density: float
    answer_type: float
    noun: float
    noun_rank: float
    rank: float
    dense: float
    dense_gap: float
    title: float
    document: float
    speaker: float
    quote: float
    timely: float
    lately: float
    status: float
    length: float
    interrogative: float
    stray_length: float

    def values(self) -> dict[str, float]:
        """The figures by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for all candidates of a question.

    Attributes:
        term_vectors: one row per term, shape (terms, d); `direction`: their mean, shape (d,).
        noun_vector: of the noun asked for, `None` without one.
        ranks: rank of each passage by id, from 1, among those that tell something.
        best_dense: highest similarity of such a passage.
        newest: ordinal of the newest document's day, 0 if none is dated.
    """

    question: QuestionAnalysis
    terms: tuple[WeightedTerm, ...]
    words: WordVectors
    term_vectors: NDArray[np.float32]
    direction: NDArray[np.float32]
    noun_vector: NDArray[np.float32] | None
    ranks: Mapping[int, int]
    best_dense: float
    newest: int


def asked(
    candidates: Sequence[Candidate], question: QuestionAnalysis, terms: Sequence[WeightedTerm], words: WordVectors
) -> Asked:
    """Prepare a question for comparing candidates with it."""
    hits = telling_hits(candidates)
    surfaces = [fold(item.term.surface) for item in terms]
    vectors = words.matrix(surfaces)
    total = (vectors * np.array([[item.share] for item in terms], dtype=np.float32)).sum(axis=0) if terms else vectors.sum(axis=0)
    length = float(np.linalg.norm(total))
    return Asked(
        question=question,
        terms=tuple(terms),
        words=words,
        term_vectors=vectors,
        direction=total / length if length else total,
        noun_vector=words.mean([head_noun(question.wanted)]) if question.wanted else None,
        ranks={hit.passage.id: rank for rank, hit in enumerate(hits, start=1)},
        best_dense=max((hit.dense or 0.0 for hit in hits), default=0.0),
        newest=max((item.document.date.toordinal() for item in candidates if item.document.date), default=0),
    )


def features_of(
    candidates: Sequence[Candidate], question: QuestionAnalysis, terms: Sequence[WeightedTerm], words: WordVectors
) -> list[tuple[Features, Span | None]]:
    """Features of each candidate in order, with the span of the asked type where it has one."""
    about = asked(candidates, question, terms, words)
    context = [coverage_in_context(terms, item.layers) for item in candidates]
    nouns = [_noun(item, about) for item in candidates]
    most = max(nouns, default=0.0)
    best: dict[str, float] = {}
    for item, value in zip(candidates, context, strict=True):
        best[item.document.id] = max(best.get(item.document.id, 0.0), value)
    leads = _leads(candidates, about, [value + noun for value, noun in zip(context, nouns, strict=True)])
    return [
        (
            _features(
                item,
                about,
                lead,
                context=value,
                noun=noun,
                noun_rank=noun / most if most else 0.0,
                document=best[item.document.id],
            ),
            lead,
        )
        for item, lead, value, noun in zip(candidates, leads, context, nouns, strict=True)
    ]


def _leads(candidates: Sequence[Candidate], about: Asked, promise: Sequence[float]) -> list[Span | None]:
    """The lead of each of the most promising candidates; looking for one is what costs most."""
    order = sorted(range(len(candidates)), key=lambda number: (-promise[number], number))
    chosen = set(order[:LEADS_LOOKED_FOR])
    return [lead_of(item, about.question, about.words) if number in chosen else None for number, item in enumerate(candidates)]


def _features(
    candidate: Candidate,
    about: Asked,
    lead: Span | None,
    *,
    context: float,
    noun: float,
    noun_rank: float,
    document: float,
) -> Features:
    question, terms, text = about.question, about.terms, candidate.text
    count = text.count(" ") + 1
    meaning, similarity = _meaning(candidate, about)
    dense = max(0.0, candidate.hit.dense or 0.0)
    return Features(
        coverage=coverage(terms, candidate.stems),
        context=context,
        meaning=meaning,
        similarity=similarity,
        density=meaning * len(terms) / max(6, _content_words(text)),
        answer_type=_type_fit(candidate, lead, question),
        noun=noun,
        noun_rank=noun_rank,
        rank=1 / (1 + 0.15 * (about.ranks.get(candidate.hit.passage.id, len(about.ranks) + 1) - 1)),
        dense=dense,
        dense_gap=max(0.0, about.best_dense - (dense or 0.2)),
        title=coverage(terms, stems_of(candidate.document.title)),
        document=document,
        speaker=_speaker(candidate, question),
        quote=_quotes_in(text, question.quotes),
        timely=_timely(candidate, question, about.newest),
        lately=float(is_lately(candidate, question)),
        status=float(candidate.statement is not None and candidate.statement.status != "none" and question.kind == "whether"),
        length=min(count, 60) / 60,
        interrogative=float(is_question(candidate)),
        stray_length=float(count < 4 or count > 70 or is_heading(candidate)),
    )


def _content_words(text: str) -> int:
    return sum(is_content(word.folded) for word in words_of(text))


def _meaning(candidate: Candidate, about: Asked) -> tuple[float, float]:
    """Coverage where the nearest word in meaning counts in part, and the cosine of the whole sentence with the question."""
    content = [word.folded for word in words_of(candidate.text) if is_content(word.folded)]
    if not content or not about.terms:
        return 0.0, 0.0
    matrix = about.words.matrix(content)
    nearest = (about.term_vectors @ matrix.T).max(axis=1)
    near = np.clip((nearest - _UNLIKE) / (_ALIKE - _UNLIKE), 0, 1) * 0.8
    covered = sum(
        item.share * max(match(item.term, candidate.stems), float(value)) for item, value in zip(about.terms, near, strict=True)
    )
    total = matrix.sum(axis=0)
    length = float(np.linalg.norm(total))
    return covered, float(total @ about.direction) / length if length else 0.0


def _noun(candidate: Candidate, about: Asked) -> float:
    """How near the nearest new word of the sentence comes to the noun asked for; a little more for a name."""
    if about.noun_vector is None:
        return 0.0
    known = {item.term.stem for item in about.terms}
    new = [word for word in words_of(candidate.text) if is_content(word.folded) and word.stem not in known]
    if not new:
        return 0.0
    near = about.words.matrix([word.folded for word in new]) @ about.noun_vector
    capital = np.array([0.05 * word.surface[:1].isupper() for word in new])
    return float(np.clip((near + capital).max(), 0, 1))


def _speaker(candidate: Candidate, question: QuestionAnalysis) -> float:
    if question.speaker is None:
        return 1.0
    return speaker_match(candidate.statement, question.speaker, candidate.document) if candidate.statement else 0.0


def _type_fit(candidate: Candidate, lead: Span | None, question: QuestionAnalysis) -> float:
    if lead is None:
        return 0.0
    if question.answer_type != "number" or not question.noun:
        return 1.0
    return 0.3 + 0.35 * counts_noun(candidate.document.text, lead, question)


def _quotes_in(text: str, quotes: Sequence[str]) -> float:
    if not quotes:
        return 0.0
    folded = [word.folded for word in words_of(text)]
    held = 0
    for quote in quotes:
        wanted = [word.folded for word in words_of(quote)]
        held += any(folded[i : i + len(wanted)] == wanted for i in range(len(folded) - len(wanted) + 1)) if wanted else 0
    return held / len(quotes)


def _timely(candidate: Candidate, question: QuestionAnalysis, newest: int) -> float:
    """1 on the day of asking (else the newest document's), half after a week; 0 for undated documents and other questions."""
    if candidate.document.date is None or not (question.asked_on or PRESENT.search(question.core)):
        return 0.0
    day = question.asked_on.toordinal() if question.asked_on else newest
    return _DAYS_TO_HALF / (_DAYS_TO_HALF + abs(day - candidate.document.date.toordinal()))


def is_lately(candidate: Candidate, question: QuestionAnalysis) -> bool:
    """Whether the document is from the weeks before the day on which the question says it was asked."""
    day = candidate.document.date
    return question.asked_on is not None and day is not None and -AFTERWARDS <= question.asked_on - day <= LATELY
