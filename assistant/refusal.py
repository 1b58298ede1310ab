"""Saying that the documents do not answer: what is not mentioned, what was searched, and what came closest."""

from __future__ import annotations

from assistant.answerability import probability
from assistant.composing import sentence_pieces
from assistant.inquiry import Finding, Inquiry, StatementCandidate, finished
from assistant.scoring import Scored
from assistant.vocabulary import parties_in, party_stems
from assistant.words import words_of

ENOUGH: dict[str, float] = {"who_said": 0.6, "what_said": 0.3, "default": 0.45}
"""Least coverage of the question by a statement, by kind of question; what any sentence must reach is a probability."""

ALL_WORDS, PLAIN = 0.97, 0.4
"""Coverage from which a sentence has all words of the question, and what its probability then is at least: a passage that is
long, or a question that is short, has a low similarity in the dense engine for that alone."""

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
    """Least coverage in context for a statement to answer a question of this kind."""
    return ENOUGH.get(kind, ENOUGH["default"])


def confidence(inquiry: Inquiry, candidate: Scored) -> float:
    """How probable it is, 0 to 1, that a candidate answers the question; at least `PLAIN` where it has all its words."""
    found = probability(candidate, inquiry.scored, inquiry.question, inquiry.terms)
    return max(found, PLAIN) if candidate.features.coverage >= ALL_WORDS else found
