"""Tables of contents: lines that only point to where something stands, and are no text themselves."""

from __future__ import annotations

import re

from parley.index.types import Span

_TITLE = re.compile(r"\W*(?:table of contents|contents|list of articles|index)\W*", re.IGNORECASE)
_LEADERS = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|(?:_\s?){6,}|·{4,})")
_PAGE_NUMBER = re.compile(r"(?:\s{3,}|\t|(?:\.\s?){2,}|…)\s*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})\s*$", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_MOST_BETWEEN = 3
"""Lines without a page number that may stand between two entries: entries that run over several lines."""

_MOST_LISTED = 8
_LONGEST_ENTRY = 160
_FEWEST_ENTRIES = 2


def contents_spans(text: str) -> list[Span]:
    """The tables of contents of a text, in order: runs of entries with dot leaders or page numbers, with the title above them.

    Entries without leaders count only below a title "Contents"; dot leaders alone are enough elsewhere, if several lines have
    them.
    """
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(text) if match.group().strip()]
    spans: list[Span] = []
    number = 0
    while number < len(lines):
        titled = _is_title(text, lines[number])
        last = _last_entry(text, lines, number + titled, titled=titled)
        if last is None:
            number += 1
            continue
        found = Span(lines[number].start, _end_of_entry(text, lines[last]))
        if spans and _is_listing(text[spans[-1].end : found.start]):
            found = Span(spans.pop().start, found.end)
        spans.append(found)
        number = last + 1
    return spans


def is_entry(line: str) -> bool:
    """Whether a line is an entry of a table of contents by its leaders and the page number behind them."""
    return _LEADERS.search(line) is not None and re.search(r"[^\W\d_]{2}", line) is not None


def _last_entry(text: str, lines: list[Span], first: int, *, titled: bool) -> int | None:
    """The number of the last line of a run of entries that begins at `first`, or `None` if none does."""
    last, entries, between = None, 0, 0
    for number in range(first, len(lines)):
        line = text[lines[number].start : lines[number].end]
        leaders = len(_LEADERS.findall(line)) if is_entry(line) else 0
        if leaders or (titled and len(line) <= _LONGEST_ENTRY and _PAGE_NUMBER.search(line)):
            last, entries, between = number, entries + max(1, leaders), 0
            continue
        between += 1
        if between > _MOST_BETWEEN or (entries == 0 and not titled) or len(line) > _LONGEST_ENTRY:
            break
    return last if entries >= _FEWEST_ENTRIES else None


def _is_listing(between: str) -> bool:
    """Whether what stands between two runs of entries is more of the list: a few short lines that end no sentence."""
    lines = [line.strip() for line in between.splitlines() if line.strip()]
    return len(lines) <= _MOST_LISTED and all(len(line) <= _LONGEST_ENTRY and line[-1] not in ".;:" for line in lines)


def _end_of_entry(text: str, line: Span) -> int:
    """Where the last entry on a line ends: a text that was run together may go on behind it."""
    if len(_LEADERS.findall(text, line.start, line.end)) < _FEWEST_ENTRIES:
        return line.end
    last = list(_LEADERS.finditer(text, line.start, line.end))[-1]
    page = re.compile(r"[ \t]*(?:\d{1,4}|[ivxlc]{1,6})?\b").match(text, last.end(), line.end)
    return page.end() if page else last.end()


def _is_title(text: str, line: Span) -> bool:
    return _TITLE.fullmatch(text, line.start, line.end) is not None
