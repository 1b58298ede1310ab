"""Making citations: whole sentences of a document, the statement that covers them, and the check that they are verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.assistant.answer import Citation
from parley.assistant.evidence.attribution_line import attribution_line
from parley.assistant.evidence.source import Evidence
from parley.index.language.paragraphs import lines_around
from parley.index.language.sentences import sentence_spans
from parley.index.types import Document, Passage, Span, Statement

_QUOTE_MARKS = re.compile(r"(?:>[^\S\n]?)+")

LONGEST_QUOTE = 700
"""Characters of a citation; a longer statement is cited by the sentences that matter and its speaker clause."""


def sentences_around(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the lines that hold `text[start:end]`."""
    lines = lines_around(text, start, end)
    return [without_quote_marks(text, span) for span in sentence_spans(text, lines.start, lines.end)]


def without_quote_marks(text: str, span: Span) -> Span:
    """The span without the ">" that a mail puts before the lines of another one."""
    marks = _QUOTE_MARKS.match(text, span.start, span.end)
    return Span(marks.end(), span.end) if marks is not None and marks.end() < span.end else span


def whole_sentences(text: str, start: int, end: int) -> Span:
    """`start` and `end` moved outwards to the borders of their sentences."""
    touched = [span for span in sentences_around(text, start, end) if span.start < end and span.end > start]
    if not touched:
        return Span(start, end)
    return Span(min(start, touched[0].start), max(end, touched[-1].end))


def statement_span(text: str, statement: Statement, focus: Span | None = None) -> Span:
    """The whole sentences of a statement; if that is too long, those that hold `focus` (or its first content)."""
    whole = whole_sentences(text, statement.start, statement.end)
    if whole.end - whole.start <= LONGEST_QUOTE:
        return whole
    focus = focus or statement.content[0]
    narrow = whole_sentences(text, focus.start, min(focus.end, focus.start + LONGEST_QUOTE))
    clause = whole_sentences(text, *(statement.cue or statement.speaker_span or focus))
    joined = Span(min(narrow.start, clause.start), max(narrow.end, clause.end))
    return joined if joined.end - joined.start <= LONGEST_QUOTE else narrow


def overlap(statement: Statement, start: int, end: int) -> int:
    """How many characters of `[start, end)` the statement's content covers."""
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in statement.content)


def covering_statement(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The statement that `[start, end)` belongs to; `None` for the document's own voice.

    It is the one with the largest share of the span, if that is 40 % or more, or 15 % where the speaker clause lies inside too.
    Failing that it is the one whose cue lies inside, or whose speaker clause and most of whose content do: a sentence in which
    somebody is said to speak is not the document's own voice, however short what they say.
    """
    touching = [item for item in statements if item.start < end and item.end > start]
    covered = [item for item in touching if overlap(item, start, end) >= _needed_share(item, start, end) * (end - start)]
    within = covered or [item for item in touching if _is_made_within(item, start, end)]
    if not within:
        return None
    # Whoever is reported inside a turn comes before the turn's own speaker.
    within = [item for item in within if not item.form] or within
    return max(within, key=lambda item: (overlap(item, start, end), item.confidence, -item.start))


def _is_made_within(statement: Statement, start: int, end: int) -> bool:
    """Whether the cue lies in `[start, end)`, or the speaker clause with most of the content, or a label with some of it."""
    cue, clause = statement.cue, statement.speaker_span
    if cue is not None and start <= cue.start and cue.end <= end:
        return True
    if clause is None or not (start <= clause.start and clause.end <= end):
        return False
    size = sum(span.end - span.start for span in statement.content)
    said = overlap(statement, start, end)
    return said > 0 if statement.form else 2 * said >= size


def _needed_share(statement: Statement, start: int, end: int) -> float:
    clause = statement.speaker_span
    return 0.15 if clause is not None and statement.cue is not None and start <= clause.start and clause.end <= end else 0.4


def passage_at(evidence: Evidence, document_id: str, start: int) -> Passage:
    """The passage in which `start` lies, or the last one before it."""
    passages = evidence.passages(document_id)
    before = [passage for passage in passages if passage.start <= start]
    return before[-1] if before else passages[0]


def cite(
    evidence: Evidence,
    document: Document,
    span: Span,
    statement: Statement | None,
    *,
    marker: int = 0,
    passage: Passage | None = None,
) -> Citation:
    """A citation of `document.text[span.start:span.end]`, checked against the document as stored.

    Where no statement is given, one that is made within the span is attributed all the same.
    """
    if statement is None:
        made = [item for item in evidence.statements(document.id) if _is_made_within(item, span.start, span.end)]
        statement = covering_statement(made, span.start, span.end)
    quote = document.text[span.start : span.end]
    stored = evidence.document(document.id).text[span.start : span.end]
    return Citation(
        marker=marker,
        document=document,
        passage=passage or passage_at(evidence, document.id, span.start),
        start=span.start,
        end=span.end,
        quote=quote,
        statement=statement,
        attribution=attribution_line(document, statement, span),
        page=document.page_at(span.start),
        verified=bool(quote) and stored == quote,
    )
