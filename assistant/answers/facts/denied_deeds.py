"""Whether a sentence denies the deed that a question takes for granted: "When did Lund sign?" - "Lund did not sign."."""

from __future__ import annotations

from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.scoring import Scored
from parley.index.language.lexicon import lexicon
from parley.index.language.standing import standing
from parley.index.language.vocabulary import synonyms_of
from parley.index.language.words import Word, is_content, words_of
from parley.index.types import Span

_PRESUPPOSING = frozenset({"why", "when", "where", "how_many"})
"""Kinds of questions that take the deed they name for granted, and not only ask who did it."""


def denies_deed(item: Scored, question: QuestionAnalysis) -> bool:
    """Whether the sentence has the verb of the question, and denies it wherever it has it."""
    if question.negated or question.kind not in _PRESUPPOSING:
        return False
    deeds = asked_deeds(question.core)
    text, span = item.candidate.document.text, item.candidate.span
    told = [word for word in words_of(text, span.start, span.end) if word.stem in deeds]
    return bool(told) and all(standing(text, span, Span(word.start, word.end)).kind == "denied" for word in told)


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
