"""The clauses of a sentence by word lists: which words belong to one verb, and which clause depends on which.

There is no parse behind this. A clause ends at a comma, a conjunction or a relative pronoun where a verb of its own follows.
Words between commas without a verb ("Ivo Lund, the minister, ...") belong to the clause around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from parley.index.language.lexicon import last_words, lexicon, words_before_that
from parley.index.language.tokens import Token, finite_verbs, forms_of

ClauseKind = Literal["main", "coordinate", "relative", "adverbial", "complement", "question"]

_PARTS = frozenset(";:—–")
_QUOTES = frozenset('"“”„«»')
_ENDS_STRETCH = _PARTS | _QUOTES | {",", "(", ")", "?", "that"}
_JOINING = frozenset({"and", "or", "but", "nor", "yet", "&", "whereas", "while", "though", "although"})
_RELATIVE = frozenset({"who", "whom", "whose", "which"})
_ASKING = frozenset({"whether", "how", "why", "what"})
_BESIDE = frozenset({"because", "although", "though", "while", "whereas"})
"""Conjunctions whose clause is told beside the main one, not within it."""

_PREPOSITIONS_IN_ING = frozenset({"according", "including", "following", "during", "regarding"})
_ADJECTIVE = re.compile(r"(?:ly|ble|ful|ue|lse|ar|ain|ure|ear)$")
"""Endings of adjectives that "that" may follow: "possible that", "clear that"."""

_DEPENDENT = frozenset({"relative", "complement", "adverbial", "question"})


@dataclass(slots=True)
class Clause:
    """Words that belong to one verb.

    Attributes:
        kind: how it is joined to its parent.
        parent: index of the clause it depends on, or that it goes on from; -1 for the first.
        segment: number of its part of the sentence; conditions do not reach from one part to another.
        tokens: indices of its tokens, in order.
        has_verb: whether a verb with a tense is among them.
        opened_by_comma: whether it is a relative clause that a comma ends.
    """

    kind: ClauseKind
    parent: int
    segment: int
    tokens: list[int] = field(default_factory=list)
    has_verb: bool = False
    opened_by_comma: bool = False


def clauses_of(tokens: Sequence[Token]) -> tuple[list[Clause], list[int]]:
    """The clauses of a sentence, and for each token the index of its clause."""
    return _Builder(tokens).build()


class _Builder:
    """Goes through the tokens once and keeps the clause that is open."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._clauses: list[Clause] = [Clause("main", -1, 0)]
        self._current = 0
        self._segment = 0
        self._owner = [0] * len(tokens)

    def build(self) -> tuple[list[Clause], list[int]]:
        for at in range(len(self._tokens)):
            self._border(at, self._tokens[at])
            clause = self._clauses[self._current]
            clause.tokens.append(at)
            self._owner[at] = self._current
            clause.has_verb = clause.has_verb or self._is_verb(at)
        return self._clauses, self._owner

    # What stands where -------------------------------------------------------------------------------------------------------

    def _is_verb(self, at: int) -> bool:
        """Whether a verb with a tense begins at `at`, seen with what stands before it."""
        begin = max(0, at - 6)
        while begin < at and self._tokens[begin].word in {",", ";"}:
            begin += 1
        return at in finite_verbs(self._tokens, begin, at + 1)

    def _stretch(self, at: int) -> int:
        """Where the words from `at` on end: the next mark or the word that opens another clause."""
        for place in range(at + 1, len(self._tokens)):
            token = self._tokens[place]
            if token.word in _ENDS_STRETCH or token.kind in {"subordinator", "relative"}:
                return place
        return len(self._tokens)

    def _verb_ahead(self, at: int) -> bool:
        return at < len(self._tokens) and bool(finite_verbs(self._tokens, at, self._stretch(at)))

    def _base(self) -> int:
        """The nearest clause that stands by itself."""
        at = self._current
        while self._clauses[at].kind in {"relative", "adverbial", "question"} and self._clauses[at].parent >= 0:
            at = self._clauses[at].parent
        return at

    def _open(self, kind: ClauseKind, parent: int, *, comma: bool = False) -> None:
        self._clauses.append(Clause(kind, parent, self._segment, opened_by_comma=comma))
        self._current = len(self._clauses) - 1

    # Borders -----------------------------------------------------------------------------------------------------------------

    def _border(self, at: int, token: Token) -> None:
        """Open the clause that begins at a token, or go back to one that goes on there."""
        before = self._tokens[at - 1] if at else None
        if before is None:
            self._subordinate(at, token, Token("", 0, 0, "", is_capital=False), comma=False)
        elif self._ends_part(before, token):
            self._segment += 1
            self._open("coordinate", self._current if token.word in _RELATIVE else self._base())
        elif before.word in _QUOTES and self._clauses[self._current].has_verb and self._verb_ahead(at):
            self._open("coordinate", self._base())
        elif token.word not in {",", ")"}:
            self._within_part(at, token, before)

    def _ends_part(self, before: Token, token: Token) -> bool:
        return before.word in _PARTS or (before.word in {".", "!", "?"} and token.is_capital)

    def _within_part(self, at: int, token: Token, before: Token) -> None:
        comma = before.word in {",", "(", ")"} or before.word in _QUOTES
        if comma and self._clauses[self._current].opened_by_comma:
            self._current = self._clauses[self._current].parent
        if self._subordinate(at, token, before, comma=comma):
            return
        if token.word in _JOINING and (token.word != "yet" or comma):
            self._conjunction(at, token)
        elif before.word == ",":
            self._behind_comma(at, token)
        else:
            self._complement_or_return(at, token, before)

    def _subordinate(self, at: int, token: Token, before: Token, *, comma: bool) -> bool:
        """Open a clause at a relative pronoun, a conjunction that subordinates, or "that"; false where none begins."""
        if token.word == "that" and before.word:
            return self._that(at, before)
        kind, parent = self._kind_at(at, token, before, comma=comma)
        if kind is not None:
            self._open(kind, parent, comma=comma and kind == "relative")
        return kind is not None

    def _kind_at(self, at: int, token: Token, before: Token, *, comma: bool) -> tuple[ClauseKind | None, int]:
        """The kind of clause that a word opens, and what the clause depends on."""
        word, outer = token.word, self._base() if comma else self._current
        is_asked = not comma and (self._is_predicate(before) or before.word in last_words("askings"))
        if word in _RELATIVE and before.word:
            return ("question" if is_asked or before.kind in {"pronoun", "object"} else "relative"), self._current
        if word in {"if", "unless"}:
            return "adverbial", outer
        if word in _ASKING or (word in {"where", "when"} and is_asked):
            return ("question" if before.word or word == "whether" else None), self._current
        if token.kind != "subordinator" or before.word == "never" or not self._verb_ahead(at + 1):
            return None, -1
        if word == "than":
            return ("adverbial" if self._tokens[at + 1].kind == "pronoun" else None), self._current
        if word in _BESIDE:
            return "adverbial", self._base()
        return (None if word == "as" else "adverbial"), outer

    def _is_predicate(self, token: Token) -> bool:
        return bool(forms_of(token.word)) and not token.is_capital and token.kind != "preposition"

    def _that(self, at: int, before: Token) -> bool:
        """Open a clause at "that": one that is told or thought behind a verb or an adjective, else one that describes a noun."""
        behind = at + 1
        if before.kind in {"preposition", "subordinator", "determiner"} or behind >= len(self._tokens):
            return False
        if self._tokens[behind].word != "," and not self._verb_ahead(behind):
            return False
        words = lexicon()
        is_told = self._is_predicate(before) or before.word in words.nouns or before.word in words.adjectives
        is_told = is_told or before.word in words_before_that() or _ADJECTIVE.search(before.word) is not None
        self._open("complement" if is_told else "relative", self._current)
        return True

    def _conjunction(self, at: int, token: Token) -> None:
        behind = at + 1
        if behind >= len(self._tokens):
            return
        end = behind if self._tokens[behind].word == "that" else self._stretch(behind - 1)
        verbs = finite_verbs(self._tokens, behind, end)
        starts_with_verb = bool(verbs) and all(token.is_adverb for token in self._tokens[behind : verbs[0]])
        if not verbs or (token.word == "or" and starts_with_verb):
            return
        clause = self._clauses[self._current]
        if not clause.has_verb and not starts_with_verb and token.word in {"and", "or", "nor"}:
            return
        if token.word in {"but", "yet"}:
            self._segment += 1
        if clause.kind in _DEPENDENT and starts_with_verb and token.word == "and":
            self._open(clause.kind, clause.parent)
        else:
            self._open("coordinate", clause.parent if clause.kind in _DEPENDENT and token.word != "but" else self._base())

    def _behind_comma(self, at: int, token: Token) -> None:
        clause = self._clauses[self._current]
        if token.kind == "preposition" and clause.kind != "adverbial":
            return
        if forms_of(token.word) == {"ing"} and token.word not in _PREPOSITIONS_IN_ING:
            self._open("coordinate", self._base())
            return
        verbs = finite_verbs(self._tokens, at, self._stretch(at))
        if not verbs:
            if clause.kind == "adverbial" and clause.has_verb and clause.tokens[0]:
                self._current = max(0, clause.parent)
            return
        candidates = (place for place in (self._base(), clause.parent) if place >= 0)
        awaiting = next((place for place in candidates if not self._clauses[place].has_verb), None)
        if verbs[0] == at and awaiting is not None:
            self._current = awaiting
        elif clause.has_verb or clause.kind != "main":
            self._open("coordinate", self._base())

    def _complement_or_return(self, at: int, token: Token, before: Token) -> None:
        """A clause without "that" behind a verb of saying, or the end of a relative clause that no comma ends."""
        clause = self._clauses[self._current]
        if clause.kind == "relative" and not clause.opened_by_comma and not self._clauses[clause.parent].has_verb:
            if clause.has_verb and self._is_verb(at):
                self._current = clause.parent
            return
        is_inside = token.kind in {"preposition", "adverb", "conjunction"} or token.word == "to"
        if before.kind or before.is_capital or is_inside or not clause.has_verb or not self._introduces(before):
            return
        verbs = finite_verbs(self._tokens, at, self._stretch(at))
        if verbs and verbs[0] > at:
            self._open("complement", self._current)

    def _introduces(self, token: Token) -> bool:
        """Whether a word is a verb of saying or thinking that a clause may follow."""
        cues = lexicon().cues.get(token.word, ())
        return any("c" in cue.frames and not cue.particles for cue in cues)
