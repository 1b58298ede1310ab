"""The list that a sentence opens or belongs to: its opening, and each of its items as a span.

A list is a run of lines that begin alike, with a bullet, a number or a letter, or such items within one line. What opens it
ends with a colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.index.language.paragraphs import lines_around
from parley.index.language.sentences import sentence_spans
from parley.index.types import Span

LONGEST_ITEM = 90
"""Words of an item up to which lines that begin alike count as a list, and not as numbered paragraphs."""

MOST_ITEMS = 60
"""Items looked at; a longer list is a table or a contents page."""

_MARKS = {
    "bullet": re.compile(r"[^\S\n]*[-*•–‣·▪][^\S\n]+"),
    "number": re.compile(r"[^\S\n]*\(?\d{1,2}[.)][^\S\n]+"),
    "letter": re.compile(r"[^\S\n]*\(?(?:[a-z]|[ivx]{2,5})[.)][^\S\n]+"),
}


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list in a text; `opening` is the sentence before it, `None` where nothing opens it. Items stand without their marks."""

    opening: Span | None
    items: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the opening to the end of the last item."""
        return Span((self.opening or self.items[0]).start, self.items[-1].end)


_INLINE = re.compile(r"(?:^|[\s:;,])\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")


def is_enumeration(sentence: str) -> bool:
    """Whether a sentence has items of its own: "a) goods; b) services"."""
    return len(_INLINE.findall(sentence)) > 1


def list_around(text: str, sentence: Span) -> ItemList | None:
    """The list that a sentence opens, or of which it is an item; `None` where it does neither."""
    if (opened := _opened_by(text, sentence)) is not None:
        return opened
    line = lines_around(text, sentence.start, min(sentence.end, sentence.start + 1))
    return _with_opening(text, _items_from(text, line)) if _mark_of(text, line) else None


def _opened_by(text: str, sentence: Span) -> ItemList | None:
    """The list behind a sentence that ends with a colon; the sentence itself may be an item of another list."""
    last = lines_around(text, max(sentence.start, sentence.end - 1), sentence.end)
    following = _next_line(text, last)
    if following is None or not text[sentence.start : last.end].rstrip().endswith(":"):
        return None
    kind = _mark_of(text, following)
    if not kind or kind == _mark_of(text, last):
        return None
    items = _items_from(text, following)
    return ItemList(sentence, items) if len(items) > 1 else None


def _with_opening(text: str, items: Sequence[Span]) -> ItemList | None:
    before = _previous_line(text, lines_around(text, items[0].start, items[0].end)) if len(items) > 1 else None
    if before is None or not text[before.start : before.end].rstrip().endswith(":"):
        return None
    return ItemList(sentence_spans(text, before.start, before.end)[-1], tuple(items))


def _items_from(text: str, line: Span) -> tuple[Span, ...]:
    """The items of the list that a line is an item of, in order; none where they are as long as paragraphs."""
    kind = _mark_of(text, line)
    lines = [line]
    while (before := _previous_line(text, lines[0])) and len(lines) < MOST_ITEMS and _mark_of(text, before) == kind:
        lines.insert(0, before)
    while (after := _next_line(text, lines[-1])) and len(lines) < MOST_ITEMS and _mark_of(text, after) == kind:
        lines.append(after)
    if any(len(text[item.start : item.end].split()) > LONGEST_ITEM for item in lines):
        return ()
    return tuple(_bare(text, item, kind) for item in lines)


def _mark_of(text: str, line: Span) -> str:
    """The kind of mark that a line begins with; empty for none."""
    return next((kind for kind, mark in _MARKS.items() if mark.match(text, line.start, line.end)), "")


def _bare(text: str, line: Span, kind: str) -> Span:
    mark = _MARKS[kind].match(text, line.start, line.end)
    return Span(mark.end() if mark else line.start, line.start + len(text[line.start : line.end].rstrip()))


def _previous_line(text: str, line: Span) -> Span | None:
    """The line before that is not empty."""
    end = line.start
    while end and text[end - 1].isspace():
        end -= 1
    return lines_around(text, end - 1, end) if end else None


def _next_line(text: str, line: Span) -> Span | None:
    """The line behind that is not empty."""
    start = line.end
    while start < len(text) and text[start].isspace():
        start += 1
    return lines_around(text, start, start) if start < len(text) else None
