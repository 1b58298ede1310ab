"""Whether a sentence denies the deed that a question takes for granted: "When did Lund sign?" - "Lund did not sign.".

Or does not vouch for it: "Who signed?" - "It is unlikely that Lund signed.".
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.evidence.matching import WeightedTerm, match
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.answer_words import asks_of_plans
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import lexicon
from parley.index.language.standing import standing
from parley.index.language.tokens import forms_of
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import Word, is_content, words_of
from parley.index.types import Span

PRESUPPOSING = frozenset({"why", "when", "where", "how_many"})
"""Kinds of questions that take the deed they name for granted, and not only ask who did it."""


def denying(scored: Sequence[Scored], question: QuestionAnalysis) -> Scored | None:
    """The sentence that denies the deed which the question takes for granted; `None` where the best one tells of it.

    The best one itself, or one of the next where the best only plans or supposes the deed.
    """
    if not scored or question.negated or question.kind not in PRESUPPOSING or asks_of_plans(question):
        return None
    deeds = asked_deeds(question.core)
    told = _standings(scored[0], deeds)
    if not told or "stated" in told:
        return None
    near = (item for item in scored[:_LOOKED_AT] if item.score >= scored[0].score - AS_NEAR)
    return next((item for item in near if _standings(item, deeds) == {"denied"}), None)


AS_NEAR = 4.0
"""How far the score of a denial may stay behind that of a sentence which only plans the deed. Chosen by hand, on invented
texts."""

_LOOKED_AT = 8


_OF_THE_PAST = PRESUPPOSING - {"why"} | {"who", "which", "whether"}

_NOT_VOUCHED = {
    "conditional": "The passage tells of this under a condition, not as something that happened.",
    "supposed": "The passage supposes this; it does not say that it happened.",
    "planned": "The passage tells of a plan; it does not say that it was carried out.",
}


def not_vouched(best: Scored, question: QuestionAnalysis) -> str | None:
    """What to remark where a deed is asked for as done, and the best sentence only supposes, plans or conditions it."""
    is_open = question.kind not in _OF_THE_PAST or question.negated or asks_of_plans(question)
    if is_open or not _asks_of_the_past(question.core):
        return None
    told = _standings(best, asked_deeds(question.core))
    return None if "stated" in told else next((_NOT_VOUCHED[kind] for kind in _NOT_VOUCHED if kind in told), None)


def _asks_of_the_past(core: str) -> bool:
    """Whether a question asks what was done: "Who signed?", "When did Lund sign?", not "Who would sign?"."""
    folded = [word.folded for word in words_of(core)]
    if not {"did", "was", "were"}.isdisjoint(folded):
        return True
    kinds = lexicon().kinds
    return not any(kinds.get(word) == "auxiliary" for word in folded) and any("past" in forms_of(word) for word in folded)


def _standings(item: Scored, deeds: frozenset[str]) -> frozenset[str]:
    """What the sentence makes of the deeds that it names; a denial behind a verb is none of it: "cut it, and not by half"."""
    text, span = item.candidate.document.text, item.candidate.span
    found = []
    for word in words_of(text, span.start, span.end):
        if word.stem in deeds:
            told = standing(text, span, Span(word.start, word.end))
            before = any(mark.end <= word.start for mark in told.words)
            found.append("stated" if told.kind == "denied" and not before else told.kind)
    return frozenset(found)


def tells_of_deed(item: Scored, terms: Sequence[WeightedTerm]) -> bool:
    """Whether the sentence, or one beside it, has any of the asked words that are no names.

    "Did Marti resign?" is not answered by what else is told of Marti.
    """
    near = item.candidate.stems | item.candidate.before | item.candidate.after
    deeds = [one.term for one in terms if not one.term.named]
    return not deeds or any(match(term, near) for term in deeds)


def asked_deeds(core: str) -> frozenset[str]:
    """Stems of the verbs of content in a question, with their synonyms; a noun behind an article is none ("the talks")."""
    kinds, forms = lexicon().kinds, lexicon().forms
    words = words_of(core)
    deeds = [
        word.stem
        for before, word in zip([None, *words], words, strict=False)
        if word.folded in forms and is_content(word.folded) and word.surface[:1].islower() and not _is_noun(before, kinds)
    ]
    return frozenset(deeds) | frozenset(other for deed in deeds for other in synonyms_of(deed))


def _is_noun(before: Word | None, kinds: dict[str, str]) -> bool:
    return before is not None and kinds.get(before.folded) in {"determiner", "possessive", "preposition"}
