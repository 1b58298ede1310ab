"""From a document to its statements, paragraph by paragraph."""

from __future__ import annotations

from index.paragraphs import paragraph_spans
from index.quotations import Quotation, quotation_spans
from index.sentences import sentence_spans
from index.statements.attributions import Attribution
from index.statements.extract import paragraph_attributions
from index.statements.tokens import Tokens
from index.types import Document, Mode, Span, Statement


def extract_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of a document in the order of their first character."""
    text = document.text
    statements: list[Statement] = []
    for paragraph in paragraph_spans(text):
        quotations = quotation_spans(text, *paragraph)
        tokens = Tokens(text, paragraph, sentence_spans(text, *paragraph), quotations)
        for attribution in paragraph_attributions(tokens, quotations):
            statements.append(_statement(document, tokens, attribution, quotations))
    return tuple(sorted(statements, key=lambda statement: (statement.start, statement.end)))


def _statement(document: Document, tokens: Tokens, attribution: Attribution, quotations: list[Quotation]) -> Statement:
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


def _mode(text: str, content: list[Span], quotations: list[Quotation]) -> Mode:
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
