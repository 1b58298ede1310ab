"""Quotations made from a library's own, true and altered, each with the verdict that a check of it must give.

A true quotation is one that a document puts between quotation marks and attributes to somebody it names. Each is used for
one kind of alteration. What an alteration yields is compared with the documents by a plain normalisation of its own, not by
the code under test; where the altered words happen to stand somewhere, the case is dropped.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parley import Assistant
from parley.assistant.evidence.quote_check import Verdict

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,])\d+(?![\w.,]\d|\w)")
_NUMBER_WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_NEGATION = re.compile(r"\s+(?:not|never)\b|(?<=do|es|id|as|re|ld|ve)n['’]t\b", re.IGNORECASE)
_FEWEST, _MOST = 6, 40
"""Words of a true quotation; shorter ones may be said by anybody."""

_LONG = 5
"""Letters of a word that is exchanged for another."""


@dataclass(frozen=True, slots=True)
class TrueQuote:
    """Words of a document between its quotation marks, and the named person it puts them to."""

    words: str
    speaker: str
    document_id: str


@dataclass(frozen=True, slots=True)
class QuoteCase:
    """A quotation to check: what was done to it (`kind`), whose it is said to be, and the verdict that is right."""

    kind: str
    quote: str
    speaker: str
    expected: Verdict
    document_id: str


def true_quotes(assistant: Assistant) -> list[TrueQuote]:
    """The quotations of a library that one named speaker speaks in one piece, in the order of the documents."""
    found: dict[str, TrueQuote] = {}
    for item in assistant.statements():
        statement, text = item.statement, item.document.text
        if statement.mode != "direct" or statement.speaker_kind != "named" or not statement.speaker:
            continue
        start, end = statement.content[0]
        words = text[start:end].strip("\"“”„«»'‘’ \n\t,.")
        plain = not re.search(r"[\[\]()…\"“”«»\n]|\.\.|''", words)
        if plain and _FEWEST <= len(_WORD.findall(words)) <= _MOST:
            found.setdefault(_normal(words), TrueQuote(words, statement.speaker, item.document.id))
    return list(found.values())


def make_cases(assistant: Assistant, *, count: int, seed: int = 0) -> list[QuoteCase]:
    """Cases of every kind in turn, at most `count`; fewer where the library has too few quotations that a kind fits."""
    rng = random.Random(seed)
    quotes = true_quotes(assistant)
    rng.shuffle(quotes)
    maker = _Maker(quotes, [_normal(document.text) for document in assistant.documents()], rng)
    sources = {kind: iter(quotes) for kind in KINDS}
    cases: list[QuoteCase] = []
    while sources and len(cases) < count:
        for kind in list(sources):
            case = next(maker.cases(kind, sources[kind]), None)
            if case is None:
                del sources[kind]
            elif len(cases) < count:
                cases.append(case)
    return cases


class _Maker:
    """Alters quotations; `texts` are the documents, normalised, in which no altered words may stand."""

    def __init__(self, quotes: Sequence[TrueQuote], texts: Sequence[str], rng: random.Random) -> None:
        self._rng = rng
        self._texts = texts
        self._vocabulary: list[str] = sorted(
            {word.lower() for one in quotes for word in _WORD.findall(one.words) if len(word) >= _LONG}
        )
        self._speakers = sorted({one.speaker for one in quotes})

    def cases(self, kind: str, quotes: Iterator[TrueQuote]) -> Iterator[QuoteCase]:
        """The cases of a kind that the quotations give, lazily."""
        alter, expected = KINDS[kind]
        for one in quotes:
            if kind == "speaker swapped":
                other = self._other_speaker(one)
                if other is not None:
                    yield QuoteCase(kind, one.words, other, expected, one.document_id)
                continue
            altered = alter(self, one.words)
            if altered is None or (expected in {"altered", "not_found"} and self._stands_somewhere(altered)):
                continue
            yield QuoteCase(kind, altered, one.speaker, expected, one.document_id)

    def unchanged(self, words: str) -> str | None:
        """The words as they are."""
        return words

    def repunctuated(self, words: str) -> str | None:
        """Other marks, another case or other spaces; always at least one of them."""
        changed = self._rng.choice([words.lower(), words.upper(), words])
        changed = changed.replace("’", "'") if "’" in changed else changed.replace("'", "’")
        marks = re.compile(r",(?!\d)")  # not those of a number
        changed = self._rng.choice([marks.sub("", changed), changed.replace(" ", "  ", 2), marks.sub(";", changed)])
        return f"“{changed}!”" if changed != words else f"“{words.capitalize().swapcase()}”"

    def one_word_changed(self, words: str) -> str | None:
        """A longer word exchanged for another one."""
        places = [match for match in _WORD.finditer(words) if len(match.group()) >= _LONG]
        if not places:
            return None
        place = self._rng.choice(places)
        other = self._another_word(place.group())
        return words[: place.start()] + other + words[place.end() :]

    def negation_dropped(self, words: str) -> str | None:
        """Without its first "not", "never" or "n't"."""
        return _NEGATION.sub("", words, count=1) if _NEGATION.search(words) else None

    def number_changed(self, words: str) -> str | None:
        """Another number of the same form."""
        place = _NUMBER.search(words)
        if place is not None:
            value = int(place.group().replace(",", ""))
            other = value + self._rng.choice([1, 2, 7, 10])
            return words[: place.start()] + (f"{other:,}" if "," in place.group() else str(other)) + words[place.end() :]
        named = _NUMBER_WORD.search(words)
        if named is None:
            return None
        others = [word for word in _NUMBER_WORDS if word != named.group().lower()]
        return words[: named.start()] + self._rng.choice(others) + words[named.end() :]

    def invented(self, words: str) -> str | None:
        """The little words of a true quotation around longer words drawn from all of them."""
        return _WORD.sub(lambda found: self._another_word(found.group()) if len(found.group()) > 3 else str(found.group()), words)

    def _another_word(self, word: str) -> str:
        others: list[str] = [other for other in self._vocabulary if other[:4] != word.lower()[:4]]
        return self._rng.choice(others)

    def _other_speaker(self, one: TrueQuote) -> str | None:
        """Somebody whose names share nothing with the speaker's."""
        own = set(_normal(one.speaker).split())
        others = [name for name in self._speakers if not own & set(_normal(name).split())]
        return self._rng.choice(others) if others else None

    def _stands_somewhere(self, words: str) -> bool:
        wanted = f" {_normal(words)} "
        return any(wanted in f" {text} " for text in self._texts)


KINDS: dict[str, tuple[Callable[[_Maker, str], str | None], Verdict]] = {
    "unchanged": (_Maker.unchanged, "exact"),
    "re-punctuated": (_Maker.repunctuated, "same_words"),
    "one word changed": (_Maker.one_word_changed, "altered"),
    "negation dropped": (_Maker.negation_dropped, "altered"),
    "number changed": (_Maker.number_changed, "altered"),
    "speaker swapped": (_Maker.unchanged, "other_speaker"),
    "invented": (_Maker.invented, "not_found"),
}
"""How each kind is made, and the verdict that is right for it."""


def _normal(text: str) -> str:
    """Letters and digits in lower case, all else as single spaces; apostrophes and thousands marks dropped."""
    text = re.sub(r"(?<=\w)['’](?=\w)|(?<=\d),(?=\d{3})", "", text.lower())
    return " ".join(re.findall(r"[^\W_]+", text))
