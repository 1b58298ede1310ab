"""From a document to its statements: read every paragraph, join across paragraphs, then resolve who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.index.language.paragraphs import paragraph_spans
from parley.index.language.quotations import quotation_spans
from parley.index.language.sentences import sentence_spans
from parley.index.statements.build import StatementBuilder
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.extract import paragraph_attributions
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.headings import sentences_apart
from parley.index.statements.orphans.across import ReadParagraph, attach_across
from parley.index.statements.parsing.dependency import join_parse
from parley.index.statements.parsing.parses import Parser
from parley.index.statements.transcripts import join_turns, split_turns
from parley.index.types import Document, Span, Statement

_LONGEST_PARAGRAPH = 8000
"""Characters of a paragraph that are read at a time."""


def extract_statements(document: Document, *, parser: Parser | None = None) -> tuple[Statement, ...]:
    """The statements of a document in the order of their first character.

    Every span lies in `document.text`; content spans are in order and do not overlap. What one source says another has
    said carries the chain of sources in `relay`. Works on English; on other languages little is found, never wrongly placed.
    A parser, where one is given and the document is not known to be in another language, completes and checks the rules.
    """
    text = document.text
    pieces = [piece for span in paragraph_spans(text) for piece in _pieces(text, span)]
    paragraphs = [_read(text, piece) for piece in pieces]
    if parser is not None and document.language in {None, "en"}:
        _hear(parser, text, pieces, paragraphs)
    attach_across(paragraphs)
    is_transcript = join_turns(paragraphs)
    quotations = [quotation for paragraph in paragraphs for quotation in paragraph.quotations]
    builder = StatementBuilder(document, quotations, is_transcript=is_transcript)
    statements = [
        statement
        for number, paragraph in enumerate(paragraphs)
        for statement in builder.build(paragraph.tokens, sorted(paragraph.found, key=_position), number)
    ]
    return tuple(sorted(statements, key=lambda statement: (statement.start, statement.end)))


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """The paragraph by its turns; one too long to be read at a time is cut between sentences."""
    for turn in split_turns(text, paragraph):
        start = turn.start
        while turn.end - start > _LONGEST_PARAGRAPH:
            window = sentence_spans(text, start, start + _LONGEST_PARAGRAPH)
            end = window[-1].start if len(window) > 1 else start + _LONGEST_PARAGRAPH
            yield Span(start, end)
            start = end
        yield Span(start, turn.end)


def _read(text: str, span: Span) -> ReadParagraph:
    quotations = quotation_spans(text, *span)
    tokens = Tokens(text, span, sentences_apart(text, sentence_spans(text, *span)), quotations)
    return ReadParagraph(tokens, quotations, paragraph_attributions(tokens, quotations))


def _hear(parser: Parser, text: str, pieces: Sequence[Span], paragraphs: Sequence[ReadParagraph]) -> None:
    """Join the parse of every paragraph with what the rules found there, in place."""
    parses = parser.parse([text[piece.start : piece.end] for piece in pieces])
    for piece, paragraph, words in zip(pieces, paragraphs, parses, strict=True):
        paragraph.found = join_parse(paragraph.tokens, paragraph.quotations, paragraph.found, words, piece.start)


def _position(attribution: Attribution) -> tuple[int, int]:
    return (attribution.sentence, attribution.cue[0] if attribution.cue else attribution.group)
