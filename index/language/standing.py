"""Whether a text vouches for what it says: stated, denied, conditional, supposed, planned or asked.

A word that denies, supposes or conditions bears on its whole clause, to both sides, and what depends on it ("denied that ...").
It does not bear on a clause beside it: in "Lund did not sign, but Holm did" only Lund is denied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parley.index.language.clauses import clauses_of
from parley.index.language.scopes import Mark, Scopes, StandingKind
from parley.index.language.tokens import Token, tokens_in
from parley.index.types import Span

_OUTERMOST_FIRST: tuple[StandingKind, ...] = ("asked", "conditional", "supposed", "denied", "planned")
"""Of several, the one that the others stand within: in "may not have signed" the denial itself is supposed."""

_PLAIN = frozenset({"not", "none"})
_SAID = frozenset({"denying", "false"})
_OPEN = frozenset({"denying", "preventing"})
"""Classes of denials whose denial leaves it open: "did not deny that she signed", "did not stop her from signing"."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a text makes of the words at a span.

    Attributes:
        kind: "stated" where the text vouches for them.
        words: spans of the words that show it; empty where stated.
    """

    kind: StandingKind
    words: tuple[Span, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the text tells the words as fact."""
        return self.kind == "stated"


def standing(text: str, sentence: Span, span: Span) -> Standing:
    """What the sentence makes of the words at `span`.

    Args:
        text: the document's.
        sentence: where the span stands.
        span: the words asked about, inside the sentence.
    """
    sentence = near_words(text, sentence, span)
    reading = _read(text[sentence.start : sentence.end])
    found = reading.at(span.start - sentence.start, span.end - sentence.start)
    return _moved(found, sentence.start)


def standings_around(text: str, sentence: Span, span: Span) -> tuple[Standing, ...]:
    """All that the words of a sentence outside `span` make of those at `span`, the outermost first; empty where nothing.

    For words cut out of their sentence: what they show by themselves is not told.
    """
    sentence = near_words(text, sentence, span)
    reading = _read(text[sentence.start : sentence.end])
    found = reading.around(span.start - sentence.start, span.end - sentence.start)
    return tuple(_moved(one, sentence.start) for one in found)


def _moved(found: Standing, by: int) -> Standing:
    """A standing whose offsets begin at a sentence, with those of the text."""
    return Standing(found.kind, tuple(Span(word.start + by, word.end + by) for word in found.words))


REACH = 1_500
"""Characters before and after the words that are looked at: a "sentence" without an end must not be read whole for each of its
statements."""


def near_words(text: str, sentence: Span, span: Span) -> Span:
    """The sentence, or of one that is very long what stands near the span, cut between words."""
    start = sentence.start if span.start - sentence.start <= REACH else text.find(" ", span.start - REACH, span.start)
    end = sentence.end if sentence.end - span.end <= REACH else text.rfind(" ", span.end, span.end + REACH)
    return Span(max(start, sentence.start), sentence.end if end < 0 else end)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The tokens and marks of one sentence, offsets from its beginning."""

    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]

    def at(self, start: int, end: int) -> Standing:
        places = self._places(start, end)
        kinds: dict[StandingKind, list[Mark]] = {}
        for mark in self.marks:
            if _bears_on(mark, places):
                kinds.setdefault(mark.kind, []).append(mark)
        _settle_denials(kinds)
        for kind in _OUTERMOST_FIRST:
            if kind in kinds:
                return Standing(kind, tuple(self._span(mark) for mark in kinds[kind]))
        return Standing("stated")

    def around(self, start: int, end: int) -> tuple[Standing, ...]:
        places = self._places(start, end)
        kinds: dict[StandingKind, list[Mark]] = {}
        for mark in self.marks:
            outside = self._span(mark).end <= start or self._span(mark).start >= end
            if outside and any(at in mark.reach for at in places):
                kinds.setdefault(mark.kind, []).append(mark)
        _settle_denials(kinds)
        return tuple(Standing(kind, tuple(map(self._span, kinds[kind]))) for kind in _OUTERMOST_FIRST if kind in kinds)

    def _places(self, start: int, end: int) -> list[int]:
        return [at for at, token in enumerate(self.tokens) if token.start < end and token.end > start and token.word[0].isalnum()]

    def _span(self, mark: Mark) -> Span:
        return Span(self.tokens[mark.first].start, self.tokens[mark.last - 1].end)


@lru_cache(maxsize=4096)
def _read(sentence: str) -> _Reading:
    tokens = tokens_in(sentence)
    clauses, owner = clauses_of(tokens)
    return _Reading(tuple(tokens), tuple(Scopes(sentence, tokens, clauses, owner).marks()))


def _bears_on(mark: Mark, places: Sequence[int]) -> bool:
    """Whether a mark reaches one of the tokens; one that stands inside longer words only if they begin with it."""
    if not places:
        return False
    is_inside = places[0] <= mark.first and mark.last - 1 <= places[-1] and len(places) > mark.last - mark.first
    return mark.first == places[0] if is_inside else any(at in mark.reach for at in places)


def _settle_denials(kinds: dict[StandingKind, list[Mark]]) -> None:
    """Take away denials that others undo; a denial by somebody bears on doubts within it, which then count no more."""
    denials = kinds.get("denied", [])
    if any(mark.phrase.kind in _SAID for mark in denials):
        kinds.pop("supposed", None)
    becomes = _together(denials) if denials else "denied"
    if becomes != "denied":
        del kinds["denied"]
    if becomes == "supposed":
        kinds.setdefault("supposed", []).extend(denials)


def _together(denials: Sequence[Mark]) -> StandingKind:
    """What several denials say together: two of them, nothing denied; a denial denied, nothing vouched for."""
    plain = [mark for mark in denials if mark.phrase.kind in _PLAIN]
    others = [mark for mark in denials if mark.phrase.kind not in _PLAIN]
    nor = sum(mark.phrase.words == (frozenset({"nor"}),) for mark in plain)
    count = len(plain) - nor if len(plain) > nor else min(nor, 1)  # "neither ... nor" is one denial
    if count % 2 and any(mark.phrase.kind in _OPEN for mark in others):
        return "supposed"
    return "denied" if (count + len(others)) % 2 else "stated"
