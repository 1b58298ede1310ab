"""Who said these very words: the speaker of the statement that holds a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from parley.assistant.answers.composing import Verbatim
from parley.assistant.answers.inquiry import Finding, Inquiry, StatementCandidate, finished
from parley.assistant.answers.refusal import not_in_documents
from parley.assistant.answers.statements.statement_rating import Rated, by_score, find_quote
from parley.assistant.answers.statements.statement_telling import say_speakers
from parley.assistant.evidence.citing import cite, whole_sentences
from parley.assistant.evidence.quote_tokens import find_sequence, holds_longest
from parley.assistant.question.analysis import QuestionAnalysis
from parley.index.language.quoted_words import tokens_of
from parley.index.language.words import words_of
from parley.index.types import Document, Span, Statement

MOSTLY = 0.6
"""Share of a question's words, but for three that ask, that stand in quotation marks where the quotation is its matter."""


def asks_who_said_words(question: QuestionAnalysis) -> bool:
    """Whether a question asks for the speaker of words that it quotes: `Who said "we could live with it"?`."""
    if question.kind != "who_said" or not question.quotes:
        return False
    return len(words_of(question.quotes[0])) >= MOSTLY * len(words_of(question.core)) - 3


def who_said_words(inquiry: Inquiry) -> Finding:
    """The speaker as the text names them, with role, outlet and cue; several if several said it."""
    wanted = [token.folded for token in tokens_of(inquiry.question.quotes[0])]
    found: list[Rated] = []
    for item in inquiry.statements():
        span = find_quote(item.document, item.statement, wanted)
        if span is not None:
            found.append(Rated(item, 1.0 + 0.1 * item.statement.confidence - _nesting(item, span), 1.0, span))
    if not found:
        return _unspoken_quote(inquiry, wanted)
    return say_speakers(inquiry, sorted(found, key=by_score))


def _nesting(item: StatementCandidate, span: Span) -> float:
    """A small penalty for statements that hold the quotation inside another one's frame."""
    size = sum(part.end - part.start for part in item.statement.content)
    return 0.02 * max(0, size - (span.end - span.start)) / 1000


def _unspoken_quote(inquiry: Inquiry, wanted: Sequence[str]) -> Finding:
    """The words stand outside any statement, run over several, or nowhere."""
    for name in dict.fromkeys(hit.passage.document_id for hit in inquiry.hits):
        document = inquiry.evidence.document(name)
        if not holds_longest(document.text, wanted):
            continue
        tokens = tokens_of(document.text)
        run = find_sequence(tokens, wanted)
        if run is None:
            continue
        span = Span(tokens[run[0]].start, tokens[run[1] - 1].end)
        inside = [
            StatementCandidate(document, item, next(hit for hit in inquiry.hits if hit.passage.document_id == name))
            for item in inquiry.evidence.statements(document.id)
            if item.start < span.end and item.end > span.start
        ]
        overlapping = [Rated(item, _share(item.statement, span), 1.0, span) for item in inside]
        spoken = sorted((item for item in overlapping if item.score > 0.2), key=by_score)
        if spoken:
            return say_speakers(inquiry, spoken)
        return _unattributed(inquiry, document, span)
    return not_in_documents(inquiry, "No document holds these words.")


def _share(statement: Statement, span: Span) -> float:
    return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in statement.content) / (
        span.end - span.start
    )


def _unattributed(inquiry: Inquiry, document: Document, span: Span) -> Finding:
    sentence = whole_sentences(document.text, span.start, span.end)
    draft = inquiry.draft()
    pieces: list[str | Verbatim] = [
        "The words stand in the document, which names no speaker for them: ",
        Verbatim(document, sentence),
    ]
    draft.say(pieces, cite(inquiry.evidence, document, sentence, None))
    return finished("partly", draft)
