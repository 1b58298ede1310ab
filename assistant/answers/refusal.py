"""Saying that the documents do not answer: what is not mentioned, what was searched, and what came closest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from parley.assistant.answer import Citation
from parley.assistant.answers.composing import sentence_pieces
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.evidence.source import Evidence
from parley.assistant.question.analysis import QuestionAnalysis
from parley.assistant.reading.answerability import probability
from parley.assistant.reading.scoring import Scored
from parley.index.language.vocabulary import parties_in, party_stems
from parley.index.language.words import words_of
from parley.index.types import SearchFilter

ENOUGH: dict[str, float] = {"who_said": 0.6, "what_said": 0.3, "default": 0.45}
"""Least coverage of the question by a statement, by kind of question; what any sentence must reach is a probability."""

ALL_WORDS, PLAIN = 0.97, 0.6
"""Coverage from which a sentence has all words of the question, and what its probability then is at least: a passage that is
long, or a question that is short, has a low similarity in the dense engine for that alone."""

_UNREAD = frozenset({"unread_pages", "attachments", "tracked_changes", "struck_through", "uncertain_columns"})
"""Kinds of warnings that say that words of a document were not searched, or not in their place."""

CLOSE_ENOUGH = 0.35
"""Coverage in context from which the closest passage is quoted to correct a false premise."""


def unmentioned(question: QuestionAnalysis, evidence: Evidence) -> tuple[str, ...]:
    """Names in the question, the asked speaker's included, of which no passage has the last word."""
    return tuple(name for name in _names(question) if (forms := _forms(name)) and not _is_mentioned(forms, evidence))


def never_together(inquiry: Inquiry) -> tuple[tuple[str, str], ...]:
    """Pairs of names in the question that documents mention, but none of them both."""
    holders = [
        (name, frozenset[str]().union(*(inquiry.evidence.documents_with(form) for form in _forms(name))))
        for name in _names(inquiry.question)
    ]
    known = [(name, documents) for name, documents in holders if documents]
    return tuple((left, right) for (left, first), (right, second) in combinations(known, 2) if not first & second)


def _names(question: QuestionAnalysis) -> tuple[str, ...]:
    speaker = [question.speaker] if question.speaker and question.speaker[:1].isupper() else []
    return tuple(dict.fromkeys([*question.names, *speaker]))


def _forms(name: str) -> tuple[str, ...]:
    """By what a name is looked for: its last capitalised word, and the words that name the same country; none without one."""
    words = [word for word in words_of(name) if word.surface[:1].isupper()]
    if not words:
        return ()
    return tuple(
        dict.fromkeys([words[-1].surface, words[-1].folded, *(form for party in parties_in(name) for form in party_stems(party))])
    )


def _is_mentioned(forms: Sequence[str], evidence: Evidence) -> bool:
    return any(evidence.passage_frequency(form) for form in forms)


def searched_notice(inquiry: Inquiry) -> str:
    """What was searched, as in "Searched 14 documents, 120 passages", with a full stop."""
    if not inquiry.filter.is_empty:
        return (
            f"Searched the {_count(len({hit.passage.document_id for hit in inquiry.hits}), 'matching document')} that "
            f"the selection lets through."
        )
    evidence = inquiry.evidence
    return f"Searched {_count(evidence.document_count, 'document')}, {_count(evidence.passage_count, 'passage')}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def not_in_documents(inquiry: Inquiry, *remarks: str, among: tuple[StatementCandidate, ...] = ()) -> Finding:
    """The refusal: what is missing, what was searched, what came closest."""
    absent = unmentioned(inquiry.question, inquiry.evidence)
    draft = inquiry.draft()
    for name in absent:
        draft.say([f"No document mentions {name}."])
    for left, right in never_together(inquiry):
        draft.say([f"No document mentions both {left} and {right}."])
    for remark in remarks:
        draft.say([remark])
    if not draft.sentences:
        draft.say(["The documents do not answer this."])
    nearest = inquiry.nearest(among)
    if nearest:
        draft.say(["The closest passages are shown."])
    return finished("not_in_documents", draft, searched_notice(inquiry), *_foreign_notices(nearest), nearest=nearest)


def _foreign_notices(nearest: Sequence[Citation]) -> tuple[str, ...]:
    """Says that passages in other languages are compared by meaning alone, so that whoever reads them judges."""
    others = foreign_languages(nearest)
    if not others:
        return ()
    named = ", ".join(others)
    return (f"Close passages are in another language ({named}); whether they answer a question in English is not judged.",)


def foreign_languages(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Languages other than English of the documents cited, sorted."""
    named = {item.document.language for item in citations if item.document.language}
    return tuple(sorted(language for language in named if language[:2] != "en"))


def premise_not_found(inquiry: Inquiry, remark: str, *, among: tuple[StatementCandidate, ...] = ()) -> Finding:
    """The question takes something for granted that no document reports."""
    draft = inquiry.draft()
    draft.say([remark])
    closest = inquiry.scored[0] if inquiry.scored else None
    if closest is not None and closest.features.context >= CLOSE_ENOUGH:
        candidate = closest.candidate
        pieces = sentence_pieces(candidate.document, candidate.span, candidate.statement, inquiry.terms)
        draft.say(["The closest: ", *pieces], inquiry.cite(candidate))
    return finished("premise_not_found", draft, searched_notice(inquiry), nearest=inquiry.nearest(among))


def unread_notices(evidence: Evidence, allowed: SearchFilter) -> tuple[str, ...]:
    """What of the documents searched was not read, which a refusal may be due to; of three documents at most."""
    unread = [
        f"{entry.title}: {warning.message}"
        for entry in evidence.entries()
        if not allowed.document_ids or entry.id in allowed.document_ids
        for warning in entry.warnings
        if warning.kind in _UNREAD
    ]
    return tuple(f"Not read: {remark}" for remark in unread[:3])


def threshold(kind: str) -> float:
    """Least coverage in context for a statement to answer a question of this kind."""
    return ENOUGH.get(kind, ENOUGH["default"])


def confidence(inquiry: Inquiry, candidate: Scored) -> float:
    """How probable it is, 0 to 1, that a candidate answers the question; at least `PLAIN` where it has all its words."""
    found = probability(candidate, inquiry.scored, inquiry.question, inquiry.terms, inquiry.before)
    return max(found, PLAIN) if candidate.features.coverage >= ALL_WORDS else found
