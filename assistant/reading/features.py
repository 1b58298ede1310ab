"""What speaks for a sentence as an answer: the trained reader's score, and what the reader cannot know.

The reader sees one passage and the question. How well the passage was found, whether the asked person speaks, whether the
document is of the asked time, and which rare words of the question stand nowhere near are figures of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from parley.assistant.evidence.candidates import Candidate, is_heading, is_question, telling_hits
from parley.assistant.evidence.matching import WeightedTerm, coverage, coverage_in_context, match
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.asked_act import acts_in
from parley.assistant.reading.replies import replies
from parley.index.language.words import stems_of, words_of
from parley.index.models.passage_reader import SentenceReading

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

LARGEST_SCORE = 10.0
"""The reader's score is cut to this on either side: beyond it, it tells no more."""

FITTING_SPEAKER = 0.55
"""Least match of a speaker with the asked one for the speaker to be theirs."""

_DAYS_TO_HALF = 7.0


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; from 0 to 1 unless said.

    Attributes:
        reader: the trained reader's log-odds that the sentence answers, cut to ±10.
        closely: the same of the sentence looked at alone; `reader` where it was not.
        passage: the reader's best log-odds in the same passage, cut to ±10.
        coverage: share of the question's meaning that the sentence's own words match.
        context: the same with neighbouring sentences, passage, headings and title counted in part.
        missing_names: share of the question that is names which stand neither in the passage nor in its header.
        missing_numbers: numbers of the question that stand neither in the passage nor in the document's date and title; a count.
        rank: 1 for the passage found first, falling with its rank.
        dense: cosine similarity of passage and question, where the dense engine found it.
        dense_gap: how far that stays behind the best passage's.
        title: coverage by the document's title alone.
        document: the best `context` in the same document.
        speaker: match with the asked speaker; 0 where none is asked for.
        other_speaker: 1 where somebody is asked for who speaks in the passages found, and somebody else speaks here.
        quote: 1 if the words quoted in the question stand in the sentence.
        timely: nearness of the document's date to the day of asking, for questions about the present.
        lately: 1 if the document is from the weeks before a question that says when it was asked.
        held: 1 if the document was cited in the turn before.
        performs: 1 where the author of a proposal, demand, refusal or agreement is asked for and the sentence tells of one.
        interrogative: 1 for a sentence that asks.
        reply: how much it replies to a question in the document that is much like the user's.
        stray: 1 for headings and fragments of fewer than 3 words.
    """

    reader: float
    closely: float
    passage: float
    coverage: float
    context: float
    missing_names: float
    missing_numbers: float
    rank: float
    dense: float
    dense_gap: float
    title: float
    document: float
    speaker: float
    other_speaker: float
    quote: float
    timely: float
    lately: float
    held: float
    performs: float
    interrogative: float
    reply: float
    stray: float

    def values(self) -> dict[str, float]:
        """The figures by name."""
        # Not dataclasses.asdict, which copies whatever it meets: it took a tenth of an answer.
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for all candidates of a question.

    Attributes:
        ranks: rank of each passage by id, from 1, among those that tell something.
        best_dense: highest similarity of such a passage.
        newest: ordinal of the newest document's day, 0 if none is dated.
        speaks: whether the asked speaker speaks in the passages found.
        held: documents cited in the turn before.
    """

    question: QuestionAnalysis
    terms: tuple[WeightedTerm, ...]
    ranks: dict[int, int]
    best_dense: float
    newest: int
    speaks: bool
    held: frozenset[str]


def features_of(
    candidates: Sequence[Candidate],
    readings: Sequence[SentenceReading],
    question: QuestionAnalysis,
    terms: Sequence[WeightedTerm],
    held: frozenset[str] = frozenset(),
) -> list[Features]:
    """Features of each candidate, in order."""
    context = [coverage_in_context(terms, item.layers) for item in candidates]
    speakers = [_speaker(item, question) for item in candidates]
    about = _asked(candidates, question, terms, any(value >= FITTING_SPEAKER for value in speakers), held)
    documents: dict[str, float] = {}
    passages: dict[int, float] = {}
    for item, value, reading in zip(candidates, context, readings, strict=True):
        documents[item.document.id] = max(documents.get(item.document.id, 0.0), value)
        key = item.hit.passage.id
        passages[key] = max(passages.get(key, -LARGEST_SCORE), cut(reading.score))
    return [
        _features(
            item,
            about,
            reader=cut(reading.score),
            passage=passages[item.hit.passage.id],
            context=value,
            document=documents[item.document.id],
            speaker=speaker,
            reply=reply,
        )
        for item, reading, value, speaker, reply in zip(
            candidates, readings, context, speakers, replies(candidates, readings), strict=True
        )
    ]


