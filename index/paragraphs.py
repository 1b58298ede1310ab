"""Paragraphs of a text, as exact spans, whether lines are wrapped by hand or each line is a paragraph."""

from __future__ import annotations

import re

from index.types import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_SENTENCE_END = re.compile(r"[.!?:;…؟。]['\"”’»)\]]*\s*$")

_WRAP_WIDTH = 100
"""Lines of hand-wrapped prose are rarely longer than this many characters."""


def paragraph_spans(text: str) -> list[Span]:
    """Half-open spans of the paragraphs in order, without surrounding white space.

    A blank line always ends a paragraph. A single line break does too, except where the lines look wrapped by hand:
    the line is nearly as long as the widest line of a block no wider than 100 characters, and does not end a sentence
    in front of a list item. Together the spans cover every character that is not white space.
    """
    spans: list[Span] = []
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        spans.extend(_block_paragraphs(text, start, end))
        start = gap.end() if gap else len(text)
    return spans


def _block_paragraphs(text: str, start: int, end: int) -> list[Span]:
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(text, start, end) if match.group().strip()]
    widest = max((line.end - line.start for line in lines), default=0)
    groups: list[Span] = []
    for line in lines:
        if groups and _is_wrapped(text, _last_line(text, groups[-1]), line, widest):
            groups[-1] = Span(groups[-1].start, line.end)
        else:
            groups.append(line)
    return [_trim(text, group) for group in groups]


def _is_wrapped(text: str, line: Span, following: Span, widest: int) -> bool:
    if widest > _WRAP_WIDTH or _LIST_ITEM.match(text, following.start, following.end):
        return False
    content = text[line.start : line.end]
    first_word = text[following.start : following.end].split(maxsplit=1)[0]
    # A line was wrapped where the next word would not have fitted on it.
    if len(content.rstrip()) + 1 + len(first_word) <= widest - 2:
        return False
    return widest >= 40 or not _SENTENCE_END.search(content)


def _last_line(text: str, group: Span) -> Span:
    return Span(max(group.start, text.rfind("\n", group.start, group.end) + 1), group.end)


def _trim(text: str, span: Span) -> Span:
    content = text[span.start : span.end]
    return Span(span.start + len(content) - len(content.lstrip()), span.end - (len(content) - len(content.rstrip())))
