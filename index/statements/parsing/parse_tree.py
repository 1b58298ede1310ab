"""A paragraph's dependency parse as a tree over offsets: subjects, what hangs below a word, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Sequence

from parley.index.statements.parsing.parses import ParsedWord
from parley.index.types import Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_VERBS = frozenset({"VERB", "AUX"})
_LOOSE = frozenset({"relcl", "appos", "punct", "acl", "dep", "advcl"})
"""What may follow a subject's noun without naming the speaker."""


class ParseTree:
    """The words of a parse, each with what depends on it.

    Args:
        words: the parse.
        offset: where the parsed text begins in the document; all spans given are the document's.
    """

    def __init__(self, words: Sequence[ParsedWord], offset: int) -> None:
        self.words = words
        self._offset = offset
        self._children: list[list[int]] = [[] for _ in words]
        for at, word in enumerate(words):
            if word.head != at:
                self._children[word.head].append(at)
        self._at = {offset + word.start: at for at, word in enumerate(words)}

    def find(self, start: int) -> int | None:
        """The word that begins at an offset of the document, if one does."""
        return self._at.get(start)

    def start(self, at: int) -> int:
        """Where a word begins in the document."""
        return self._offset + self.words[at].start

    def is_verb(self, at: int) -> bool:
        """Whether a word is a verb or a helping verb."""
        return self.words[at].pos in _VERBS

    def inside(self, span: Span) -> list[int]:
        """The words, other than marks, that begin within a span."""
        return [at for at in range(len(self.words)) if span.start <= self.start(at) < span.end and self.words[at].pos != "PUNCT"]

    def below(self, at: int, relation: str) -> int | None:
        """The first word that depends on a word in the given relation."""
        return next((child for child in self._children[at] if self.words[child].relation == relation), None)

    def subject(self, verb: int) -> Span | None:
        """The subject of a verb, without what is only added to it; `None` where it has none of its own."""
        head = next((child for child in self._children[verb] if self.words[child].relation in _SUBJECTS), None)
        if head is None or self.words[head].relation == "nsubjpass":
            return None
        first, last = self._reach(head)[0], head
        for child in self._children[head]:
            if child > head:
                if self.words[child].relation in _LOOSE:
                    break
                last = max(last, self._reach(child)[1])
        return self._span(first, last)

    def phrase(self, at: int) -> Span:
        """A word with all that depends on it."""
        return self._span(*self._reach(at))

    def _span(self, first: int, last: int) -> Span:
        return Span(self._offset + self.words[first].start, self._offset + self.words[last].end)

    def _reach(self, at: int) -> tuple[int, int]:
        """The first and last word of a word's phrase."""
        first = last = at
        waiting = [at]
        while waiting:
            word = waiting.pop()
            first, last = min(first, word), max(last, word)
            waiting += self._children[word]
        return first, last
