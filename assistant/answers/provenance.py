"""Which report says something: its outlet and date, as the document gives them."""

from __future__ import annotations

from parley.assistant.answer import Citation
from parley.assistant.answers.composing import cited
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import STATEMENT_ENOUGH, not_in_documents
from parley.assistant.evidence.quote_check import check_quote
from parley.index.types import Document

MOST_REPORTS = 4
NEARLY_AS_GOOD = 0.5
"""How far the score of a further report may stay behind the best one's."""
_LONGEST_TITLE = 60


def provenance(inquiry: Inquiry) -> Finding:
    """The reports that hold the words or the matter asked about, earliest first, undated ones last."""
    found = _holding_quote(inquiry) if inquiry.question.quotes else ()
    found = found or _on_matter(inquiry)
    if not found:
        return not_in_documents(inquiry, "No document was found that reports this.")
    unique: dict[str, Citation] = {}
    for citation in found:
        unique.setdefault(citation.document.id, citation)
    ordered = sorted(
        unique.values(),
        key=lambda item: (item.document.date is None, item.document.date.isoformat() if item.document.date else ""),
    )
    draft = inquiry.draft()
    for citation in ordered[:MOST_REPORTS]:
        draft.say([f"{source_line(citation.document)}: ", cited(citation)], citation)
    undated = sum(citation.document.date is None for citation in ordered[:MOST_REPORTS])
    return finished(
        "answered", draft, *(["A report without a date is listed last; its file's date is not used."] if undated else [])
    )


def source_line(document: Document) -> str:
    """For "The Courier, 3 May 2031, “Title”"; what is not known is called so."""
    title = document.title if len(document.title) <= _LONGEST_TITLE else document.title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    outlet = document.outlet or f"“{title}” (no outlet stated)"
    day = f"{document.date.day} {document.date:%B %Y}" if document.date else "undated"
    return f"{outlet}, {day}"


def _holding_quote(inquiry: Inquiry) -> tuple[Citation, ...]:
    for quote in inquiry.question.quotes:
        found = check_quote(inquiry.evidence, quote, filter=inquiry.filter)
        if found.verdict in {"exact", "same_words"}:
            return found.citations
    return ()


def _on_matter(inquiry: Inquiry) -> tuple[Citation, ...]:
    good = [item for item in inquiry.scored if item.features.context >= STATEMENT_ENOUGH]
    if not good:
        return ()
    return tuple(inquiry.cite(item.candidate) for item in good if item.score >= good[0].score - NEARLY_AS_GOOD)[:MOST_REPORTS]
