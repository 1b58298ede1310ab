"""Words for people: a document's particulars, the form of a quotation, the state of an answer."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from parley.assistant import AnswerStatus, Citation, Document, DocumentEntry
from parley.assistant.evidence.place_names import page_words, recognition_of

Described = Document | DocumentEntry
"""Whatever says which document it is."""

Form = Literal["direct", "mixed", "indirect", "own"]

FORM_NAMES: dict[Form, str] = {
    "direct": "Direct quotation",
    "mixed": "Partly quoted",
    "indirect": "Reported speech",
    "own": "The document’s own words",
}

_FORMS_IN_LINES = (": direct quotation", ": partly quoted", ": indirect speech")

STATUS_NAMES: dict[AnswerStatus, str] = {
    "answered": "",
    "partly": "Answered in part",
    "accounts_differ": "Accounts differ",
    "premise_not_found": "Premise not found",
    "not_in_documents": "Not in the documents",
    "out_of_scope": "Out of scope",
    "conversational": "",
}


def form_of(citation: Citation) -> Form:
    """Whether the cited words are a direct quotation, partly one, reported speech, or the document's own."""
    return citation.statement.mode if citation.statement is not None else "own"


def who_of(citation: Citation) -> str:
    """The attribution line without the form of the quotation, which has its own label; empty for the document's own words.

    Of these it tells only that they were recognised from a picture, where they were.
    """
    if citation.statement is None:
        return recognition_of(citation.document, citation.start)
    line = citation.attribution
    for words in _FORMS_IN_LINES:
        line = line.replace(words, "")
    return line


def day_of(document: Described) -> str:
    """The document's date as "16 May 2025", or "undated"."""
    return day_name(document.date) if document.date is not None else "undated"


def day_name(day: Date, *, short: bool = False) -> str:
    """A day as "16 May 2025", its month cut to three letters if `short`."""
    return f"{day.day} {day:%b %Y}" if short else f"{day.day} {day:%B %Y}"


def source_line(document: Described, page: str | None = None) -> str:
    """Outlet, title, date and page, as far as they are known: "Courier, “Talks end”, 3 March 2031, page 2"."""
    parts = [document.outlet, f"“{document.title}”", day_of(document), page_words(page)]
    return ", ".join(part for part in parts if part)
