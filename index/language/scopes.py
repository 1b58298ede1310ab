"""Which words of a sentence a denial, hedge, condition, plan or question bears on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parley.index.language.clauses import Clause
from parley.index.language.lexicon import Phrase, phrases
from parley.index.language.tokens import VERBAL, Token, finite_verbs, forms_of

StandingKind = Literal["stated", "denied", "conditional", "supposed", "planned", "asked"]

_TABLES: tuple[tuple[str, StandingKind], ...] = (
    ("conditions", "conditional"),
    ("negations", "denied"),
    ("hedges", "supposed"),
    ("plans", "planned"),
    ("askings", "asked"),
)
_QUANTIFIERS = frozenset({"one", "a", "an", "all", "any", "every", "many", "everyone", "everybody", "even", "single", "both"})
_FACTIVE = re.compile(
    r"\b(?:know|knew|knows|known|reali[sz]e[sd]?|regret(?:s|ted)?|forget|forgot|forgotten|remember(?:s|ed)?|notice[sd]?|mind|aware|"
    r"mention(?:ed)?|surprised?|care[sd]?)$",
    re.IGNORECASE,
)
"""Verbs whose denial leaves what they introduce as it is: "did not know that Lund had signed"."""

_ASKED_BY = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|know|knew|see|say|said|unclear|clear|sure|unsure|certain|uncertain|determine|decide|"
    r"tell|doubt(?:s|ed|ful)?|question(?:s|ed)?|inquired?|unknown|known|check|learn|asked (?:him|her|them|it))\s$",
    re.IGNORECASE,
)
"""Before an "if" that asks: "asked if"."""

_ANSWERED_NO = re.compile(r"\b(?:said|says|say|saying|voted|vote|answered|a) $", re.IGNORECASE)
_NO_WHOLE = frozenset({"nobody", "nothing", "none", "no-one", "no"})
_BUT = frozenset({"but", "except", "save"})
_BEFORE_AGENT = frozenset({"by", "under", "at"})
"""Prepositions behind which "no" denies the clause: "signed by no minister", "at no point"."""

_STAND_BEFORE_NOUNS = frozenset({"condition", "near", "except", "asking"})
"""Classes of phrases whose "to" is no sign of an infinitive: "subject to"."""

_TAKE_OBJECTS = frozenset({"wanted", "expected", "preventing", "failing"})
"""Classes of phrases that an object may stand inside: "urged Holm to", "kept the crew from"."""

_OBJECT_WORDS, _QUESTION_WORDS, _ASIDE_WORDS, _NOUN_WORDS = 5, 6, 4, 5
_INVERTED = frozenset({"had", "should", "were"})
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "dozens", "hundreds"})
_ENDS_PHRASE = frozenset({",", ";", ":", "(", ")", "but", "–", "—"})
_ENDS_NOUN = frozenset({"preposition", "conjunction", "subordinator", "relative", *VERBAL})


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase of a table at the tokens `[first, last)`, and the tokens it bears on."""

    kind: StandingKind
    phrase: Phrase
    first: int
    last: int
    reach: frozenset[int]


