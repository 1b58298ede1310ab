"""When a language model may write, and when what it wrote may stand against the extractive answer."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.answer import Answer, AnswerSentence, Citation
from parley.assistant.answers.refusal import unmentioned
from parley.assistant.evidence.matching import coverage, weigh
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.speaker_matching import speaker_match
from parley.assistant.question.analysis import as_one
from parley.index.language.vocabulary import parties_in
from parley.index.language.words import stems_of

_DECIDED = frozenset({"quote_check", "provenance", "where_said"})
"""Kinds of question that are looked up, not worded: a model can only spoil the answer."""

_ABOUT_SPEECH = frozenset({"who_said", "what_said", "whether_said"})

LEAST_BEARING = 0.5
"""Share of the question's meaning that a draft and its citations must have, where the extractive reader found no answer."""


def may_draft(base: Answer, evidence: Evidence) -> bool:
    """Whether the model is asked, given the extractive answer.

    Not where accounts differ (both must stand), where the question's premise fails, where it lies outside the documents'
    scope, where a name in it occurs in no document, or where nobody is found to have said what is asked for.
    """
    question = as_one(base.asked, base.standalone_question)
    if base.status not in {"answered", "partly", "not_in_documents"} or question.kind in _DECIDED:
        return False
    if not base.abstained:
        return True
    return question.kind not in _ABOUT_SPEECH and not unmentioned(question, evidence)


def agrees_on_speaker(base: Answer, citations: Sequence[Citation]) -> bool:
    """Whether a drafted answer to "who said …" cites the speaker that the extractive reader found; true for other questions."""
    question = as_one(base.asked, base.standalone_question)
    if question.kind != "who_said" or base.abstained:
        return True
    found = [item.statement for item in base.citations if item.statement is not None]
    drafted = [item.statement for item in citations if item.statement is not None]
    return bool(found) and any(
        item.speaker == found[0].speaker or speaker_match(item, found[0].speaker or "") >= 0.5 for item in drafted
    )


def bears_on(base: Answer, sentences: Sequence[AnswerSentence], citations: Sequence[Citation], evidence: Evidence) -> bool:
    """Whether a drafted answer and what it cites have enough of the question's words, and a word of each of its names."""
    question = as_one(base.asked, base.standalone_question)
    terms = weigh(question.terms, evidence)
    text = " ".join([*(sentence.text for sentence in sentences), *(item.quote for item in citations)])
    titles = " ".join(item.document.title for item in citations)
    held = stems_of(text) | stems_of(titles)
    sides = set(parties_in(f"{text} {titles}"))
    named = all(stems_of(name) & held or set(parties_in(name)) & sides for name in question.names)
    return named and coverage(terms, held) >= LEAST_BEARING
