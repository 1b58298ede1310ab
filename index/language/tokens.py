"""The words and marks of a sentence with their part in a clause, and where its verbs with a tense stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.index.language.lexicon import lexicon

_TOKEN = re.compile(r"\d[\d.,:/]*\d|[^\W_](?:[\w'’-]*[^\W_])?|[–—-]{1,2}|[^\w\s]")
VERBAL = frozenset({"be", "have", "auxiliary"})
"""Parts in a clause of the words that a verb group may begin with."""

_NON_FINITE = frozenset({"be", "been", "being", "having"})
_NOMINAL = frozenset({"determiner", "possessive", "preposition", "title"})
_ASKING = frozenset({"who", "whom", "whose", "which", "what", "where", "when", "why", "how"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a text.

    Attributes:
        word: in lower case, apostrophes straight.
        start, end: its offsets.
        kind: its part in a clause as words.tsv gives it; empty for others.
        is_capital: whether it begins with a capital letter.
    """

    word: str
    start: int
    end: int
    kind: str
    is_capital: bool

    @property
    def is_adverb(self) -> bool:
        """Whether it may stand inside a verb group without being part of it."""
        return self.word.endswith("ly") or self.kind in {"adverb", "negation"}


def tokens_in(text: str) -> list[Token]:
    """The words and marks of a text; a contracted "n't" stays with its verb."""
    kinds = lexicon().kinds
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().replace("’", "'")
        found.append(Token(word.lower(), match.start(), match.end(), kinds.get(word.lower(), ""), word[:1].isupper()))
    return [replace(token, kind=_kind_of_capital(found, at)) if token.is_capital else token for at, token in enumerate(found)]


def _kind_of_capital(tokens: Sequence[Token], at: int) -> str:
    """The part of a capitalised word in its clause: "May" may be the month, "Will" somebody's name."""
    token, follows = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    before_verb = follows is not None and (follows.word[0].isdigit() or follows.kind in VERBAL)
    if token.word == "may" and (at > 0 or before_verb):
        return "time"
    before_name = follows is not None and follows.is_capital and tokens[-1].word != "?"
    return "" if token.word == "will" and (at > 0 or before_name) else token.kind


def forms_of(word: str) -> frozenset[str]:
    """The grammatical forms a word may be of a verb; an unlisted word in -ed may be a past form."""
    listed = lexicon().forms.get(word)
    if listed is not None:
        return frozenset(listed)
    if re.fullmatch(r"\w{3,}ed", word) and not word.endswith("eed"):
        return frozenset({"past", "participle"})
    return frozenset({"ing"}) if re.fullmatch(r"\w{3,}ing", word) else frozenset()


def finite_verbs(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """Indices in `[first, last)` where a verb group with a tense begins."""
    sure: list[int] = []
    perhaps: list[int] = []
    at = first
    while at < last:
        token = tokens[at]
        if token.kind in VERBAL and token.word not in _NON_FINITE and not (at > first and tokens[at - 1].word == "to"):
            sure.append(at)
            at = _group_end(tokens, at, last)
            continue
        strength = _lexical(tokens, at, first)
        if strength:
            (sure if strength == 2 else perhaps).append(at)
        at += 1
    return sure or perhaps[:1]


def _group_end(tokens: Sequence[Token], at: int, last: int) -> int:
    """Behind the auxiliaries, adverbs and the verb of a group that begins at `at`."""
    at += 1
    while at < last and (tokens[at].kind in VERBAL or tokens[at].is_adverb or tokens[at].word == "to"):
        at += 1
    is_verb = at < last and bool(forms_of(tokens[at].word)) and not tokens[at].is_capital
    return at + 1 if is_verb else at


def _lexical(tokens: Sequence[Token], at: int, first: int) -> int:
    """Whether a full verb with a tense stands at `at`: 2 surely, 1 perhaps, 0 not."""
    token, forms = tokens[at], forms_of(tokens[at].word)
    before = tokens[at - 1] if at > first else None
    if token.kind or (token.is_capital and at > 0) or (before is not None and (before.kind in _NOMINAL or before.word == "to")):
        return 0
    if "past" in forms:
        by_follows = at + 1 < len(tokens) and tokens[at + 1].word == "by"
        is_reduced = "participle" in forms and by_follows and before is not None and not before.is_capital
        return 0 if is_reduced else 2
    if before is None or not forms & {"third", "base"}:
        return 0
    if before.kind in {"pronoun", "relative", "that"} or before.word in _ASKING:
        return 2
    return int("third" in forms and (before.is_capital or before.is_adverb))
