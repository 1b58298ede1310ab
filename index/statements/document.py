"""From a document to its statements: read every paragraph, join across paragraphs, then resolve who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from parley.index.language.paragraphs import cell_spans
from parley.index.language.quotations import quotation_spans
from parley.index.language.sentences import sentence_spans
from parley.index.statements.build import StatementBuilder
from parley.index.statements.continued import with_continued
from parley.index.statements.cueing.attributions import Attribution
from parley.index.statements.extract import paragraph_attributions
from parley.index.statements.grammar.tokens import Tokens
from parley.index.statements.headings import sentences_apart
from parley.index.statements.labels import WordsOfText
from parley.index.statements.orphans.across import ReadParagraph, attach_across
from parley.index.statements.parsing.dependency import join_parse
from parley.index.statements.parsing.parses import Parser
from parley.index.statements.pieces import Piece, pieces_of
from parley.index.statements.standing import with_standing
from parley.index.statements.surmised import with_surmised
from parley.index.statements.voiced import reported_in_turn, voiced_statement
from parley.index.structure.reading import read_structure
from parley.index.structure.voices.tables import is_table
from parley.index.types import Document, Statement, Turn


def extract_statements(
    document: Document, turns: Sequence[Turn] | None = None, *, parser: Parser | None = None
) -> tuple[Statement, ...]:
    """The statements of a document in the order of their first character.

    Every span lies in `document.text`; content spans are in order and do not overlap. What one source says another has
    said carries the chain of sources in `relay`. `turns` are those of the document, found anew where they are not given.
    Works on English; on other languages little is found, never wrongly placed.
    A parser, where one is given and the document is not known to be in another language, completes and checks the rules.
    """
    text = document.text
    if turns is None:
        structure = read_structure(document)
        document, turns = structure.document, structure.turns
    pieces = pieces_of(text, turns)
    in_cells, written = is_table(document), WordsOfText(text)
    with_labels = document.genre not in _WITHOUT_SPEAKERS and not in_cells
    paragraphs = [
        _read(text, piece, written, with_label=with_labels and piece.turn is None, in_cells=in_cells) for piece in pieces
    ]
    if parser is not None and document.language in {None, "en"}:
        _hear(parser, text, pieces, paragraphs)
    for _, group in groupby(zip(pieces, paragraphs, strict=True), key=lambda pair: pair[0].turn):
        attach_across([paragraph for _, paragraph in group])
    quotations = [quotation for paragraph in paragraphs for quotation in paragraph.quotations]
    builder = StatementBuilder(document, quotations)
    statements: list[Statement] = []
    for number, (piece, paragraph) in enumerate(zip(pieces, paragraphs, strict=True)):
        turn = turns[piece.turn] if piece.turn is not None else None
        found = sorted(paragraph.found, key=_position)
        if turn is not None:
            statements.append(voiced_statement(document, turn, piece))
            found = reported_in_turn(paragraph.tokens, found, turn)
        statements += builder.build(paragraph.tokens, found, number, turn)
    statements = with_surmised(document, pieces, with_continued(document, pieces, statements))
    return tuple(sorted(with_standing(text, statements), key=lambda statement: (statement.start, statement.end)))


_WITHOUT_SPEAKERS = frozenset({"treaty", "resolution"})
"""Kinds of documents in which what stands before a colon is a matter ("Liability: …"), never somebody who speaks."""


def _read(text: str, piece: Piece, written: WordsOfText, *, with_label: bool, in_cells: bool) -> ReadParagraph:
    """What is said in a piece; nobody's verb or name in one cell of a table reaches into another."""
    quotations = quotation_spans(text, *piece.span)
    parts = cell_spans(text, piece.span) if in_cells else [piece.span]
    sentences = [sentence for part in parts for sentence in sentences_apart(text, sentence_spans(text, *part))]
    tokens = Tokens(text, piece.span, sentences, quotations)
    return ReadParagraph(tokens, quotations, paragraph_attributions(tokens, quotations, written, with_label=with_label))


def _hear(parser: Parser, text: str, pieces: Sequence[Piece], paragraphs: Sequence[ReadParagraph]) -> None:
    """Join the parse of every paragraph with what the rules found there, in place."""
    parses = parser.parse([text[piece.span.start : piece.span.end] for piece in pieces])
    for piece, paragraph, words in zip(pieces, paragraphs, parses, strict=True):
        paragraph.found = join_parse(paragraph.tokens, paragraph.quotations, paragraph.found, words, piece.span.start)


def _position(attribution: Attribution) -> tuple[int, int]:
    return (attribution.sentence, attribution.cue[0] if attribution.cue else attribution.group)
