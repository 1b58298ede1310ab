"""Whether something was upheld or given up, and sentences that tell the opposite of what a question takes for granted.

"When did Holm reject the exchange?" takes for granted that she did; "Holm said the talks led to an agreement to exchange
prisoners" tells the opposite: of the one named first, before the deed, and of all else that is named, behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from parley.assistant.answers.facts.denied_deeds import asked_deeds
from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import QuestionAnalysis, Term
from parley.assistant.reading.answer_words import asks_of_plans
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import lexicon
from parley.index.language.scopes import StandingKind
from parley.index.language.standing import standing
from parley.index.language.vocabulary import opposites, synonyms_of
from parley.index.language.words import Word, words_of
from parley.index.types import Span

_UPHELD, _UNCHANGED, _GIVEN_UP = opposites("upheld"), opposites("unchanged"), opposites("given_up")

_LOOKED_AT = 5
"""Candidates among which the opposite is looked for."""


def decision(item: Scored) -> int:
    """1 if the matter is upheld ("remains on the table"), -1 if given up ("withdrew", "not accepted"), 0 if neither.

    What is planned, supposed or asked decides nothing ("asked to accept"), and who withdraws from a place gives up no proposal.
    """
    words = words_in(item)
    for word, following in zip_longest(words, words[1:]):
        sign = 1 if word.stem in _UNCHANGED else _sign(word)
        if not sign or (following is not None and following.folded == "from"):
            continue
        kind = standing_of(item, word)
        if kind in {"stated", "denied"}:
            return sign if kind == "stated" else -sign
    return 0


def opposite_told(scored: Sequence[Scored], question: QuestionAnalysis, terms: Sequence[WeightedTerm]) -> Scored | None:
    """The best sentence in which whoever the question names first does the opposite, to all else that the question names.

    `None` where a sentence near the top, or one beside it, tells the deed itself.
    """
    if question.negated or question.kind not in _OF_A_DEED or asks_of_plans(question):
        return None
    signed = [word for word in words_of(question.core) if _sign(word) and word.stem in asked_deeds(question.core)]
    if len(signed) != 1:
        return None
    deeds = frozenset({signed[0].stem}) | synonyms_of(signed[0].stem)
    matter = [item.term for item in terms if item.term.stem not in deeds and item.term.weight >= 1]
    near = scored[:_LOOKED_AT]
    if len(matter) < _AGENT_AND_MATTER or any(_tells(item, deeds, matter) for item in near):
        return None
    return next((item for item in near if _does(item, -_sign(signed[0]), matter)), None)


_OF_A_DEED = frozenset({"why", "when", "where"})
"""Kinds of questions that take the deed which they name for granted."""

_AGENT_AND_MATTER = 2
"""Least terms beside the deed: who did it, and what to."""


def _tells(item: Scored, deeds: frozenset[str], matter: Sequence[Term]) -> bool:
    """Whether the deed stands in the sentence or beside it, with anything that it is asked about."""
    stems = item.candidate.stems | item.candidate.before | item.candidate.after
    return bool(stems & deeds) and any(match(term, stems) for term in matter)


def _does(item: Scored, sign: int, matter: Sequence[Term]) -> bool:
    """Whether the sentence states one decision, of that sign, with the first of the terms before it and the others behind it."""
    words = words_in(item)
    stems = {term.stem for term in matter}
    decided = [number for number, word in enumerate(words) if _sign(word) and word.stem not in stems and _is_deed(words, number)]
    if len(decided) != 1 or _sign(words[decided[0]]) != sign or standing_of(item, words[decided[0]]) != "stated":
        return False
    before, behind = (frozenset(word.stem for word in part) for part in (words[: decided[0]], words[decided[0] + 1 :]))
    first, *others = matter
    return bool(match(first, before)) and all(match(term, behind) for term in others)


def _is_deed(words: Sequence[Word], number: int) -> bool:
    """Whether a word is a verb of doing, or a noun that an infinitive goes on from: "an agreement to exchange"."""
    kinds = lexicon().kinds
    following = words[number + 1].folded if number + 1 < len(words) else ""
    noun = number > 0 and kinds.get(words[number - 1].folded) in {"determiner", "possessive", "preposition"}
    return following == "to" if noun else following != "from"


def _sign(word: Word) -> int:
    """1 for a verb by which somebody upholds something, -1 for one by which somebody gives it up."""
    return 1 if word.stem in _UPHELD else -1 if word.stem in _GIVEN_UP else 0


def words_in(item: Scored) -> list[Word]:
    """The words of the sentence."""
    return words_of(item.candidate.document.text, item.candidate.span.start, item.candidate.span.end)


def standing_of(item: Scored, word: Word) -> StandingKind:
    """Whether a word of the sentence is stated, denied, planned and so on."""
    return standing(item.candidate.document.text, item.candidate.span, Span(word.start, word.end)).kind
