"""Words of a draft in square brackets, which are not agreed: a proposal, or one of several alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.assistant.answer import Citation
from parley.index.language.quotations import quotation_spans
from parley.index.types import Document, Span

NOT_AGREED = "Text in square brackets is not agreed: it is proposed, or one of several alternatives."

_BRACKETS = re.compile(r"\[(?!\d{1,3}\]|sic\b|…\]|\.\.\.\])[^\[\]]*[^\W\d_][^\[\]]*\]")
_DRAFTED = frozenset({"treaty", "resolution", "communiqué"})
"""Kinds of texts that are negotiated word by word; in others brackets are whoever quotes or edits speaking."""
_LONGEST = 1500
"""Characters before a place in which a bracket that holds it may open."""


def has_brackets(text: str) -> bool:
    """Whether a text has words in square brackets that are no note and no omission."""
    return _BRACKETS.search(text) is not None


def open_brackets(document: Document, span: Span) -> list[Span]:
    """The brackets of a draft that hold some of the words at `span`; none in a text of another kind, or in a quotation."""
    if document.genre not in _DRAFTED:
        return []
    begin = max(0, span.start - _LONGEST)
    found = [
        Span(*match.span()) for match in _BRACKETS.finditer(document.text, begin, min(len(document.text), span.end + _LONGEST))
    ]
    touching = [one for one in found if one.start < span.end and one.end > span.start]
    if not touching:
        return []
    quoted = quotation_spans(document.text, begin, touching[-1].end)
    return [one for one in touching if not any(quote.start <= one.start and one.end <= quote.end for quote in quoted)]


def bracket_notices(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Says that what is cited is not agreed, where it stands in the brackets of a draft."""
    is_open = any(open_brackets(one.document, Span(one.start, one.end)) for one in citations)
    return (NOT_AGREED,) if is_open else ()
