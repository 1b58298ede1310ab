"""Saying that the documents do not answer: what is not mentioned, what was searched, and what came closest."""

from __future__ import annotations

from assistant.composing import sentence_pieces
from assistant.inquiry import Finding, Inquiry, StatementCandidate, finished
from assistant.matching import WeightedTerm
from assistant.scoring import Scored
from assistant.vocabulary import parties_in, party_stems
from assistant.words import fold, words_of

ENOUGH: dict[str, float] = {"who_said": 0.6, "what_said": 0.3, "default": 0.45}
"""Least `confidence` in the best candidate, by kind of question; below it the documents are said not to answer."""

NEUTRAL_SIMILARITY = 0.55
"""Cosine similarity of question and passage at which the dense engine speaks neither for nor against an answer."""

CLOSE_ENOUGH = 0.35
"""Coverage in context from which the closest passage is quoted to correct a false premise."""


def unmentioned(inquiry: Inquiry) -> tuple[str, ...]:
    """Names in the question, the asked speaker's included, of which no passage has the last word."""
    question = inquiry.question
    names = [*question.names, *([question.speaker] if question.speaker and question.speaker[:1].isupper() else [])]
    return tuple(name for name in dict.fromkeys(names) if _is_unmentioned(name, inquiry))


def _is_unmentioned(name: str, inquiry: Inquiry) -> bool:
    words = [word for word in words_of(name) if word.surface[:1].isupper()]
    if not words:
        return False
    last = words[-1]
    if inquiry.evidence.passage_frequency(last.surface) or inquiry.evidence.passage_frequency(last.folded):
        return False
    return not any(inquiry.evidence.passage_frequency(form) for party in parties_in(name) for form in party_stems(party))


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
    absent = unmentioned(inquiry)
    draft = inquiry.draft()
    for name in absent:
        draft.say([f"No document mentions {name}."])
    for remark in remarks:
        draft.say([remark])
    if not draft.sentences:
        draft.say(["The documents do not answer this."])
    nearest = inquiry.nearest(among)
    if nearest:
        draft.say(["The closest passages are shown."])
    return finished("not_in_documents", draft, searched_notice(inquiry), nearest=nearest)


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


def threshold(kind: str) -> float:
    """Least coverage in context for an answer to a question of this kind."""
    return ENOUGH.get(kind, ENOUGH["default"])


def confidence(inquiry: Inquiry, candidate: Scored) -> float:
    """How surely a candidate bears on the question: its coverage in context, corrected by the dense engine's view.

    The best passage's similarity above or below `NEUTRAL_SIMILARITY` is added, at most 0.25 either way: a question worded quite
    unlike its answer is not refused for that alone.
    """
    dense = [hit.dense for hit in inquiry.hits if hit.dense is not None]
    correction = max(-0.25, min(0.25, max(dense) - NEUTRAL_SIMILARITY)) if dense else 0.0
    return candidate.features.context + correction


def absent_terms(terms: tuple[WeightedTerm, ...]) -> tuple[str, ...]:
    """Words of the question that no passage has."""
    return tuple(item.term.surface for item in terms if item.frequency == 0 and len(fold(item.term.surface)) > 2)