class Scopes:
    """Finds the marks of one sentence and how far each reaches."""

    def __init__(self, text: str, tokens: Sequence[Token], clauses: Sequence[Clause], owner: Sequence[int]) -> None:
        self._text, self._tokens, self._clauses, self._owner = text, tokens, clauses, owner

    def marks(self) -> Iterator[Mark]:
        """The marks of the sentence; longer phrases come before the shorter ones in them, and idioms mark nothing."""
        idioms: set[int] = set()
        for table, kind in _TABLES:
            taken = set(idioms)
            for phrase, first, last in self._found(table):
                place = set(range(first, last))
                if taken & place:
                    continue
                reach = frozenset(range(0)) if phrase.kind == "idiom" else self._reach(kind, phrase, first, last)
                if reach is None:
                    continue
                taken |= place
                if phrase.kind == "idiom":
                    idioms |= place
                else:
                    yield Mark(kind, phrase, first, last, frozenset(reach))
        yield from self._question_marks()
        yield from self._inversion()

    # Finding phrases ---------------------------------------------------------------------------------------------------------

    def _found(self, table: str) -> Iterator[tuple[Phrase, int, int]]:
        openings = _openings(table)
        possible = [
            (order, first, phrase)
            for first, token in enumerate(self._tokens)
            for word in _words_of(token)
            for order, phrase in openings.get(word, ())
        ]
        for _, first, phrase in sorted(possible, key=lambda one: one[:2]):
            last = self._matched(phrase, first)
            if last is not None:
                yield phrase, first, last

    def _matched(self, phrase: Phrase, first: int) -> int | None:
        """Behind the phrase's words from `first` on; an adverb may stand between, behind a verb its object."""
        at = first + 1
        is_verb = len(phrase.words[0]) > 2 and "be" not in phrase.words[0]
        for words in phrase.words[1:]:
            takes_object = is_verb and words is phrase.words[-1] and words <= {"to", "from"} and phrase.kind in _TAKE_OBJECTS
            found = self._next(at, words, takes_object=takes_object)
            if found is None:
                return None
            at = found + 1
        needs_verb = phrase.words[-1] == {"to"} and phrase.kind not in _STAND_BEFORE_NOUNS
        return None if needs_verb and not self._infinitive_at(at) else at

    def _next(self, at: int, words: frozenset[str], *, takes_object: bool) -> int | None:
        for place in range(at, at + (_OBJECT_WORDS if takes_object else 1) + 1):
            between = self._tokens[at:place]
            if takes_object and any(token.word in {",", ";", ".", "and", "but"} for token in between):
                return None
            if self._is_at(place, words) and (takes_object or all(token.is_adverb for token in between)):
                return place
        return None

    def _infinitive_at(self, at: int) -> bool:
        while at < len(self._tokens) and self._tokens[at].is_adverb:
            at += 1
        if at >= len(self._tokens):
            return False
        token = self._tokens[at]
        if token.is_capital or token.word[0].isdigit() or token.word == "blame":
            return False
        forms = forms_of(token.word)
        return token.word in {"be", "have", "do"} or (not token.kind and (not forms or "base" in forms))

    # Words of the sentence ---------------------------------------------------------------------------------------------------

    def _is_at(self, at: int, words: frozenset[str]) -> bool:
        return at < len(self._tokens) and self._tokens[at].word in words

    def _text_before(self, at: int) -> str:
        return self._text[: self._tokens[at].start]

    def _tokens_of(self, clauses: Iterable[int]) -> set[int]:
        return {token for at in clauses for token in self._clauses[at].tokens}

    def _below(self, clause: int, *, also: frozenset[str] = frozenset(), behind: int = -1) -> set[int]:
        """The clauses that depend on one by "that" or a question, and those that depend on them."""
        kinds = {"complement", "question"} | also
        found: set[int] = set()
        for at, other in enumerate(self._clauses):
            if other.parent == clause and other.kind in kinds and other.tokens and other.tokens[0] > behind:
                found |= {at} | self._below(at)
        return found

    def _whole(self, at: int, *, also: frozenset[str] = frozenset()) -> set[int]:
        clause = self._owner[at]
        return self._tokens_of({clause} | self._below(clause, also=also))

    def _begins_clause(self, at: int) -> bool:
        return self._clauses[self._owner[at]].tokens[0] == at

    def _phrase_behind(self, last: int) -> set[int]:
        """The tokens behind a word up to a mark, "but" or a verb with a tense, in its clause."""
        clause = self._owner[min(last, len(self._tokens) - 1)]
        found: set[int] = set()
        for at in range(last, len(self._tokens)):
            ends = self._tokens[at].word in _ENDS_PHRASE or self._owner[at] != clause
            if ends or (at > last and at in finite_verbs(self._tokens, last, min(len(self._tokens), at + 2))):
                break
            found.add(at)
        return found

    def _noun_behind(self, last: int) -> set[int]:
        found: set[int] = set()
        for at in range(last, min(last + _NOUN_WORDS, len(self._tokens))):
            token = self._tokens[at]
            if not token.word[0].isalnum() or (found and token.kind in _ENDS_NOUN):
                break
            found.add(at)
        return found

    def _is_aside(self, at: int) -> bool:
        """Whether a clause only names who says or thinks it: "..., the envoy said, ..."."""
        words = [token for token in self._clauses[at].tokens if self._tokens[token].word[0].isalnum()]
        return self._clauses[at].kind == "coordinate" and len(words) <= _ASIDE_WORDS and not self._below(at)

    # Reaches by kind ---------------------------------------------------------------------------------------------------------

    def _reach(self, kind: StandingKind, phrase: Phrase, first: int, last: int) -> set[int] | None:
        """The tokens that a phrase bears on; `None` where it is no mark at all here."""
        if kind == "denied":
            return self._denied(phrase, first, last)
        if kind == "conditional":
            return self._conditional(phrase, first, last)
        if kind == "asked":
            return self._asked(phrase, first, last)
        if kind == "planned":
            return self._planned(first, last)
        return self._supposed(phrase, first, last)

    def _denied(self, phrase: Phrase, first: int, last: int) -> set[int] | None:
        if phrase.kind == "near":
            token = self._tokens[last] if last < len(self._tokens) else None
            if token is None or token.kind or token.is_capital or not forms_of(token.word):
                return None
            return self._phrase_behind(last) if self._begins_clause(first) else self._whole(first)
        if phrase.kind == "except":
            return self._phrase_behind(last) | self._tokens_of(self._below(self._owner[first], behind=last))
        if phrase.kind == "none":
            return self._none(first, last)
        return self._not(first, last) if phrase.kind == "not" else self._whole(first)

    def _none(self, first: int, last: int) -> set[int] | None:
        word, before = self._tokens[first].word, self._tokens[first - 1] if first else None
        is_answer = word == "no" and (last >= len(self._tokens) or self._is_at(last, frozenset({",", "."})))
        if is_answer or (word == "no" and _ANSWERED_NO.search(self._text_before(first))):
            return None
        if word in _NO_WHOLE and any(self._is_at(at, _BUT) for at in (last, last + 1)):
            return None
        if before is not None and before.kind == "preposition" and before.word not in _BEFORE_AGENT:
            return self._phrase_behind(first)
        return self._whole(first)

    def _not(self, first: int, last: int) -> set[int] | None:
        if self._only_until(first, last):
            return None
        follows = self._tokens[last] if last < len(self._tokens) else None
        before = next((token for token in reversed(self._tokens[max(0, first - 3) : first]) if token.kind != "adverb"), None)
        if follows is not None and not self._denies_verb(first, last, before, follows):
            return self._phrase_behind(last)
        clause = self._clauses[self._owner[first]].tokens
        but = next((at for at in clause if at > first and self._tokens[at].word == "but"), None)
        if but is not None:  # "was not signed by Lund but by Holm"
            return {at for at in clause if first <= at < but}
        return set(clause) if self._is_factive(first) else self._whole(first)

    def _denies_verb(self, first: int, last: int, before: Token | None, follows: Token) -> bool:
        """Whether "not" belongs to a verb, rather than to the words behind it: "on Friday, not on Monday"."""
        token = self._tokens[first]
        is_ing = "ing" in forms_of(follows.word)
        if before is not None and before.kind == "preposition" and is_ing:  # "fined for not paying"
            return False
        if last - first > 1 or token.word.endswith("n't") or token.word in {"cannot", "never"} or follows.word in _QUANTIFIERS:
            return True
        by_auxiliary = before is not None and (before.kind in VERBAL or before.word in {"to", "do"})
        return by_auxiliary or follows.word == "to" or (bool(forms_of(follows.word)) and not follows.is_capital)

    def _only_until(self, first: int, last: int) -> bool:
        """Whether only the time is denied: "did not meet until Friday" tells that they met, "will not meet until" does not."""
        until = next((at for at in range(last, len(self._tokens)) if self._tokens[at].word == "until"), None)
        if until is None or any(self._is_at(at, frozenset({"will", "would", "won't"})) for at in range(max(0, first - 1), last)):
            return False
        return self._owner[first] in {self._owner[until], self._clauses[self._owner[until]].parent}

    def _is_factive(self, first: int) -> bool:
        """Whether the clause that depends on the denied one is told by its verb as a fact."""
        below = sorted(self._clauses[at].tokens[0] for at in self._below(self._owner[first]))
        return bool(below) and _FACTIVE.search(self._text_before(below[0]).rstrip()) is not None

    def _conditional(self, phrase: Phrase, first: int, last: int) -> set[int] | None:
        if phrase.words[-1] <= {"if", "unless"}:
            return self._if(phrase, last - 1)
        if self._begins_clause(first) or re.search(r"[,(] $", self._text_before(first)):
            return self._if(phrase, first)
        return None if phrase.words == (frozenset({"provided"}),) else self._whole(first)

    def _if(self, phrase: Phrase, opener: int) -> set[int] | None:
        """The clause of a condition and the one that depends on it, before it or behind it."""
        if self._is_at(opener, frozenset({"if"})) and _ASKED_BY.search(self._text_before(opener)):
            return None
        own = self._owner[opener]
        inner = {own} | self._below(own, also=frozenset({"relative"}))
        if phrase.kind == "concession":
            return self._tokens_of(inner)
        parent = self._clauses[own].parent
        while parent > 0 and self._is_aside(parent):
            parent = self._clauses[parent].parent
        outer = {parent} if parent >= 0 and self._clauses[parent].tokens and self._clauses[own].kind != "relative" else set[int]()
        if not outer or self._clauses[parent].tokens[0] > opener or not self._clauses[parent].has_verb:
            outer |= self._first_behind(own)
        return self._tokens_of(inner | outer | {below for at in outer for below in self._below(at)})

    def _first_behind(self, own: int) -> set[int]:
        """The clause that a fronted condition belongs to."""
        segment = self._clauses[own].segment
        later = [
            at for at, other in enumerate(self._clauses) if at > own and other.segment == segment and other.kind == "coordinate"
        ]
        return set(later[:1])

    def _asked(self, phrase: Phrase, first: int, last: int) -> set[int] | None:
        if phrase.kind == "whether":
            return self._whole(first)
        if self._tokens[first].word.startswith("doubt") and re.search(
            r"(?:\b(?:no|nobody|no one|not)|n['’]t) $", self._text_before(first)
        ):
            return None
        asked = {at for at, clause in enumerate(self._clauses) if self._asks(clause, last)}
        return self._tokens_of(asked | {below for at in asked for below in self._below(at)}) or None

    def _asks(self, clause: Clause, last: int) -> bool:
        """Whether a clause right behind an asking phrase is what is asked."""
        if not clause.tokens or clause.parent < 0 or not 0 <= clause.tokens[0] - last <= _QUESTION_WORDS:
            return False
        return clause.kind == "question" or self._tokens[clause.tokens[0]].word == "if"

    def _planned(self, first: int, last: int) -> set[int] | None:
        token, before = self._tokens[first], self._tokens[first - 1] if first else None
        is_noun = last - first == 1 and before is not None and before.kind in {"determiner", "possessive"}
        if is_noun and (token.word == "will" or not token.kind):
            return None
        is_name = token.word == "will" and not token.kind
        return None if is_name else self._whole(first, also=frozenset({"adverbial"}))

    def _supposed(self, phrase: Phrase, first: int, last: int) -> set[int] | None:
        token = self._tokens[first]
        is_month = token.word == "may" and token.kind == "time"
        if phrase.kind in {"degree", "measure"} or is_month or (token.word == "could" and self._is_at(last, frozenset({"not"}))):
            return None
        if phrase.scope == "next":
            return self._noun_behind(last)
        if phrase.kind == "adverb" and last - first <= 2 and self._is_local(first, last):
            return self._phrase_behind(last)
        below = self._tokens_of(self._below(self._owner[first], behind=first))
        if phrase.scope == "below" and below:
            return below
        parent = self._clauses[self._owner[first]].parent
        if self._is_aside(self._owner[first]) and self._clauses[parent].tokens:  # "..., Holm believes", "it seems"
            return self._whole(self._clauses[parent].tokens[0])
        return None if phrase.scope == "below" else self._whole(first)

    def _is_local(self, first: int, last: int) -> bool:
        """Whether an adverb bears on the phrase behind it alone: "..., reportedly by the navy", "perhaps 200 ships"."""
        if last >= len(self._tokens):
            return False
        follows, before = self._tokens[last], self._tokens[first - 1] if first else None
        if follows.word[0].isdigit() or follows.word in _NUMBERS:
            return True
        if before is None or before.kind in VERBAL:
            return False
        verbs = finite_verbs(self._tokens, last, min(len(self._tokens), last + 12))
        verb_before = any(at < first for at in finite_verbs(self._tokens, self._clauses[self._owner[first]].tokens[0], first))
        verb_next = bool(verbs) and verbs[0] <= last + 1
        if before.word in {",", "(", "and", "or", "–", "—"}:
            return verb_before or not (verb_next and self._owner[verbs[0]] == self._owner[first])
        return verb_before and not verb_next and follows.kind in {"preposition", "determiner", "possessive", "subordinator"}

    # Marks without a phrase --------------------------------------------------------------------------------------------------

    def _question_marks(self) -> Iterator[Mark]:
        for at, token in enumerate(self._tokens):
            if token.word == "?":
                borders = [place for place in range(at) if self._tokens[place].word in {'"', "“", "”", "?", "!", ":"}]
                reach = frozenset(range(borders[-1] + 1 if borders else 0, at))
                yield Mark("asked", Phrase((frozenset({"?"}),), "mark", "clause"), at, at + 1, reach)

    def _inversion(self) -> Iterator[Mark]:
        """Conditions that begin with their verb: "Had Lund signed, ...", "Should the union agree, ..."."""
        if len(self._tokens) < 4 or self._tokens[0].word not in _INVERTED or self._tokens[-1].word == "?":
            return
        if self._tokens[1].is_capital or self._tokens[1].kind in {"determiner", "pronoun", "possessive"}:
            yield Mark("conditional", Phrase((_INVERTED,), "condition", "clause"), 0, 1, frozenset(range(len(self._tokens))))


@cache
def _openings(table: str) -> dict[str, tuple[tuple[int, Phrase], ...]]:
    """The phrases of a table by the words they may begin with, each with its place in the table."""
    found: dict[str, list[tuple[int, Phrase]]] = {}
    for order, phrase in enumerate(phrases(table)):
        for word in phrase.words[0]:
            found.setdefault(word, []).append((order, phrase))
    return {word: tuple(places) for word, places in found.items()}


def _words_of(token: Token) -> tuple[str, ...]:
    """What a phrase may begin with at a token: its word, or the "n't" or "'ll" at its end."""
    ending = next((ending for ending in ("n't", "'ll") if token.word.endswith(ending) and token.word != ending), None)
    return (token.word, ending) if ending else (token.word,)
