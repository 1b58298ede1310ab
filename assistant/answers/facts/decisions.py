"""Whether something was upheld or given up, and sentences that tell the opposite of what a question takes for granted.

"When did Holm reject the exchange?" takes for granted that she did; "Holm said the talks led to an agreement to exchange
prisoners" tells the opposite of the same person and the same matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from parley.assistant.answers.facts.denied_deeds import PRESUPPOSING, asked_deeds
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import QuestionAnalysis, Term
from parley.assistant.reading.scoring import Scored
from parley.index.language.scopes import StandingKind
from parley.index.language.standing import standing
from parley.index.language.vocabulary import opposites, synonyms_of
from parley.index.language.words import Word, words_of
from parley.index.types import Span

_UPHELD, _GIVEN_UP = opposites("upheld"), opposites("given_up")

_LOOKED_AT = 5
"""Candidates among which the opposite is looked for."""


def decision(item: Scored) -> int:
    """1 if the matter is upheld ("remains on the table"), -1 if given up ("withdrew", "not accepted"), 0 if neither.

    What is planned, supposed or asked decides nothing ("asked to accept"), and who withdraws from a place gives up no proposal.
    """
    words = words_in(item)
    for word, following in zip_longest(words, words[1:]):
        sign = _sign(word)
        if not sign or (following is not None and following.folded == "from"):
            continue
        kind = standing_of(item, word)
        if kind in {"stated", "denied"}:
            return sign if kind == "stated" else -sign
    return 0


def opposite_told(scored: Sequence[Scored], question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> Scored | None:
    """The best sentence that has everything asked about but the deed, and the opposite deed; `None` where one tells the deed."""
    if question.negated or question.kind not in PRESUPPOSING:
        return None
    signed = [word for word in words_of(question.core) if _sign(word) and word.stem in asked_deeds(question.core)]
    deeds = frozenset(word.stem for word in signed).union(*(synonyms_of(word.stem) for word in signed))
    matter = [item.term for item in terms if item.term.stem not in deeds and item.term.weight >= 1]
    if len({_sign(word) for word in signed}) != 1 or not matter:
        return None
    about = [item for item in scored[:_LOOKED_AT] if _has_all(item, matter)]
    if any(item.candidate.stems & deeds for item in about):
        return None
    return next((item for item in about if decision(item) == -_sign(signed[0])), None)


def _has_all(item: Scored, terms: Sequence[Term]) -> bool:
    return all(match(term, item.candidate.stems) for term in terms)


def _sign(word: Word) -> int:
    return 1 if word.stem in _UPHELD else -1 if word.stem in _GIVEN_UP else 0


def words_in(item: Scored) -> list[Word]:
    """The words of the sentence."""
    return words_of(item.candidate.document.text, item.candidate.span.start, item.candidate.span.end)


def standing_of(item: Scored, word: Word) -> StandingKind:
    """Whether a word of the sentence is stated, denied, planned and so on."""
    return standing(item.candidate.document.text, item.candidate.span, Span(word.start, word.end)).kind
