"""Telling statements in an answer: the frame, the words, who is not named, and what is said only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.assistant.answer import Citation
from parley.assistant.answers.composing import (
    MOST_WORDS,
    AnswerDraft,
    cite_statement,
    cited,
    clause_outside,
    slice_of,
    speaker_note,
    spoken_pieces,
    statement_pieces,
)
from parley.assistant.answers.inquiry import Finding, Inquiry, finished
from parley.assistant.answers.refusal import not_in_documents
from parley.assistant.answers.statements.statement_rating import Rated
from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.citing import whole_sentences
from parley.index.language.words import fold, words_of
from parley.index.types import Span, Statement

ALSO = 0.93
"""Share of the best score from which another speaker's statement is shown as well."""


def say_speakers(inquiry: Inquiry, rated: Sequence[Rated]) -> Finding:
    """The best statement, and those of other speakers that are nearly as good."""
    draft = inquiry.draft()
    told: list[tuple[str, str]] = []
    for item in rated:
        key = (fold(item.statement.speaker or ""), words_said(item))
        new_speaker = all(key[0] != speaker for speaker, _ in told)
        if told and (item.score < ALSO * rated[0].score or not new_speaker or draft.words > MOST_WORDS or len(told) == 3):
            continue
        if told and overlaps_best(item, rated[0]):
            continue
        told.append(key)
        say_statement(draft, inquiry, item)
    if not draft.sentences:
        return not_in_documents(inquiry)
    return finished("answered", draft, *speaker_notices(rated[0].statement))


def overlaps_best(item: Rated, best: Rated) -> bool:
    """Whether two statements are layers of one sentence (a relay): only the better one is told, its frame names the chain."""
    return (
        item.document.id == best.document.id
        and item.statement.start < best.statement.end
        and item.statement.end > best.statement.start
    )


def words_said(item: Rated) -> str:
    """The beginning of what was said, folded, to tell repetitions."""
    return " ".join(
        word.folded for span in item.statement.content for word in words_of(item.document.text, span.start, span.end)
    )[:80]


def speaker_notices(statement: Statement) -> tuple[str, ...]:
    """Remarks on a speaker who is not named, not known, or no longer in office."""
    if statement.speaker is None or statement.speaker_kind == "unidentified":
        return ("The document does not say who said this.",)
    if statement.speaker_kind == "anonymous":
        return ("The documents do not name this source.",)
    return (
        ("The speaker is described as a former office holder and does not state a present position.",) if statement.former else ()
    )


def say_statement(draft: AnswerDraft, inquiry: Inquiry, item: Rated) -> None:
    """The statement with its frame; with the speaker clause first where addressee, place or time are asked for."""
    statement, document = item.statement, item.document
    citation = cite_statement(inquiry.evidence, document, statement, item.focus, item.candidate.hit.passage)
    room = max(25, MOST_WORDS - draft.words - 12)
    one_sentence = not inquiry.terms or (inquiry.question.kind == "who_said" and not inquiry.question.quotes)
    if one_sentence and (beside := _in_one_sentence(inquiry, item)):
        citation = _with_audience(citation, beside)
        draft.say([*speaker_note(document, statement, Span(citation.start, citation.end)), cited(citation)], citation)
        return
    role = inquiry.question.speaker is None or inquiry.question.core.lower().startswith("who")
    pieces = spoken_pieces(document, statement, inquiry.terms, focus=item.focus, limit=room, with_role=role)
    question = inquiry.question
    if question.wants_place or question.wants_addressee or question.wants_date:
        clause = clause_outside(document, statement)
        if clause is not None and clause.end - clause.start > 12:
            draft.say([slice_of(document, clause)], citation)
            pieces = statement_pieces(document, statement, inquiry.terms, focus=item.focus, limit=30)
    draft.say(pieces, citation)


def _with_audience(citation: Citation, beside: Sequence[Statement]) -> Citation:
    """The citation with the statement of the same speaker and sentence that tells to whom, if its own does not."""
    own = citation.statement
    told = next((other for other in beside if other.outlet or other.addressee), None)
    if told is None or (own is not None and (own.outlet or own.addressee)):
        return citation
    return replace(citation, statement=told, attribution=attribution_line(citation.document, told))


def _in_one_sentence(inquiry: Inquiry, item: Rated) -> list[Statement]:
    """The speaker's other statements in the same sentence, if it is of bearable length; then it is shown whole."""
    text, statement = item.document.text, item.statement
    whole = whole_sentences(text, statement.start, statement.end)
    beside = [
        other
        for other in inquiry.evidence.statements(item.document.id)
        if other is not statement and whole.start <= other.start and other.end <= whole.end and other.speaker == statement.speaker
    ]
    return beside if len(words_of(text, whole.start, whole.end)) <= MOST_WORDS else []
