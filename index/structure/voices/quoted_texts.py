"""Texts of others inside a letter or page: "Kessel's statement [Begins.] … Ends.", signed posts, and memos with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import zip_longest
from typing import Literal

from parley.index.language.dates import find_dates
from parley.index.language.lexicon import alternatives
from parley.index.structure.voices.letters import signed_foot
from parley.index.structure.voices.lines import text_lines
from parley.index.structure.voices.naming import Named, read_named
from parley.index.structure.voices.titles import read_author
from parley.index.structure.voices.words import turn_words
from parley.index.types import Span

_PIECE = alternatives(turn_words("quoted_piece"))
_OPENED = rf"(?:(?:(?:full )?text of [^\n.:;]{{1,60}}? |(?:{_PIECE}) )?)"
_BEGINS = re.compile(
    rf"(?:[\[(]\s*{_OPENED}begins\b[.:\s—–-]*[\])]?|(?:^|(?<=[.:—–-])[^\S\n]*|(?<=\n))(?:\d{{1,3}}\\?\.\s+)?"
    rf"{_OPENED}\bbegins\s*[.:—–-]+)\s*",
    re.IGNORECASE,
)
ENDS = re.compile(
    rf"[\[(]\s*(?:(?:{_PIECE}) )?ends\b[.\s]*[\])]"
    rf"|(?:(?<=[.!?\"”’])[^\S\n]+|(?<=\n)|^)(?:(?:{_PIECE}) )?ends\b\s*(?:[.:—–-]+(?=\s|\Z)|(?=\n|\Z))",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"(?:(?<=\s)|^)(?P<who>(?:[A-Z][\w.-]*\s+){0,4}[A-Z][\w.-]*)[’']s?\s+(?:\w+\s+){0,3}(?:statement|message"
    r"|letter|telegram|reply|note|speech|text|communication|proposal|announcement|comments?|remarks)\b[^.]{0,50}\Z"
)
_FROM = re.compile(
    r"\b(?:from|by|of)\s+(?P<who>(?:the\s+)?[A-Z][^.:;()\[\]]{1,70}?)(?:\s+(?:to|on|dated|reads?|is|was"
    r"|which)\b[^.:]{0,80})?[.:,\s\[(]*\Z"
)
_POST = re.compile(
    r"[—–-]{1,2}\s?(?P<who>[^\n()@]{2,60}?)\s*\(@\w{1,30}\)[^\n]{0,60}\Z|(?P<bare>[A-Z][^\n()@]{2,50}?)\s+@\w{2,30}"
    r"(?:\s+·[^\n]{0,40})?\Z"
)


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A text of somebody else's inside another, from the words that announce it to the mark that ends it."""

    start: int
    end: int
    said: Span
    named: Named | None
    label: Span | None
    form: Literal["text", "post", "memorandum"]
    date: Date | None = None


def quoted_texts(text: str) -> Iterator[QuotedText]:
    """Every text between "Begins" and "Ends", every post above its signature and every memo below its head, in order."""
    yield from sorted([*_begun(text), *_posts(text), *_memos(text)], key=lambda one: one.start)


def _begun(text: str) -> Iterator[QuotedText]:
    at = 0
    while (begins := _BEGINS.search(text, at)) is not None:
        at = begins.end()
        before = text[max(0, begins.start() - 200) : begins.start()]
        before = (
            before.rsplit("\n", 1)[-1] if before.rsplit("\n", 1)[-1].strip(" [(") else before.rstrip(" \n[(").rsplit("\n", 1)[-1]
        )
        owner = _OWNER.search(before.rstrip(" [(:.—–-\n")) or _FROM.search(before.rstrip(" [(:—–-\n"))
        ends = ENDS.search(text, at)
        another = _BEGINS.search(text, at)
        if owner is None and ends is None:
            continue
        last = ends.start() if ends is not None else len(text)
        if another is not None and another.start() < last:
            paragraph = text.rfind("\n", at, another.start())
            last = paragraph if paragraph > at else another.start()
        who = owner["who"].strip() if owner else None
        named = read_author(who) if who else None
        place = text.rfind(who, 0, begins.start()) if who else -1
        content = text[at:last]
        if who is None and (signed := signed_foot(content)) is not None:
            named, span, body = signed
            who, place, content = content[slice(*span)], at + span.start, content[:body]
        if not content.strip() or (who is None and begins.start() < 300):
            continue
        said = Span(at + len(content) - len(content.lstrip()), at + len(content.rstrip()))
        yield QuotedText(
            begins.start() if place < 0 else min(place, begins.start()),
            ends.end() if ends and ends.start() == last else last,
            said,
            named,
            Span(place, place + len(who)) if who and place >= 0 else None,
            "text",
        )
        at = last


def _posts(text: str) -> Iterator[QuotedText]:
    lines = text_lines(text)
    for number, line in enumerate(lines):
        match = _POST.match(text[line.start : line.end].strip())
        if match is None or number == 0:
            continue
        named = read_named(match["who"] or match["bare"])
        if named is None or named.kind not in {"person", "office", "side"}:
            continue
        written = match["who"] or match["bare"]
        at = text.index(written, line.start)
        dates = find_dates(text[line.start : line.end])
        if match["bare"] is not None:
            continue
        block = number - 1
        while block > 0 and text.count("\n", lines[block - 1].end, lines[block].start) == 1:
            block -= 1
        said = Span(lines[block].start, lines[number - 1].end)
        if any(mark in text[said.start : said.start + 2] for mark in '“"„«'):
            continue  # a quotation with its signature: read as such
        yield QuotedText(said.start, line.end, said, named, Span(at, at + len(written)), "post", dates[0].date if dates else None)


_MEMO_LINE = re.compile(r"(?:[A-Z][\w-]*\s+){0,2}memo(?:randum)?\Z", re.IGNORECASE)
_MEMO_FIELD = re.compile(rf"(?P<key>{alternatives(turn_words('letter_field'))})\s*:\s*(?P<value>\S.*)?\Z", re.IGNORECASE)
_TOP = 300
"""Characters at whose end a page's own head is over; a memo that begins before is the page itself."""
_LONGEST_HEAD = 8
"""Lines of a memo's head."""


def _memos(text: str) -> Iterator[QuotedText]:
    """Memos that a page prints below words of its own: a line "Memorandum" with fields below it, one of them the sender's."""
    lines = text_lines(text)
    heads = [
        (number, head)
        for number, line in enumerate(lines)
        if line.start >= _TOP
        and _MEMO_LINE.match(text[slice(*line)].strip())
        and "from" in (head := _memo_head(text, lines[number + 1 : number + 1 + _LONGEST_HEAD]))
        and len(head) > 1
    ]
    for (number, head), following in zip_longest(heads, heads[1:]):
        end = lines[following[0]].start if following is not None else len(text)
        body = [line for line in lines[number + 1 + len(head) :] if line.start < end]
        named = read_author(text[slice(*head["from"])])
        if not body or named is None:
            continue
        dates = find_dates(text[slice(*head["date"])]) if "date" in head else []
        said = Span(body[0].start, body[-1].end)
        yield QuotedText(lines[number].start, said.end, said, named, head["from"], "memorandum", dates[0].date if dates else None)


def _memo_head(text: str, lines: Sequence[Span]) -> dict[str, Span]:
    """The values of the fields that the lines hold one after the other, by their keys in small letters."""
    head: dict[str, Span] = {}
    for line in lines:
        match = _MEMO_FIELD.match(text[slice(*line)].strip())
        if match is None:
            break
        value = match["value"] or ""
        head[match["key"].lower()] = Span(line.end - len(value), line.end)
    return head
