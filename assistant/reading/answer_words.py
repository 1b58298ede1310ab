"""Which words of the chosen sentence may stand alone in front of an answer.

The trained reader points at them. They stand in front only if the reader is sure, their type fits what is asked, the sentence
states them, and they say more than the question did. What does not fit is no reason to refuse: the whole sentence is shown.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.question.question_forms import AnswerType
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import alternatives, country_rows, lexicon, word_kind
from parley.index.language.standing import standing
from parley.index.language.times import MONTH_STARTS, find_times
from parley.index.language.words import NUMBER_WORDS, fold, is_content, words_of
from parley.index.types import Span

SURE = 0.25
"""Least share of the words among all spans of the sentence. Fitted with the next by eval/fitting/words_in_front.py on questions
over documents that the reader was not trained on, with at most .03 of the answers to lead with wrong words. With the reader
trained since then, 32 of 632 answers lead with right words and 20 with wrong ones; 3.0 and .3 would be 28 and 11."""

SURE_OF_SENTENCE = 2.5
"""Least log-odds of the sentence."""

MOST_WORDS_IN_FRONT = 12

_WHOLE_SENTENCE_KINDS = frozenset(
    {"whether", "whether_said", "why", "how", "compare", "list", "what_said", "quote_check", "who_is"}
)
"""Questions to which a few words alone are no answer."""

_MONTHS = re.compile(rf"\b(?:{MONTH_STARTS})[a-z]*\b")
_UNITS = alternatives(word_kind("time_unit"))
_CLOCK = re.compile(rf"\b(?:\w+day|{alternatives(word_kind('time_word'))}|{_UNITS})\b", re.IGNORECASE)
_LASTING = re.compile(rf"(?:(?:in|for) )?(?:\d[\d,.]*|{alternatives(NUMBER_WORDS)})(?: \w+)? (?:{_UNITS})", re.IGNORECASE)
"""How long something lasted, which is no date: "the first talks in three years"."""


def answer_words(item: Scored, question: QuestionAnalysis) -> Span | None:
    """The words that may stand in front of the sentence, in the document's offsets; `None` for the sentence alone."""
    if item.reading.certainty < SURE or item.reading.score < SURE_OF_SENTENCE:
        return None
    return words_that_may_stand(item, question)


def words_that_may_stand(item: Scored, question: QuestionAnalysis) -> Span | None:
    """The same, however sure the reader is: its words, where they are stated, of the asked type, and new; else `None`."""
    span = item.reading.span
    if span is None or question.kind in _WHOLE_SENTENCE_KINDS:
        return None
    if question.kind == "who_said" and item.candidate.statement is not None:
        return None  # who said it stands before the words as it is
    text = item.candidate.document.text
    if item.features.interrogative or item.features.stray:
        return None
    shown = text[span.start : span.end]
    if len(shown.split()) > MOST_WORDS_IN_FRONT or not fits_type(shown, question.answer_type):
        return None
    if _repeats(shown, question) or _holds_cue(item, span) or is_cut(text, span):
        return None
    kind = standing(text, item.candidate.span, span).kind
    return span if kind == "stated" or (kind == "planned" and asks_of_plans(question)) else None


@lru_cache(maxsize=256)
def _is_planned(core: str) -> bool:
    words = words_of(core)
    return bool(words) and standing(core, Span(0, len(core)), Span(words[-1].start, words[-1].end)).kind == "planned"


def asks_of_plans(question: QuestionAnalysis) -> bool:
    """Whether a question asks for what is to come: "When will the accord be signed?" is answered by a day that is planned."""
    return _is_planned(question.core.rstrip("?. "))


def fits_type(shown: str, asked: AnswerType) -> bool:
    """Whether words have the form of what is asked for; types without a form of their own always fit."""
    words = words_of(shown)
    numeric = any(any(character.isdigit() for character in word.surface) or word.folded in NUMBER_WORDS for word in words)
    if asked == "date":
        return not _LASTING.fullmatch(shown) and (numeric or bool(_MONTHS.search(shown) or _CLOCK.search(shown)))
    if asked in {"number", "money", "percent"}:
        return numeric
    if asked in {"person", "speaker", "place", "outlet"}:
        return any(word.surface[:1].isupper() for word in words)
    return True


def is_cut(text: str, span: Span) -> bool:
    """Whether the words end before the noun that they describe: "the Ostian" or "Ostia's" of the delegation."""
    shown, following = words_of(text[span.start : span.end]), words_of(text[span.end : span.end + _NEXT_WORD])
    if not shown or not following or not text[span.end : span.end + 1].isspace():
        return False
    if _OWNERS.search(text[span.start : span.end]):
        return True
    if not _names_people(shown[-1].folded):
        return False
    word = following[0]
    plain = word.folded not in lexicon().kinds and word.folded not in lexicon().forms
    return word.surface[:1].islower() and is_content(word.folded) and plain


_OWNERS = re.compile(r"(?:['’]s|s['’])\Z")

_NEXT_WORD = 40
"""Characters in which the next word ends."""


@cache
def _peoples() -> frozenset[str]:
    return frozenset(fold(people) for country in country_rows() for people in country.people)


def _names_people(folded: str) -> bool:
    return folded in _peoples()


def names_time(text: str) -> bool:
    """Whether a text names a day, a month, a year or a time of day."""
    return bool(find_times(text) or _MONTHS.search(text) or _CLOCK.search(text))


def _repeats(shown: str, question: QuestionAnalysis) -> bool:
    """Whether all content words stand in the question, which the words then only repeat."""
    asked = {word.stem for word in words_of(question.core)}
    own = [word for word in words_of(shown) if is_content(word.folded)]
    return all(word.stem in asked for word in own)


def _holds_cue(item: Scored, span: Span) -> bool:
    """Whether the reporter's own words ("the official said") stand in the span, which mixes them with what was said."""
    cue = item.candidate.statement.cue if item.candidate.statement else None
    return cue is not None and span.start < cue.end and cue.start < span.end


def value_span(item: Scored, question: QuestionAnalysis) -> Span | None:
    """The number or day that a sentence states or plans for the one asked for; `None` where it gives none."""
    span = item.reading.span
    if span is None or question.answer_type not in {"number", "money", "percent", "date"}:
        return None
    text = item.candidate.document.text
    if not fits_type(text[span.start : span.end], question.answer_type):
        return None
    return span if standing(text, item.candidate.span, span).kind in {"stated", "planned"} else None
