"""Noun phrases before and behind a verb, by word lists and punctuation: whose deed a clause tells, and to whom it was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from parley.index.language.lexicon import lexicon
from parley.index.language.words import Word, fold, is_irregular_past, words_of
from parley.index.types import Span

AUXILIARY = frozenset({"be", "have", "auxiliary"})
"""Kinds of words that may stand between a subject and its verb, besides adverbs."""

_ENDS_BEFORE = AUXILIARY | {"pronoun", "object", "relative", "that", "subordinator", "adverb", "negation", "time"}
_ENDS_BEHIND = AUXILIARY | {"pronoun", "relative", "that", "subordinator", "preposition", "negation", "time", "adverb"}
_MARK = re.compile(r"[,;:()\[\]—–]|\s-\s")
_NO_ADVERB = frozenset({"ally", "assembly", "family", "july", "italy", "reply", "supply", "only"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words `first` to `last` of a sentence, of which those up to `head` name who or what it is about.

    "a former adviser to the president" has its head in "adviser"; behind it other people may be named.
    """

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one sentence, with what stands between them."""

    text: str
    words: Sequence[Word]

    @classmethod
    def of(cls, text: str, sentence: Span) -> Clause:
        """The words of `text[sentence.start:sentence.end]`."""
        return cls(text, words_of(text, sentence.start, sentence.end))

    def kind(self, number: int) -> str:
        """The word's part in a clause ("be", "preposition", …); empty for nouns, verbs, adjectives, and beyond the sentence."""
        if not 0 <= number < len(self.words):
            return ""
        surface, end = self.words[number].surface, self.words[number].end
        if self.text[end : end + 1] == "-" and self.text[end + 1 : end + 2].isalpha():
            return ""
        if len(surface) > 1 and surface.isupper():
            return ""
        lowered = surface.lower()
        known = lexicon().kinds.get(lowered, "")
        if known or not lowered.endswith("ly") or lowered in _NO_ADVERB or surface[0].isupper():
            return "" if known == "time" and surface[0].islower() and lowered in {"may", "march"} else known
        return "adverb"

    def marked(self, number: int) -> bool:
        """Whether a comma, dash or bracket stands before the word of that number, or the sentence begins there."""
        return number <= 0 or _MARK.search(self.text, self.words[number - 1].end, self.words[number].start) is not None

    def is_verb(self, number: int) -> bool:
        """Whether a small-letter word is listed as a form of a verb and no article makes a noun or adjective of it."""
        surface = self.words[number].surface
        if not surface[0].islower() or surface not in lexicon().forms:
            return False
        return self.kind(number - 1) not in {"determiner", "possessive", "preposition"}

    def is_past(self, number: int) -> bool:
        """Whether a word looks like a past tense or participle."""
        lowered = self.words[number].surface.lower()
        forms = lexicon().forms.get(lowered)
        return bool(forms & {"past", "participle"}) if forms else lowered.endswith("ed") or is_irregular_past(fold(lowered))

    def span(self, phrase: Phrase) -> Span:
        """Where a whole phrase stands in the text."""
        return Span(self.words[phrase.first].start, self.words[phrase.last].end)

    def head_span(self, phrase: Phrase) -> Span:
        """Where the part up to its head stands."""
        return Span(self.words[phrase.first].start, self.words[phrase.head].end)

    def surfaces(self, phrase: Phrase) -> str:
        """The phrase as written."""
        span = self.span(phrase)
        return self.text[span.start : span.end]

    def is_named(self, phrase: Phrase) -> bool:
        """Whether a name stands in the phrase's head, besides the word that opens the sentence."""
        return any(self.words[at].surface[0].isupper() for at in range(max(1, phrase.first), phrase.head + 1)) or (
            phrase.first == phrase.head == 0 and not self.kind(0)
        )

    def auxiliaries(self, verb: int) -> tuple[int, frozenset[str]]:
        """The number of the first of the auxiliaries and adverbs right before a verb, and their kinds."""
        first, kinds = verb, set()
        while first > 0 and not self.marked(first) and self.kind(first - 1) in AUXILIARY | {"adverb", "negation"}:
            first -= 1
            kinds.add(self.kind(first))
        return first, frozenset(kinds)


def phrase_before(clause: Clause, last: int) -> Phrase | None:
    """The noun phrase that ends with word `last`; `None` where that word is none of a noun phrase."""
    if last < 0 or clause.kind(last) in _ENDS_BEFORE | {"preposition", "conjunction", "determiner"} or clause.is_verb(last):
        return None
    first, joined = last, False
    while first > 0 and _goes_on(clause, first, joined=joined):
        first -= 1
        joined = joined or clause.kind(first) == "conjunction"
    first = _without_opening(clause, first, last)
    return Phrase(first, last, _head(clause, first, last)) if first <= last else None


def phrase_behind(clause: Clause, first: int) -> Phrase | None:
    """The noun phrase that begins with word `first`, with "of …"; `None` where none does."""
    if first >= len(clause.words) or clause.kind(first) in _ENDS_BEHIND | {"conjunction"}:
        return None
    last = first
    while last + 1 < len(clause.words) and not clause.marked(last + 1) and _goes_on_behind(clause, last + 1):
        last += 1
    while last > first and clause.kind(last) in {"preposition", "conjunction", "determiner", "possessive"}:
        last -= 1
    return Phrase(first, last, _head(clause, first, last))


def _goes_on(clause: Clause, first: int, *, joined: bool) -> bool:
    """Whether the word before `first` belongs to the same noun phrase; commas do where a later "and" makes a list."""
    before = first - 1
    if clause.marked(first) and not (joined and "," in clause.text[clause.words[before].end : clause.words[first].start]):
        return False
    if clause.kind(before) in _ENDS_BEFORE or clause.words[before].folded == "but" or clause.is_verb(before):
        return False
    opens = clause.kind(first) in {"determiner", "possessive"}
    return not opens or clause.kind(before) in {"preposition", "conjunction", "determiner"}


def _goes_on_behind(clause: Clause, number: int) -> bool:
    kind, word = clause.kind(number), clause.words[number]
    if kind == "preposition":
        return word.folded == "of"
    if kind == "conjunction":
        following = clause.words[number + 1 : number + 2]
        return bool(following) and (following[0].surface[0].isupper() or clause.kind(number + 1) in {"determiner", "possessive"})
    return kind not in _ENDS_BEHIND and not clause.is_verb(number)


def _without_opening(clause: Clause, first: int, last: int) -> int:
    """The phrase's first word behind what opens a sentence: "In May, Lund left" and "In 2022 Lund left" begin at "Lund"."""
    while first <= last and clause.kind(first) in {"preposition", "conjunction"}:
        begins = (at for at in range(first + 1, last + 1) if clause.marked(at) or clause.words[at - 1].surface.isdigit())
        first = next(begins, last + 1)
    return first


def _head(clause: Clause, first: int, last: int) -> int:
    """The last word before the first preposition of a phrase."""
    inside = range(first, last + 1)
    return max(first, first + len(list(takewhile(lambda at: clause.kind(at) != "preposition", inside))) - 1)
