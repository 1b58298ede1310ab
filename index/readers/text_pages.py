"""Plain text that was printed on pages: numbers of pages and running heads and feet are left out, sentences go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—\[]\s*)?(?:page\s+|p\.\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\s*(?:[-–—\]]\s*)?", re.IGNORECASE
)
_WITH_SYMBOL = re.compile(r"\s*\S{1,24}\s+\d{1,4}/\d{1,4}\s*|\s*.{0,60}\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’»)\]]*\s*$")
_DEEP = 3
"""Lines at each edge of a page that may be a running head or foot."""

_LONGEST = 160
_FEWEST = 2


def drop_page_furniture(text: str) -> str:
    """The text without page numbers, running heads and feet.

    Pages are parted by form feeds; without these, by lines with rising page numbers. A line at the edge of a page goes if it is
    a page number, or stands there on two pages or more, and on three in ten, but for its numbers.
    """
    pages = text.split("\f") if "\f" in text else _numbered_pages(text)
    if len(pages) < _FEWEST:
        return text
    running = _running(pages)
    return _joined([_without_edges(page, running, is_first=number == 0) for number, page in enumerate(pages)])


def _numbered_pages(text: str) -> list[str]:
    """The text cut behind its lines that hold page numbers; whole if these do not rise, or stand among other lines."""
    lines = text.split("\n")
    alone = [
        number
        for number, line in enumerate(lines)
        if line.strip()
        and (_PAGE_NUMBER.fullmatch(line) or _WITH_SYMBOL.fullmatch(line))
        and not any(near.strip() for near in (lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]))
    ]
    values = [int(_NUMBER.findall(_last_part(lines[number]))[0]) for number in alone if _NUMBER.search(_last_part(lines[number]))]
    rising = len(values) == len(alone) and all(other - one == 1 for one, other in pairwise(values))
    if len(alone) < _FEWEST or not rising or not _alike([lines[number] for number in alone]):
        return [text]
    borders = [0, *(number + 1 for number in alone)]
    pages = ["\n".join(lines[start:end]) for start, end in pairwise([*borders, len(lines)])]
    return [page for page in pages if page.strip()]


def _last_part(line: str) -> str:
    """What of a line holds the page's number: "24-07683 1/3" is page 1."""
    found = re.search(r"\d{1,4}\s*/\s*\d{1,4}\s*$|\d{1,4}(?=\s+of\s+\d)|\d{1,4}\D*$", line)
    return found.group() if found else line


def _alike(lines: Sequence[str]) -> bool:
    return len({_key(line) for line in lines}) == 1


def _running(pages: Sequence[str]) -> frozenset[str]:
    """Keys of the lines that recur at the edges of pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        seen.update({_key(line) for line in (*lines[:_DEEP], *lines[-_DEEP:]) if len(line) <= _LONGEST})
    least = max(_FEWEST, -(-len(pages) * 3 // 10))
    return frozenset(key for key, count in seen.items() if count >= least)


def _key(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line).casefold().split())


def _without_edges(page: str, running: frozenset[str], *, is_first: bool) -> str:
    """A page without its running head and foot; above the first page stands what may be the title."""
    lines = page.split("\n")
    for step in (-1,) if is_first else (1, -1):
        order = range(len(lines)) if step == 1 else range(len(lines) - 1, -1, -1)
        left = _DEEP
        for number in order:
            if not lines[number].strip():
                continue
            if left == 0 or not (_PAGE_NUMBER.fullmatch(lines[number]) or _key(lines[number]) in running):
                break
            lines[number] = ""
            left -= 1
    return "\n".join(lines).strip("\n")


def _joined(pages: Sequence[str]) -> str:
    """The pages one after the other; a sentence that runs over a page's end is not parted."""
    text = ""
    for page in pages:
        if not page.strip():
            continue
        goes_on = bool(text) and not _SENTENCE_END.search(text) and page.lstrip()[:1].islower()
        text = f"{text}\n{page.lstrip()}" if goes_on else f"{text}\n\n{page}" if text else page
    return text


_MOST_HEAD_WORDS = 24
_FEWEST_HEAD_WORDS = 5
_CLEAR_HEAD_WORDS = 8
"""Words of a head from which two paragraphs that begin with it are enough."""


def without_heads(paragraphs: Sequence[str], titles: frozenset[int] = frozenset()) -> list[str]:
    """Paragraphs without the running heads that they begin with, joined to the one before where its sentence goes on.

    `titles` are the places of headings, which stay.

    A head recurs on three paragraphs or more (a long one on two) but for its numbers, of which one stays (a date) and one rises
    (the page).
    """
    starts = [
        [(word, _NUMBER.sub("#", word).casefold()) for word in text.split()[: 0 if number in titles else _MOST_HEAD_WORDS]]
        for number, text in enumerate(paragraphs)
    ]
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(starts):
        for length in range(_FEWEST_HEAD_WORDS, len(words) + 1):
            groups.setdefault(tuple(key for _, key in words[:length]), []).append(number)
    heads: dict[int, int] = {}
    for key, members in groups.items():
        enough = len(members) > _FEWEST or (len(members) == _FEWEST and len(key) >= _CLEAR_HEAD_WORDS)
        if enough and _counts_pages([[word for word, _ in starts[number][: len(key)]] for number in members]):
            heads |= {number: max(len(key), heads.get(number, 0)) for number in members}
    kept: list[str] = []
    for number, text in enumerate(paragraphs):
        rest = text.split(maxsplit=heads[number])[heads[number] :] if number in heads else [text]
        if not rest:
            continue
        goes_on = number in heads and bool(kept) and not _SENTENCE_END.search(kept[-1]) and not _SENTENCE_END.search(rest[0][:1])
        if goes_on:
            kept[-1] = f"{kept[-1].rstrip()} {rest[0]}"
        else:
            kept.append(rest[0])
    return kept


def _counts_pages(heads: Sequence[Sequence[str]]) -> bool:
    """Whether of the numbers in heads that are otherwise alike one stays the same and one rises."""
    columns = zip(*(_NUMBER.findall(" ".join(head)) for head in heads), strict=False)
    numbers = [[int(value) for value in column] for column in columns]
    stays = any(len(set(column)) == 1 for column in numbers)
    rises = any(all(0 < other - one <= 4 for one, other in pairwise(column)) for column in numbers)
    return stays and rises
