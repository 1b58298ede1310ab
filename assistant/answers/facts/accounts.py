"""Telling whether two sentences give differing accounts of one thing: another number, date or tally, or the opposite.

Two sentences are compared only where they come from different documents or speakers and speak of the same thing; values only
where they are of one kind. Equal values are one account. Wherever this errs, both sentences are still shown verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answers.facts.decisions import decision, standing_of, words_in
from parley.assistant.answers.facts.told_times import of_other_times
from parley.assistant.evidence.candidates import is_heading
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.answer_words import value_span
from parley.assistant.reading.scoring import Scored
from parley.index.language.numbers import Quantity, find_quantities
from parley.index.language.times import MONTH_STARTS
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import NUMBER_WORDS, fold, stems_of, words_of
from parley.index.types import Span

DISPUTED = 0.75
"""Least share of the question that another sentence, with what stands around it and opens its document, must match, as a share
of what the best sentence so matches, to be taken to speak of the same thing."""

ABOUT_THE_SAME = 0.35
"""Least coverage of each sentence by its own words for their values to be compared."""

SAME_MATTER = 0.5
"""Least coverage of each sentence by its own words for opposite polarity to mean that their accounts differ."""

ALSO_ANSWERS = -2.5
"""Least log-odds, by the reader, of a sentence whose value is set against the best one's."""

CLEARLY_SAME = 0.6
"""The same where one sentence only denies what the other tells."""

_OPENING = 1500
"""Characters at a document's beginning that say whom and which day it is about."""


