"""The lead of an answer: the shortest span of a sentence that has the asked type or is the kind of thing asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parley.assistant.evidence.candidates import Candidate
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.asked_noun import head_noun
from parley.assistant.reading.rules.answer_types import best_span, list_span, named_spans
from parley.assistant.reading.rules.lead_denials import is_vouched_for
from parley.assistant.reading.rules.lead_fit import fitting, tells_deed, told_by_form
from parley.index.language.words import LIGHT_VERBS, is_content, word_set, words_of
from parley.index.models.word_vectors import WordVectors
from parley.index.types import Span

KIND_OF_THING, KIND_OF_WORDS = 0.35, 0.45
"""Least cosine of a name's and of ordinary words with the noun asked for; "Iran" and "country" have .51, "Chicago" and
"country" .22."""

_PLACES = ("country", "city", "state", "town")
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,60})[”\"]")
_VERBAL = re.compile(r"(?:ed|ing|ly)$")
_SHOUTED = re.compile(r"[A-Z]+(?: [A-Z]+)+")
"""Several words in capitals: a headline or a newspaper's name."""
_LINKS = word_set("and or of the")


def lead_of(candidate: Candidate, question: QuestionAnalysis, words: WordVectors) -> Span | None:
    """The span to put in front, or `None` where the sentence alone must answer."""
    if question.kind == "list":
        return list_span(candidate.document.text, candidate.span)
    told = told_by_form(candidate.document.text, candidate.span, question)
    if told is not None or question.kind == "who_is":
        return told
    lead = best_span(candidate.document.text, candidate.span, question)
    if question.answer_type in {"text", "speaker", "place"} and question.wanted:
        lead = _kind_of_thing(candidate, question, words, (head_noun(question.wanted),)) or lead
    elif question.answer_type == "place":
        lead = _kind_of_thing(candidate, question, words, _PLACES) or lead
    if lead is None or _is_audience(candidate, lead, question) or _is_guess(candidate, question):
        return None
    return lead


def _is_guess(candidate: Candidate, question: QuestionAnalysis) -> bool:
    """Whether a name would only stand in a sentence that does not tell of the deed whose doer is asked for."""
    light = question.verb is None or question.verb in LIGHT_VERBS
    return not light and not tells_deed(candidate.document.text, candidate.span, question)


def _kind_of_thing(candidate: Candidate, question: QuestionAnalysis, words: WordVectors, nouns: Sequence[str]) -> Span | None:
    """The name, title or noun phrase whose words come nearest to the noun asked for, if near enough."""
    text, known = candidate.document.text, {term.stem for term in question.terms}
    things = [span for span in _things(text, candidate.span) if not _repeats(text, span, known)]
    spans = [span for span in things if fitting(text, candidate.span, span, question) is not None]
    if not spans:
        return None
    near = _nearness(text, candidate.span, spans, words, words.mean(nouns))
    # A run of ordinary words must come nearer than a name: "fill" is not far from "flow".
    needed = np.array([KIND_OF_THING if text[span.start].isupper() else KIND_OF_WORDS for span in spans])
    enough = (spans[number] for number in np.argsort(needed - near, kind="stable") if near[number] >= needed[number])
    return next((span for span in enough if is_vouched_for(text, candidate.span, span, question.core)), None)


def _nearness(
    text: str, sentence: Span, spans: Sequence[Span], words: WordVectors, direction: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Cosine of each span's words together with a direction, shape `(len(spans),)`; linking words do not count."""
    inside = words_of(text, sentence.start, sentence.end)
    rows = words.matrix(["" if word.folded in _LINKS else word.folded for word in inside])
    sums = np.vstack([np.zeros((1, rows.shape[1]), dtype=np.float32), np.cumsum(rows, axis=0)])
    starts = [word.start for word in inside]
    first = [bisect_left(starts, span.start) for span in spans]
    last = [bisect_left(starts, span.end) for span in spans]
    totals = sums[last] - sums[first]
    found: NDArray[np.float32] = (totals @ direction) / np.maximum(np.linalg.norm(totals, axis=1), 1e-6)
    return found


def _things(text: str, sentence: Span) -> list[Span]:
    """Names, titles in quotation marks, and runs of ordinary content words, each once, in order."""
    names = [_without_possessive(text, span) for span in named_spans(text, sentence)]
    names = [span for span in names if not _SHOUTED.fullmatch(text[span.start : span.end])]
    titles = [Span(m.start(1), m.end(1)) for m in _QUOTED.finditer(text, sentence.start, sentence.end)]
    return sorted({*names, *titles, *_runs(text, sentence)})


def _without_possessive(text: str, span: Span) -> Span:
    ending = re.search(r"['’]s?$", text[span.start : span.end])
    return Span(span.start, span.start + ending.start()) if ending else span


def _runs(text: str, sentence: Span) -> list[Span]:
    """Small-letter content words in a row without a mark between them; of long runs the last three, two and one words."""
    runs: list[list[Span]] = [[]]
    for word in words_of(text, sentence.start, sentence.end):
        span = Span(word.start, word.end)
        if not is_content(word.folded) or not word.surface[:1].islower() or _VERBAL.search(word.surface):
            runs.append([])
            continue
        if runs[-1] and text[runs[-1][-1].end : span.start].strip(" -"):
            runs.append([])
        runs[-1].append(span)
    return [Span(run[-size].start, run[-1].end) for run in runs for size in (1, 2, 3) if len(run) >= size]


def _repeats(text: str, span: Span, known: set[str]) -> bool:
    """Whether a span ends with a word of the question, which it then only repeats."""
    inside = words_of(text, span.start, span.end)
    return not inside or inside[-1].stem in known


def _is_audience(candidate: Candidate, lead: Span, question: QuestionAnalysis) -> bool:
    """Whether a name is only that of the medium or listener to whom the statement was made."""
    statement = candidate.statement
    if statement is None or question.answer_type not in {"person", "place"}:
        return False
    shown = candidate.document.text[lead.start : lead.end]
    return any(shown in heard or heard in shown for heard in (statement.outlet, statement.addressee, statement.reporter) if heard)