def _asked(
    candidates: Sequence[Candidate],
    question: QuestionAnalysis,
    terms: Sequence[WeightedTerm],
    speaks: bool,
    held: frozenset[str],
) -> Asked:
    hits = telling_hits(candidates)
    return Asked(
        question=question,
        terms=tuple(terms),
        ranks={hit.passage.id: rank for rank, hit in enumerate(hits, start=1)},
        best_dense=max((hit.dense or 0.0 for hit in hits), default=0.0),
        newest=max((item.document.date.toordinal() for item in candidates if item.document.date), default=0),
        speaks=speaks,
        held=held,
    )


def _features(
    candidate: Candidate,
    about: Asked,
    *,
    reader: float,
    passage: float,
    context: float,
    document: float,
    speaker: float,
    reply: float,
) -> Features:
    question, terms, text = about.question, about.terms, candidate.text
    dense = max(0.0, candidate.hit.dense or 0.0)
    names, numbers = _missing(candidate, terms)
    return Features(
        reader=reader,
        closely=reader,
        passage=passage,
        coverage=coverage(terms, candidate.stems),
        context=context,
        missing_names=names,
        missing_numbers=numbers,
        rank=1 / (1 + 0.15 * (about.ranks.get(candidate.hit.passage.id, len(about.ranks) + 1) - 1)),
        dense=dense,
        dense_gap=max(0.0, about.best_dense - (dense or 0.2)),
        title=coverage(terms, stems_of(candidate.document.title)),
        document=document,
        speaker=speaker,
        other_speaker=float(about.speaks and speaker < FITTING_SPEAKER),
        quote=_quotes_in(text, question.quotes),
        timely=_timely(candidate, question, about.newest),
        lately=float(is_lately(candidate, question)),
        held=float(candidate.document.id in about.held),
        performs=float(_performs(candidate, question)),
        interrogative=float(is_question(candidate)),
        reply=reply,
        stray=float(text.count(" ") < 2 or is_heading(candidate)),
    )


def cut(score: float) -> float:
    """The reader's score, not beyond ±10."""
    return max(-LARGEST_SCORE, min(LARGEST_SCORE, score))


def _missing(candidate: Candidate, terms: Sequence[WeightedTerm]) -> tuple[float, float]:
    """The share of the question that is names, and the count of its numbers, which stand nowhere near the candidate."""
    filed = stems_of(" ".join(name for voice in candidate.voices for name in (*voice.also_called, *voice.speaks_for)))
    near = candidate.around | candidate.stems | candidate.before | candidate.after | candidate.known | filed
    absent = [item for item in terms if not match(item.term, near)]
    return (
        sum(item.share for item in absent if item.term.named),
        float(sum(item.term.surface.isdigit() for item in absent)),
    )


def _speaker(candidate: Candidate, question: QuestionAnalysis) -> float:
    """The best match of the asked speaker with anybody who is said to speak in the sentence."""
    asked = question.speaker
    if asked is None:
        return 0.0
    return max((speaker_match(voice, asked, candidate.document) for voice in candidate.voices), default=0.0)


def _performs(candidate: Candidate, question: QuestionAnalysis) -> bool:
    """Whether somebody does in the sentence what the question asks for the author of, by its verbs or by what it is taken for."""
    told = {voice.status for voice in candidate.voices} | acts_in(candidate.stems)
    return not question.acts.isdisjoint(told)


def _quotes_in(text: str, quotes: Sequence[str]) -> float:
    """Share of the quoted words' runs that stand in the text, word by word."""
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