def differing(best: Scored, scored: Sequence[Scored], question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> Scored | None:
    """The best of the other voices that gives another value for the same thing, or speaks of it with opposite polarity."""
    if is_heading(best.candidate) or not _is_account(best):
        return None
    for item in scored[:12]:
        if is_heading(item.candidate) or item is best or same_voice(best, item) or not _is_account(item):
            continue
        if not _same_thing(best, item, question, terms):
            continue
        if _other_value(best, item, question):
            return item
        if question.kind == "whether" and _opposed(best, item, terms):
            return item
    return None


def _is_account(item: Scored) -> bool:
    """Whether the sentence gives an account at all: what is asked, supposed or put under a condition gives none."""
    statement = item.candidate.statement
    return statement is None or statement.standing in {"stated", "denied", "planned"}


def same_voice(left: Scored, right: Scored) -> bool:
    """Whether two sentences stand in one document and have one speaker there."""
    first, second = left.candidate.statement, right.candidate.statement
    if left.candidate.document.id != right.candidate.document.id:
        return False
    return fold((first.speaker if first else None) or "") == fold((second.speaker if second else None) or "")


def value_of(item: Scored, question: QuestionAnalysis) -> str:
    """The digits and number words of the number or day asked for, or its words where it has none; empty without a value."""
    span = value_span(item, question)
    if span is None:
        return ""
    shown = item.candidate.document.text[span.start : span.end]
    numbers = [NUMBER_WORDS.get(word.folded, word.stem) for word in words_of(shown)]
    return " ".join(number for number in numbers if number.isdigit() or not number.isalpha()) or fold(shown)


def _surroundings(item: Scored) -> frozenset[str]:
    """Stems of the sentence, what stands around it, and the document's opening, which says whom it is about."""
    candidate = item.candidate
    return candidate.stems | candidate.before | candidate.around | stems_of(candidate.document.text[:_OPENING])


def _same_thing(left: Scored, right: Scored, question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> bool:
    """Whether two sentences bear on the question about alike; a year or number that it gives must stand near both or neither."""
    near, other = (item.candidate.stems | item.candidate.before for item in (left, right))
    given = [item.term.stem for item in terms if item.term.stem.isdigit()]
    if any(number in near and number not in other for number in given if len(number) == _YEAR):
        return False
    if question.answer_type != "date" and of_other_times(left.candidate.text, right.candidate.text):
        return False
    if right.features.context >= DISPUTED * left.features.context:
        return True
    return _bearing(right, terms) >= DISPUTED * _bearing(left, terms)


_YEAR = 4
"""Digits of a year."""


def _bearing(item: Scored, terms: Sequence[WeightedTerm]) -> float:
    near = _surroundings(item)
    return sum(term.share for term in terms if match(term.term, near))


def _other_value(left: Scored, right: Scored, question: QuestionAnalysis) -> bool:
    """Whether both give a value of one kind for the number or day asked for, and the values exclude each other."""
    if min(left.features.coverage, right.features.coverage) < ABOUT_THE_SAME or right.reading.score < ALSO_ANSWERS:
        return False
    first, second = value_span(left, question), value_span(right, question)
    if first is None or second is None:
        return False
    if question.answer_type == "date":
        return _other_date(_shown(left, first), _shown(right, second))
    counted = question.noun is not None and not (
        _counts_else(left, first, question.noun) or _counts_else(right, second, question.noun)
    )
    alike = _unit(left, first) == _unit(right, second) or counted
    return alike and not _agree(left, right, first, second, question)


def _agree(left: Scored, right: Scored, first: Span, second: Span, question: QuestionAnalysis) -> bool:
    """Whether two values may be one: "more than 40" and "42", "3 million" and "3,000,000"; else whether their words are equal."""
    one, other = _quantities(left, first), _quantities(right, second)
    if one and len(one) == len(other):
        return all(a.agrees_with(b) for a, b in zip(one, other, strict=True))
    return value_of(left, question) == value_of(right, question)


def _quantities(item: Scored, span: Span) -> list[Quantity]:
    """The quantities of a value, with the bounds that stand before it in the sentence."""
    whole = item.candidate.span
    found = find_quantities(item.candidate.document.text, whole.start, whole.end)
    return [quantity for quantity in found if quantity.start < span.end and quantity.end > span.start]


def _shown(item: Scored, span: Span) -> str:
    return item.candidate.document.text[span.start : span.end]


def _other_date(left: str, right: str) -> bool:
    """Whether two dates exclude each other in a part that both give: the year, else the month, else the day of the month."""
    first, second = _date_parts(left), _date_parts(right)
    return any(first[part] != second[part] for part in ("year", "month", "day") if part in first and part in second)


_PARTS = {
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "month": re.compile(rf"\b(?:{MONTH_STARTS})(?=[a-z.]*\b)"),
    "day": re.compile(r"\b[0-3]?\d(?=\s|st\b|nd\b|rd\b|th\b|$|,)"),
}


def _date_parts(shown: str) -> dict[str, str]:
    found = {part: pattern.search(shown) for part, pattern in _PARTS.items()}
    return {part: hit.group() for part, hit in found.items() if hit}


def _unit(item: Scored, span: Span) -> str:
    """The stem of the word after a number, "hour" of "five hours"; empty if there is none."""
    text = item.candidate.document.text
    own = [word for word in words_of(text, span.start, span.end) if word.surface.isalpha() and word.folded not in NUMBER_WORDS]
    following = own or words_of(text, span.end, min(len(text), span.end + 30))
    return following[0].stem if following and following[0].surface.isalpha() else ""


def _counts_else(item: Scored, span: Span, noun: str) -> bool:
    """Whether a number counts something else than is asked for, which its sentence names too: "pilots of three companies"."""
    words = words_of(noun)
    # "Turkish pilots attended" is what follows "how many": what is counted is in the plural.
    counted = next((word.stem for word in words if word.surface.endswith("s")), words[0].stem if words else "")
    asked, unit = {counted} | synonyms_of(counted), _unit(item, span)
    return bool(unit) and unit not in asked and bool(asked & item.candidate.stems)


def _opposed(left: Scored, right: Scored, terms: Sequence[WeightedTerm]) -> bool:
    if left.candidate.statement is None or right.candidate.statement is None:
        return False
    if min(left.features.coverage, right.features.coverage) < SAME_MATTER:
        return False
    named = [item.term for item in terms if item.term.named]
    if named and not all(match(term, _surroundings(left)) and match(term, _surroundings(right)) for term in named):
        return False
    first, second = decision(left), decision(right)
    if first and second:
        return first != second
    clearly = min(left.features.coverage, right.features.coverage) >= CLEARLY_SAME
    return not first and not second and clearly and _denies(left, terms) != _denies(right, terms)


def _denies(item: Scored, terms: Sequence[WeightedTerm]) -> bool:
    """Whether the sentence denies the words of the question that are no names: "the crew was not on board"."""
    asked = {term.term.stem for term in terms if not term.term.named}
    return any(word.stem in asked and standing_of(item, word) == "denied" for word in words_in(item))
