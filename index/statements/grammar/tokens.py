"""The words and marks of a paragraph, with the part each plays in a clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from parley.index.language.lexicon import lexicon, word_kind
from parley.index.language.quotations import Quotation
from parley.index.types import Span

_TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])"  # most words, told first because it is quick
    r"|(?:[A-Za-z]\.){2,}"  # U.S.
    r"|(?:Mrs?|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Prof|Rev|Pres|Hon|St|Messrs|Amb|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
    r"|[A-Z]-(?:(?:[A-Z]\.){1,3}|[A-Z][a-z]+\.(?=\)))"  # a party and its state
    r"|[A-Z]\.(?=\s+[A-Z])"  # the initial of a name
    r"|[^\W_]+n['’]t\b"
    r"|[\$€£]?\d(?:[\d.,:]*\d)?(?:%|(?:st|nd|rd|th)\b)?(?:-[^\W_]+)*"
    r"|['’‘](?:s|S|re|ve|ll|d|m)\b"
    r"|[^\W_](?:[^\W_]|['’](?!(?:s|S|re|ve|ll|d|m)\b)(?=[^\W_])|[-‑](?=[^\W_])|[-‐][ \t]*\n[ \t]*(?=[a-z])|\.(?=[a-z]{2}))*+"
    r"|''|``|--+|\.\.\.|[^\w\s]|_"
)
_PARAGRAPH_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,3}")
"""A number of the kind "2.2"; whoever is named behind it is not counted by it."""
_LINE_END = re.compile(r"[-‐][ \t]*\n[ \t]*(?=[a-z])")
"""Where a word is divided at the end of a line."""

_MARKS = {
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    ".": "stop",
    "!": "stop",
    "?": "stop",
    "…": "stop",
    "...": "stop",
    "—": "dash",
    "–": "dash",
    "-": "dash",
    "(": "left",
    "[": "left",
    ")": "right",
    "]": "right",
}
_DEPENDENT = frozenset({"clitic", "symbol", "auxiliary", "time"})
"""Kinds that may be another by the token before."""

_USUALLY_LOWER = word_kind("lower_time")
_PARTICLES = word_kind("name_particle")
"""Words for a time whose capital letter makes them part of a name."""

_JOINED_PARTICLE = re.compile(r"(?:al|el|as|ar|ad|an|az|at|ibn|bin|ul|d|l|t)[-'’][A-ZÀ-Þ]")
"""A particle written together with the name that it belongs to: "al-Sisi", "d'Estaing"."""

_LONGEST_SENTENCE = 300
"""Tokens; text without full stops is read in stretches of this length, so that time stays in proportion to it."""


class Tokens:
    """Parallel lists over the tokens of one paragraph.

    Attributes:
        starts, ends: offsets into the document's text.
        words: lower-cased, with straight apostrophes.
        kinds: part in a clause: "word" (anything else in lower case), "name" (capitalised), "pronoun", "comma", "open", …
        quotes: index of the outermost quotation that holds the token's words, -1 outside.
        sentences: index of the sentence.
    """

    def __init__(self, text: str, span: Span, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.kinds: list[str] = []
        self.quotes: list[int] = []
        self.sentences: list[int] = []
        self._read(span, sentences, quotations)
        if self._is_headline():
            verbs = lexicon().forms
            self.kinds = [
                "word" if kind == "name" and n and word in verbs else kind
                for n, (kind, word) in enumerate(zip(self.kinds, self.words, strict=True))
            ]

    def _is_headline(self) -> bool:
        """Whether nearly all longer words begin with a capital letter, as in a title."""
        if not 4 <= len(self.words) <= 30:
            return False
        longer = [at for at, word in enumerate(self.words) if len(word) > 3 and word[0].isalpha()]
        capitals = sum(self.text[self.starts[at]].isupper() for at in longer)
        return len(longer) >= 3 and capitals >= 0.75 * len(longer)

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, exclusive, with words that a line's end divides made whole."""
        return _LINE_END.sub("", self.text[self.starts[first] : self.ends[last - 1]]) if last > first else ""

    def span(self, first: int, last: int) -> Span:
        """Offsets from token `first` to token `last`, exclusive."""
        return Span(self.starts[first], self.ends[last - 1])

    def body_start(self) -> int:
        """First token behind a list number ("3.", "2.2", "7)"), a bullet or a dash at the paragraph's start."""
        at = 0
        if len(self) > 2 and self.kinds[0] == "number":
            if self.kinds[1] in {"stop", "right"}:
                return 2
            if _PARAGRAPH_NUMBER.fullmatch(self.words[0]) and self.text[self.starts[1]].isupper():
                return 1
        while at < len(self) - 1 and self.kinds[at] in {"symbol", "dash"}:
            at += 1
        return at

    def first_at(self, offset: int) -> int:
        """Index of the first token that begins at `offset` or later."""
        return bisect_left(self.starts, offset)

    def _read(self, span: Span, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self._split(span)
        self._set_sentences(sentences)
        self._set_quotes([quotation for quotation in quotations if quotation.depth == 0])
        marks = _mark_positions(quotations)
        for at, start in enumerate(self.starts):
            if start in marks:
                self.kinds[at] = marks[start]
        for at, kind in enumerate(self.kinds):
            if kind in _DEPENDENT or self.words[at] == "longer":
                self._settle(at)
            elif self.words[at] in _PARTICLES and self.text[self.starts[at]].islower():
                self._join_name(at)

    def _split(self, span: Span) -> None:
        """Fill starts, ends, words and kinds, each token read by itself."""
        text, kind_of = self.text, _token_kind
        for match in _TOKEN.finditer(text, span.start, span.end):
            start, end = match.span()
            word, kind = kind_of(text[start:end])
            self.starts.append(start)
            self.ends.append(end)
            self.words.append(word)
            self.kinds.append(kind)

    def _settle(self, at: int) -> None:
        """The kind of a token that depends on the one before it."""
        kind, word = self.kinds[at], self.words[at]
        if kind == "clitic":
            if at and self.kinds[at - 1] in {"pronoun", "relative"}:
                self.kinds[at] = "auxiliary"
        elif kind == "symbol":
            if word == "'" and at and self.ends[at - 1] == self.starts[at] and self.words[at - 1].endswith("s"):
                self.kinds[at] = "clitic"  # the plural's: "Teachers' Union"
        elif kind == "time":
            if word in _USUALLY_LOWER and at and self.kinds[at - 1] == "name" and self.text[self.starts[at]].isupper():
                self.kinds[at] = "name"  # the outlet's: "USA TODAY"
        elif word == "longer":
            if at and self.words[at - 1] == "no":
                self.kinds[at - 1 : at + 1] = ["negation", "adverb"]  # "no longer insists"
        elif word in {"may", "will"}:
            self._settle_capital(at)

    def _settle_capital(self, at: int) -> None:
        """Behind other words of its sentence "Will" is a name, and "May" one behind a name ("Theresa May"), else the month."""
        before = self.kinds[at - 1] if at else "stop"
        if before in {"stop", "open", "colon"} or not self._is_capitalised(at):
            return
        is_month = self.words[at] == "may" and before not in {"name", "title"}
        self.kinds[at] = "time" if is_month else "name"

    def _join_name(self, at: int) -> None:
        """Make a small word between parts of a name one of them: "Ursula [von] [der] Leyen"."""
        after = at + 1
        while after < len(self) and self.words[after] in _PARTICLES:
            after += 1
        if at and self.kinds[at - 1] in {"name", "title"} and after < len(self) and self.kinds[after] == "name":
            self.kinds[at] = "name"

    def _is_capitalised(self, at: int) -> bool:
        return self.text[self.starts[at]].isupper() and not self.text[self.starts[at] + 1].isupper()

    def _set_sentences(self, sentences: Sequence[Span]) -> None:
        """Fill `sentences`; what runs on without a full stop is cut into stretches."""
        edges = [self.first_at(one.start) for one in sentences[1:]] + [len(self.starts)]
        number = first = 0
        for edge in edges:
            while edge - first > _LONGEST_SENTENCE:
                self.sentences += [number] * _LONGEST_SENTENCE
                first += _LONGEST_SENTENCE
                number += 1
            self.sentences += [number] * (edge - first)
            first = edge
            number += 1

    def _set_quotes(self, outer: Sequence[Quotation]) -> None:
        """Fill `quotes`."""
        self.quotes = [-1] * len(self.starts)
        for number, quotation in enumerate(outer):
            for at in range(self.first_at(quotation.inner.start), self.first_at(quotation.inner.end)):
                self.quotes[at] = number


def _mark_positions(quotations: Sequence[Quotation]) -> dict[int, str]:
    positions: dict[int, str] = {}
    for quotation in quotations:
        positions[quotation.start] = "open"
        if quotation.closed:
            positions[quotation.inner.end] = "close"
        for piece in quotation.pieces[1:]:
            positions[piece.start - 1] = "open"
    return positions


@lru_cache(maxsize=50_000)
def _token_kind(written: str) -> tuple[str, str]:
    """A token's word in lower case with straight apostrophes, and its kind as far as it shows by itself."""
    word = written.lower().replace("’", "'").replace("‘", "'")
    if "\n" in word:
        word = _LINE_END.sub("", word)
    if written == "US":
        return word, "name"
    return word, lexicon().kinds.get(word) or _kind(written, word)


def _kind(written: str, word: str) -> str:
    first = written[0]
    if first.isalpha():
        if not first.isupper() and _JOINED_PARTICLE.match(written):
            return "name"
        if word.endswith("ly") and len(word) > 4 and not first.isupper():
            return "adverb"
        return "name" if first.isupper() else "word"
    if first.isdigit() or (first in "$€£" and len(written) > 1):
        return "number"
    if first in "'’‘" and len(written) > 1 and written[1].isalpha():
        return "clitic" if word == "'s" else "auxiliary"
    if written.startswith("--"):
        return "dash"
    return _MARKS.get(written, "symbol")
