"""The markers of a draft sentence: which sources it says it rests on.

A marker is a bracket that holds source numbers and nothing else: [S2], [2], [S1, S3], [1-3], 【2】, 【2†source】, (S2), (2).
A number in round brackets is one only where a source has that number; "(2031)" is part of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:(?:source|sources|passage|id)?\s*[Ss]?\s*\^?\d{1,6})"
_LIST = rf"{_NUMBER}(?:\s*(?:[,;&/]|and|to|-|–|—)?\s*{_NUMBER})*"
_SQUARE = re.compile(rf"\s*(?:\[\[|[\[【〔［])\s*(?P<list>{_LIST})\s*(?:†[^\]】〕］]{{0,40}})?(?:\]\]|[\]】〕］])", re.IGNORECASE)
_ROUND = re.compile(rf"\s*\(\s*(?P<list>{_LIST})\s*\)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,6})\s*(?:-|–|—|to)\s*(?:source)?\s*[Ss]?\s*(\d{1,6})", re.IGNORECASE)
_AS_TOLD = r"(?:according\s+to|as\s+(?:reported|stated|noted|mentioned|described|shown|given|told|said)\s+(?:by|in)|as\s+per|per)"
_OPENING = re.compile(rf"^\s*{_AS_TOLD}\s+(?:the\s+)?(?:source\s+)?(?P<marker>{_SQUARE.pattern})\s*,\s*", re.IGNORECASE)
_CLOSING = re.compile(rf",?\s+{_AS_TOLD}\s+(?:the\s+)?(?:source\s*)?(?={_SQUARE.pattern}\s*[.!?]?\s*$)", re.IGNORECASE)
"""Words that lead up to a marker, and say nothing without it."""

_LEFTOVER = re.compile(r"\s*(?:[\[【〔［]\s*(?:S\s*)?[\d\s,S;-]{0,12}$|\[\s*\])")

MOST_SOURCES = 4
"""Sources that one sentence may point to; more say that the model did not choose."""


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A draft sentence without its markers.

    Attributes:
        text: the words.
        sources: numbers of the sources it points to, from 1, in order of appearance, each once.
        wrong: markers that point to no source, as written.
    """

    text: str
    sources: tuple[int, ...]
    wrong: tuple[str, ...] = ()


def read_markers(sentence: str, count: int) -> MarkedSentence:
    """Take the markers out of a sentence and resolve them among sources 1 to `count`."""
    sources: list[int] = []
    wrong: list[str] = []

    def resolved(match: re.Match[str]) -> str:
        numbers = _numbers(match["list"])
        bad = not numbers or len(numbers) > MOST_SOURCES or any(not 1 <= number <= count for number in numbers)
        if bad:
            wrong.append(match.group().strip())
        sources.extend(number for number in numbers if not bad and number not in sources)
        return ""

    def resolved_in_round(match: re.Match[str]) -> str:
        numbers = _numbers(match["list"])
        lettered = re.search(r"[sS]\s*\d", match["list"]) is not None
        return resolved(match) if lettered or (numbers and all(1 <= number <= count for number in numbers)) else match.group()

    sentence = _CLOSING.sub("", _without_opening(sentence))
    text = _without_leftovers(_ROUND.sub(resolved_in_round, _SQUARE.sub(resolved, sentence)))
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r",(?=[.!?]$)|,$", "", text)
    return MarkedSentence(text, tuple(sources), tuple(wrong))


def _without_opening(sentence: str) -> str:
    """The sentence without "According to" before its marker; what follows begins it."""
    opening = _OPENING.match(sentence)
    if opening is None:
        return sentence
    rest = sentence[opening.end() :]
    return f"{opening['marker']} {rest[:1].upper()}{rest[1:]}"


def _without_leftovers(text: str) -> str:
    """The text without empty and broken-off markers; what one leaves bare may be the next."""
    shorter = _LEFTOVER.sub("", text)
    while shorter != text:
        text, shorter = shorter, _LEFTOVER.sub("", shorter)
    return text


def _numbers(listed: str) -> tuple[int, ...]:
    """The numbers of a list, ranges filled in; a range that runs backwards or over more than ten gives 0, which no source has."""
    numbers: list[int] = []
    position = 0
    for match in _RANGE.finditer(listed):
        numbers += [int(number) for number in re.findall(r"\d+", listed[position : match.start()])]
        first, last = int(match.group(1)), int(match.group(2))
        numbers += range(first, last + 1) if first <= last <= first + 10 else [0]
        position = match.end()
    numbers += [int(number) for number in re.findall(r"\d+", listed[position:])]
    return tuple(dict.fromkeys(numbers))
