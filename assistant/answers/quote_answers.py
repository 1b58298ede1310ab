"""Answering "Did X really say …?": the verdict, what the document does with the words, and the passage."""

from __future__ import annotations

from parley.assistant.answer import AnswerStatus
from parley.assistant.answers.composing import AnswerDraft, Verbatim, cited, statement_pieces
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import searched_notice
from parley.assistant.evidence.citing import whole_sentences
from parley.assistant.evidence.quote_check import QuoteCheck, Verdict, find_words, judge_quote
from parley.assistant.evidence.quotes.asked_speaker import asked_speaker
from parley.assistant.evidence.quotes.uses import turns_words
from parley.index.types import Span

_STATUS: dict[Verdict, AnswerStatus] = {
    "exact": "answered",
    "same_words": "answered",
    "altered": "answered",
    "other_speaker": "answered",
    "words_found_speaker_unknown": "partly",
    "not_found": "premise_not_found",
}
"""Words that stand otherwise, or as somebody else's, answer the question with no; only those that are nowhere do not."""

_MOST_QUOTATIONS = 3


def quote_answer(inquiry: Inquiry) -> Finding:
    """The verdict on each quotation in the question, with the statement it stands in."""
    checks = [_checked(inquiry, quote) for quote in inquiry.question.quotes[:_MOST_QUOTATIONS]]
    held = [check for check in checks if check.verdict != "not_found"]
    draft = inquiry.draft()
    if not held:
        draft.say([checks[0].message])
        return finished("premise_not_found", draft, searched_notice(inquiry), nearest=checks[0].citations)
    for check in checks:
        _say(draft, inquiry, check)
    statuses = {_STATUS[check.verdict] for check in checks}
    status = statuses.pop() if len(statuses) == 1 else "partly"
    return finished(status, draft, *_others(held[0]))


def _checked(inquiry: Inquiry, quote: str) -> QuoteCheck:
    found = find_words(inquiry.evidence, quote, inquiry.filter)
    speaker = asked_speaker(inquiry.evidence, inquiry.question.text, found)
    return judge_quote(inquiry.evidence, quote, found, speaker, near=inquiry.hits)


def _say(draft: AnswerDraft, inquiry: Inquiry, check: QuoteCheck) -> None:
    if check.verdict == "not_found":
        draft.say([f"“{check.quote}”: {check.message}"])
        return
    citation = check.citations[0]
    draft.say([check.message], citation)
    match = next((item for item in check.matches if item.marker == citation.marker), None)
    focus = Span(match.start, match.end) if match is not None else None
    if citation.statement is not None and not (match is not None and turns_words(match.uses)):
        draft.say(statement_pieces(citation.document, citation.statement, inquiry.terms, focus=focus, limit=40), citation)
    elif focus is not None:
        draft.say([Verbatim(citation.document, whole_sentences(citation.document.text, *focus))], citation)
    else:
        draft.say([cited(citation)], citation)


def _others(found: QuoteCheck) -> tuple[str, ...]:
    documents = list(dict.fromkeys(citation.document.title for citation in found.citations))
    return (f"The words stand in {len(documents)} documents.",) if len(documents) > 1 else ()
