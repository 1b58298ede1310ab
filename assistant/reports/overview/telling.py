"""An overview as an answer: headings, and under each the sentences with who said them, each with its marker."""

from __future__ import annotations

from datetime import date as Date

from parley.assistant.answer import Answer, AnswerSentence, AnswerStatus
from parley.assistant.answers.composing import (
    AnswerDraft,
    Verbatim,
    cite_statement,
    sentence_pieces,
    slice_of,
    speaker_note,
    spoken_pieces,
)
from parley.assistant.evidence.attribution_line import attribution_frame
from parley.assistant.evidence.citing import cite
from parley.assistant.evidence.source import Evidence
from parley.assistant.evidence.voice import voice_of
from parley.assistant.reports.overview.making import Overview, OverviewEntry
from parley.index.language.words import words_of
from parley.index.types import Document, Span, Statement

LONGEST = 60
"""Words of a reporter's sentence that is shown whole."""

_LONGEST_TITLE = 60

EXTRACT = "An extract, not a summary: every sentence below stands word for word in the documents, chosen by Parley."
"""What an overview says of itself, on every surface."""


def overview_answer(question: str, overview: Overview, evidence: Evidence) -> Answer:
    """The overview as an answer to a question; one without any sentence says that none was found."""
    draft = AnswerDraft.empty(evidence)
    for section in overview.sections:
        draft.sentences.append(AnswerSentence(f"{section.heading}:", heading=True))
        for entry in section.entries:
            say_entry(draft, entry)
    notices = [f"{EXTRACT} Of: {overview.title}, {_count(len(overview.documents))}."]
    if overview.missing:
        notices.append(f"No sentence was found that tells {_joined(overview.missing)}.")
    if overview.is_empty:
        draft.sentences.append(AnswerSentence(f"No sentence was found that tells {_joined(overview.missing)}."))
    status: AnswerStatus = "not_in_documents" if overview.is_empty else "partly" if overview.missing else "answered"
    return Answer(question, question, tuple(draft.sentences), tuple(draft.citations), status, notices=tuple(notices))


def say_entry(draft: AnswerDraft, entry: OverviewEntry) -> None:
    """One sentence with its day and who said it."""
    told = entry.told
    document, statement = told.document, told.statement
    if told.is_report and statement is not None:
        pieces = _reported(document, told.span, statement)
        citation = cite_statement(draft.evidence, document, statement)
    else:
        pieces = _sentence(document, told.span, statement)
        citation = cite(draft.evidence, document, told.span, statement)
    draft.say([f"{entry_lead(entry)}: ", *pieces], citation)


def _reported(document: Document, span: Span, statement: Statement) -> list[str | Verbatim]:
    """The whole sentence, which names its speaker or says whom its pronoun means; a long one by its words behind a frame."""
    if len(words_of(document.text, *span)) > LONGEST:
        return spoken_pieces(document, statement)
    return [*speaker_note(document, statement, span), Verbatim(document, span)]


def _sentence(document: Document, span: Span, statement: Statement | None) -> list[str | Verbatim]:
    """The sentence, behind who says it where it stands in a turn; in a document's own voice behind its title."""
    if statement is None:
        own = voice_of(document, span) == "own"
        named = f"{short_title(document)}{f' ({document.author})' if document.author else ''}"
        return [f"{named}: ", Verbatim(document, span)] if own else sentence_pieces(document, span, None)
    return [f"{attribution_frame(document, statement)} ", slice_of(document, span)]


def entry_lead(entry: OverviewEntry) -> str:
    """The day and what the sentence stands for: "13 March 2024, data exchange"."""
    day = day_told(entry.day)
    return f"{day}, {entry.label}" if entry.label else day


def day_told(day: Date | None) -> str:
    """A day as people write it: "13 March 2024"."""
    return f"{day.day} {day:%B %Y}" if day is not None else "undated"


def short_title(document: Document) -> str:
    """The document's title, or its beginning where it is long."""
    title = " ".join(document.title.split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _count(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'}"


def _joined(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
