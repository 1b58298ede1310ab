"""Texts of several people that are announced together ("Statements by (a) Toll and (b) myself") and then set out one by one.

Each text goes from its mark to the next one's. What the writer calls "myself" stays the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.index.language.lexicon import alternatives
from parley.index.structure.voices.naming import Named
from parley.index.structure.voices.quoted_texts import ENDS, QuotedText, quoted_texts
from parley.index.structure.voices.titles import read_author
from parley.index.structure.voices.words import turn_words
from parley.index.types import Span

_PIECES = re.compile(rf"\b(?:{alternatives(turn_words('announced_pieces'))})\b", re.IGNORECASE)
_MARK = re.compile(r"(?<!\w)\((?P<mark>[a-z]|\d{1,2}|[ivx]{2,4})\)\s*")
_BEFORE = 160
"""Characters before the first mark in which the texts are announced."""
_LONGEST_NAME = 90
"""Characters of one name with its office in the announcement."""
_FEWEST = 2
"""Texts that make an enumeration."""
_NUMBERED = re.compile(r"^\d{1,4}\\?\.\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Item:
    mark: str
    named: Named | None
    span: Span
    end: int


def texts_of_others(text: str) -> list[QuotedText]:
    """Every text of somebody else inside a letter or page, in order: enumerated ones, and those that stand alone."""
    listed = list(_enumerated(text))
    alone = [one for one in quoted_texts(text) if not any(one.start < other.end and other.start < one.end for other in listed)]
    return sorted([*listed, *alone], key=lambda one: one.start)


def _enumerated(text: str) -> Iterator[QuotedText]:
    after = 0
    marks = list(_MARK.finditer(text))
    for number, match in enumerate(marks):
        before = text[max(after, match.start() - _BEFORE) : match.start()]
        if match.start() < after or not _PIECES.search(before.rsplit("\n\n", 1)[-1] or before):
            continue
        items = _announced(text, marks[number:])
        starts = _places(text, items) if len(items) >= _FEWEST else []
        if not starts:
            continue
        ends = [*(start.start() for start in starts[1:]), _last_end(text, starts[-1].end())]
        after = ends[-1]
        for item, start, end in zip(items, starts, ends, strict=True):
            said = text[start.end() : end].rstrip()
            if item.named is not None and said:
                yield QuotedText(
                    start.start(), end, Span(start.end(), start.end() + len(said)), item.named, item.span, "text", None
                )


def _announced(text: str, marks: Sequence[re.Match[str]]) -> list[_Item]:
    """The names that stand one after the other behind their marks; nothing where one of them is no name."""
    items: list[_Item] = []
    for number, match in enumerate(marks):
        following = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        written = re.split(r"[;\n]|\.(?=\s|\Z)", text[match.end() : min(following, match.end() + _LONGEST_NAME)], maxsplit=1)[0]
        who = re.sub(r"[\s,:]+(?:and)?[\s,:]*\Z", "", written)
        is_own = who.lower() in turn_words("writer")
        named = None if is_own else read_author(who)
        if (named is None and not is_own) or (items and match["mark"] == items[0].mark):
            break
        items.append(_Item(match["mark"], named, Span(match.end(), match.end() + len(who)), match.end() + len(written)))
        if following - match.end() > _LONGEST_NAME:
            break
    return items


def _places(text: str, items: Sequence[_Item]) -> list[re.Match[str]]:
    """Where each text begins: a line that opens with its mark, behind the announcement and in the same order."""
    found: list[re.Match[str]] = []
    at = items[-1].end
    for item in items:
        place = re.compile(rf"^[^\S\n]*\({re.escape(item.mark)}\)\s*", re.MULTILINE).search(text, at)
        if place is None:
            return []
        found.append(place)
        at = place.end()
    return found


def _last_end(text: str, at: int) -> int:
    """Where the last text ends: at "Ends", at the next numbered paragraph, or with the page."""
    ends = [match.start() for match in (ENDS.search(text, at), _NUMBERED.search(text, at)) if match is not None]
    return min(ends, default=len(text))
