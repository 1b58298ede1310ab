"""Answering "Did X really say …?": the verdict of the quotation check, with the words as the document has them."""

from __future__ import annotations

from parley.assistant.answer import AnswerStatus
from parley.assistant.answers.composing import cited, statement_pieces
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import searched_notice
from parley.assistant.evidence.quote_check import QuoteCheck, Verdict, check_quote

_STATUS: dict[Verdict, AnswerStatus] = {
    "exact": "answered",
    "same_words": "answered",
    "altered": "premise_not_found",
    "other_speaker": "premise_not_found",
    "not_found": "premise_not_found",
}


def quote_answer(inquiry: Inquiry) -> Finding:
    """The verdict on the first quotation in the question, and the statement it stands in."""
    found = check_quote(inquiry.evidence, inquiry.question.quotes[0], speaker=inquiry.question.speaker, filter=inquiry.filter)
    draft = inquiry.draft()
    if found.verdict == "not_found":
        draft.say([found.message])
        return finished("premise_not_found", draft, searched_notice(inquiry), nearest=found.citations)
    draft.say([found.message], found.citations[0])
    citation = found.citations[0]
    if citation.statement is not None:
        draft.say(statement_pieces(citation.document, citation.statement, inquiry.terms, limit=40), citation)
    else:
        draft.say([cited(citation)], citation)
    return finished(_STATUS[found.verdict], draft, *_others(found))


def _others(found: QuoteCheck) -> tuple[str, ...]:
    documents = list(dict.fromkeys(citation.document.title for citation in found.citations))
    return (f"The words stand in {len(documents)} documents.",) if len(documents) > 1 else ()
