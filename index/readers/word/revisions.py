"""What people did to a Word text and what stands around it: tracked changes, words struck through, comments, heads and feet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.index.language.dates import parse_date
from parley.index.readers.content import tidy
from parley.index.readers.word.blocks import is_struck, paragraph_text
from parley.index.readers.word.numbering import W
from parley.index.types import ReadingWarning

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHANGES = {"ins": "inserted", "del": "deleted", "moveTo": "moved here", "moveFrom": "moved away"}
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite)?\W*\d*\W*(?:of|/)?\W*\d*\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Revisions:
    """Lines to put behind the text, and warnings that tell of them and of what was left out."""

    lines: tuple[str, ...]
    warnings: tuple[ReadingWarning, ...]


def read_revisions(body: _Element, comments: _Element | None, edges: Sequence[_Element]) -> Revisions:
    """Comments, heads and feet as lines; changes and words struck through as warnings, with who made them and when."""
    around = list(dict.fromkeys(line for edge in edges if (line := _edge_text(edge))))
    said = list(_comments(comments)) if comments is not None else []
    lines = (*around, *(f"{author}: {words}" if author else words for author, words, _ in said))
    return Revisions(lines, tuple(_warnings(list(_changes(body)), list(_struck(body)), said, around)))


def undo_changes(body: _Element) -> bool:
    """Take tracked changes back: what was inserted goes, what was deleted or struck through returns. False if there were none."""
    inserted = list(body.iter(f"{W}ins", f"{W}moveTo"))
    deleted = list(body.iter(f"{W}del", f"{W}moveFrom"))
    struck = [run for run in body.iter(f"{W}r") if is_struck(run)]
    for element in inserted:
        _take_out(element, keep=False)
    for element in deleted:
        for words in element.iter(f"{W}delText"):
            words.tag = f"{W}t"
        _take_out(element, keep=True)
    for run in struck:
        for mark in [*run.iter(f"{W}strike", f"{W}dstrike")]:
            _take_out(mark, keep=False)
    return bool(inserted or deleted or struck)


def _take_out(element: _Element, *, keep: bool) -> None:
    """Remove an element from its parent; with `keep`, its children take its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    children = list(element) if keep else []
    parent.remove(element)
    for number, child in enumerate(children):
        parent.insert(place + number, child)


def _edge_text(edge: _Element) -> str:
    """The text of a head or foot on one line; "" if it is nothing but a page number."""
    text = tidy(" ".join(paragraph_text(item) for item in edge.iter(f"{W}p")))
    return "" if _PAGE_NUMBER.fullmatch(text) else text


def _comments(root: _Element) -> Iterator[tuple[str, str, str]]:
    """Author, words and day of each comment."""
    for comment in root.iter(f"{W}comment"):
        words = tidy(" ".join(paragraph_text(item) for item in comment.iter(f"{W}p")))
        if words:
            yield comment.get(f"{W}author", "").strip(), words, _day(comment)


def _changes(body: _Element) -> Iterator[str]:
    """Each tracked change: who, when, what."""
    for element in body.iter(*(f"{W}{name}" for name in _CHANGES)):
        words = tidy("".join(piece.text or "" for piece in element.iter(f"{W}t", f"{W}delText")))
        if words:
            told = _CHANGES[str(element.tag).removeprefix(W)]
            yield f"{_who(element)}: {told} “{words}”"


def _struck(body: _Element) -> Iterator[str]:
    """Runs of words struck through, those that follow one another together."""
    for paragraph in body.iter(f"{W}p"):
        words = ""
        for run in paragraph.iter(f"{W}r"):
            if is_struck(run):
                words += "".join(piece.text or "" for piece in run.iter(f"{W}t"))
            elif words and tidy("".join(piece.text or "" for piece in run.iter(f"{W}t"))):
                yield tidy(words)
                words = ""
        if tidy(words):
            yield tidy(words)


def _who(element: _Element) -> str:
    author = element.get(f"{W}author", "").strip() or "unknown author"
    day = _day(element)
    return f"{author}, {day}" if day else author


def _day(element: _Element) -> str:
    day = parse_date(element.get(f"{W}date", "")[:10])
    return day.isoformat() if day else ""


def _warnings(
    changes: list[str], struck: list[str], comments: list[tuple[str, str, str]], around: list[str]
) -> Iterator[ReadingWarning]:
    if changes:
        told = f"{len(changes)} tracked changes were taken as accepted: the text is the final one, what was deleted is not in it."
        yield ReadingWarning("tracked_changes", told, tuple(changes))
    if struck:
        told = f"Left out, since struck through: {len(struck)}."
        yield ReadingWarning("struck_through", told, tuple(f"“{words}”" for words in struck))
    if comments:
        told = f"{len(comments)} comments stand at the end of the text, each behind its author's name."
        details = tuple(f"{author or 'unknown author'}{', ' + day if day else ''}: {words}" for author, words, day in comments)
        yield ReadingWarning("comments", told, details)
    if around:
        yield ReadingWarning("headers", f"{len(around)} heads and feet of pages stand at the end of the text.", tuple(around))
