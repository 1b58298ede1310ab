"""From a document to its statements, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from index.paragraphs import paragraph_spans
from index.quotations import Quotation, quotation_spans
from index.sentences import sentence_spans
from index.statements.across import ReadParagraph, attach_across
from index.statements.attributions import Attribution
from index.statements.extract import paragraph_attributions
from index.statements.tokens import Tokens
from index.types import Document, Mode, Span, Statement


def extract_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of a document in the order of their first character."""
    text = document.text
    paragraphs = [_read(text, span) for span in paragraph_spans(text)]
    attach_across(paragraphs)
    statements = [
        _statement(document, one.tokens, attribution, one.quotations) for one in paragraphs for attribution in one.found
    ]
    return tuple(sorted(statements, key=lambda statement: (statement.start, statement.end)))


def _read(text: str, span: Span) -> ReadParagraph:
    quotations = quotation_spans(text, *span)
    tokens = Tokens(text, span, sentence_spans(text, *span), quotations)
    return ReadParagraph(tokens, quotations, paragraph_attributions(tokens, quotations))


def _statement(document: Document, tokens: Tokens, attribution: Attribution, quotations: Sequence[Quotation]) -> Statement:
    speaker = tokens.span(*attribution.speaker) if attribution.speaker else None
    return Statement(
        document_id=document.id,
        content=tuple(attribution.content),
        cue=tokens.span(*attribution.cue) if attribution.cue else None,
        cue_lemma=attribution.lemma,
        mode=_mode(document.text, attribution.content, quotations),
        speaker=document.text[speaker.start : speaker.end] if speaker else None,
        speaker_span=speaker,
        speaker_kind="named" if speaker else "unidentified",
        stance=attribution.stance,
    )


def _mode(text: str, content: list[Span], quotations: Sequence[Quotation]) -> Mode:
    """Direct where all words stand in quotation marks, mixed where some do."""
    inside = outside = False
    for start, end in content:
        position = start
        for quotation in quotations:
            if quotation.depth or quotation.end <= position or quotation.start >= end:
                continue
            inside = True
            outside |= any(map(str.isalnum, text[position : max(position, quotation.start)]))
            position = max(position, quotation.end)
        outside |= any(map(str.isalnum, text[position:end]))
    return "direct" if inside and not outside else "mixed" if inside else "indirect"
