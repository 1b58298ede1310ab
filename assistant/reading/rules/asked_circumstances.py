"""Whether a sentence tells of another place, day or round than a question asks about, or of a part instead of the whole."""

from __future__ import annotations

import re

from parley.assistant.evidence.candidates import Candidate
from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import fold, stem, stems_of, word_set, words_of
from parley.index.types import Span

_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*)*"
_IN_PLACE = re.compile(rf"\b(?:[Ii]n|[Aa]t) (?:the )?(?:(?:city|town|capital) of )?(?P<name>{_NAME})")
_TIMES = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep "
    "oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter easter christmas"
)
_ORDINALS = {
    word: number
    for number, names in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th", "ninth 9th",
         "tenth 10th"),
        start=1,
    )
    for word in names.split()
} | {"last": -1, "final": -1}  # fmt: skip
_ORDERED = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?P<noun>[a-z]+)", re.IGNORECASE)
_ASKS_WHOLE = re.compile(r"\b(?:in total|in all|altogether|overall|all told|total number|a total of)\b", re.IGNORECASE)
_WHOLE_BEFORE = re.compile(
    r"\b(?:total(?:l?ed|l?ing|s)?|altogether|in all|overall|all told|combined)\b[^\d,;.]{0,30}$", re.IGNORECASE
)
_WHOLE_BEHIND = re.compile(r"(?:\s[\w’'-]+){0,4}?,?\s(?:in total|in all|altogether|overall|all told|combined)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:each|another|(?:\d[\d,]*|\w+) more|further|additional|(?:first|second|third|fourth|last|final|next) "
    r"(?:day|stage|phase|part|"
    r"round|batch|group)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)


def tells_of_another(candidate: Candidate, question: QuestionAnalysis) -> bool:
    """Whether a sentence names another place, or another of several days or rounds, than the question, and not the asked one."""
    return _elsewhere(candidate, question) or _another_in_order(candidate.text, question.core)


def is_part(text: str, sentence: Span, lead: Span, question: QuestionAnalysis) -> bool:
    """Whether a number counts only a part, where the question asks for all: a sentence that gives the whole says so."""
    if not _ASKS_WHOLE.search(question.core):
        return False
    if _WHOLE_BEFORE.search(text[sentence.start : lead.start]) or _WHOLE_BEHIND.match(text, lead.end, sentence.end):
        return False
    told = text[sentence.start : sentence.end]
    return (
        _PART.search(told) is not None
        or re.search(r"\b(?:total|altogether|all told|combined)\b", told, re.IGNORECASE) is not None
    )


def _places(text: str) -> list[str]:
    """Names behind "in" and "at" that are no times."""
    found = [match["name"] for match in _IN_PLACE.finditer(text)]
    return [name for name in found if fold(name.split()[0]) not in _TIMES]


def _elsewhere(candidate: Candidate, question: QuestionAnalysis) -> bool:
    """Whether the sentence names a place of the asked one's kind (country, or other), and the asked one is not near."""
    asked = _places(question.core)
    if len(asked) != 1 or question.kind == "where":
        return False
    near = candidate.stems | candidate.before | stems_of(candidate.document.title)
    if {word.stem for word in words_of(asked[0])} & near:
        return False
    country = bool(parties_in(asked[0], seats=False))
    return any(bool(parties_in(name, seats=False)) == country for name in _places(candidate.text))


def _another_in_order(text: str, core: str) -> bool:
    """Whether the question asks for the first of several, and the sentence tells of the second alone."""
    asked, told = _ordered(core), _ordered(text)
    return any(noun in told and number not in told[noun] for noun, numbers in asked.items() for number in numbers)


def _ordered(text: str) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for match in _ORDERED.finditer(text):
        found.setdefault(stem(fold(match["noun"])), set()).add(_ORDINALS[match["ordinal"].lower()])
    return found
