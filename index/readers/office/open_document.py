"""OpenDocument texts (.odt): headings, lists, tables and notes; tracked changes as accepted, comments at the end."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.containers.packages import open_package
from parley.index.readers.content import HOLLOW_TITLES, Block, Content, Findings, drop_invisible, join_blocks, tidy
from parley.index.readers.office.cells import row_text
from parley.index.types import Metadata, ReadingWarning

if TYPE_CHECKING:
    from odfdo import Document, Element

_TEXT = "a text in the OpenDocument format (.odt)"
_HOLDERS = ("text:section", "text:index-body", "text:table-of-content", "draw:text-box", "draw:frame", "text:note-body")
_STRUCK = ("style:text-line-through-style", "none")
_HIDDEN = ("text:display", "true")
"""The property of a style, and the value that means that there is nothing of the kind."""

_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_SPACES = {"text:tab": "\t", "text:line-break": "\n", "text:soft-page-break": ""}


@dataclass(slots=True)
class _Aside:
    """What stands beside the running text (notes, comments, tracked changes), and what of it is no text (struck, hidden)."""

    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck_styles: frozenset[str] = frozenset()
    hidden_styles: frozenset[str] = frozenset()


def read_open_document(data: bytes, name: str) -> Content:
    """Read a .odt file. Raises ReadError if it is damaged, protected or no text."""
    open_package(data, name, kind=_TEXT, mark="content.xml").close()
    document = _open(data, name)
    aside = _Aside(struck_styles=_styles(document, *_STRUCK), hidden_styles=_styles(document, *_HIDDEN))
    body = list(_blocks(document.body, aside))
    text, headings = join_blocks([*body, *map(Block, aside.notes), *map(Block, aside.comments)])
    return Content(text, _metadata(document), headings, warnings=tuple(_warnings(aside)))


def _open(data: bytes, name: str) -> Document:
    from lxml.etree import LxmlError
    from odfdo import Document

    wrong_parts = (AttributeError, TypeError, KeyError, ValueError, NotImplementedError, zipfile.BadZipFile, EOFError, OSError)
    try:
        document = Document(io.BytesIO(data))
        _ = document.body.children, document.meta
    except (LxmlError, *wrong_parts) as error:
        msg = f"{name} is damaged: its contents cannot be read as {_TEXT}. Open and save it anew, or get it again."
        raise ReadError(msg) from error
    return document


def _styles(document: Document, attribute: str, *nothing: str) -> frozenset[str]:
    """Names of the styles whose text has a property, other than the values that mean nothing."""
    found = set()
    for part in (document.content, document.styles):
        for style in part.get_elements("//style:style"):
            values = [item.get_attribute_string(attribute) for item in style.get_elements("style:text-properties")]
            if any(value and value not in nothing for value in values):
                found.add(style.get_attribute_string("style:name") or "")
    return frozenset(found)


def _blocks(parent: Element, aside: _Aside) -> Iterator[Block]:
    for child in parent.children:
        if child.tag == "text:h":
            yield Block(_words(child, aside).replace("\n", " "), int(child.get_attribute_string("text:outline-level") or 1))
        elif child.tag == "text:p":
            yield Block(_words(child, aside))
        elif child.tag == "text:list":
            yield Block("\n".join(_items(child, aside)))
        elif child.tag == "table:table":
            yield Block("\n".join(_table_rows(child, aside)))
        elif child.tag == "text:tracked-changes":
            aside.changes += _changes(child)
        elif child.tag in _HOLDERS:
            yield from _blocks(child, aside)


def _words(element: Element, aside: _Aside) -> str:
    """What a paragraph shows; its notes and comments go aside."""
    pieces = _pieces(element, aside)
    return drop_invisible("".join(pieces)).replace("\u00a0", " ").strip()


def _inner(child: Element, aside: _Aside) -> str:
    if child.tag == "text:s":
        return " " * int(child.get_attribute_string("text:c") or 1)
    if child.tag in _SPACES:
        return _SPACES[child.tag]
    if child.tag == "text:note":
        for body in child.get_elements("text:note-body"):
            aside.notes.append("\n".join(block.text for block in _blocks(body, aside)))
        return ""
    if child.tag == "office:annotation":
        author = "".join(item.text or "" for item in child.get_elements("dc:creator"))
        words = tidy(" ".join(_words(item, aside) for item in child.get_elements("descendant::text:p")))
        if words:
            aside.comments.append(f"{author}: {words}" if author else words)
        return ""
    if child.tag in ("draw:frame", "draw:text-box"):
        return "\n".join(block.text for block in _blocks(child, aside))
    words, style = _words_kept(child, aside), child.get_attribute_string("text:style-name") or ""
    for styles, gathered in ((aside.struck_styles, aside.struck), (aside.hidden_styles, aside.hidden)):
        if style in styles and words.strip():
            gathered.append(f"“{tidy(words)}”")
            return ""
    return words


def _words_kept(element: Element, aside: _Aside) -> str:
    """The text of a span as it is, with the spaces at its ends."""
    return "".join(_pieces(element, aside))


def _pieces(element: Element, aside: _Aside) -> list[str]:
    pieces = [_one_space(element.text)]
    for child in element.children:
        pieces += (_inner(child, aside), _one_space(child.tail))
    return pieces


def _one_space(text: str | None) -> str:
    """White space of the file, which counts as one space however long it is."""
    return _WHITE_SPACE.sub(" ", text or "")


def _items(parent: Element, aside: _Aside, depth: int = 0) -> Iterator[str]:
    for item in parent.children:
        for child in item.children:
            if child.tag == "text:list":
                yield from _items(child, aside, depth + 1)
            elif child.tag in ("text:p", "text:h") and (words := _words(child, aside)):
                yield f"{'  ' * depth}- {words}"


def _table_rows(table: Element, aside: _Aside) -> Iterator[str]:
    for row in table.get_elements("descendant::table:table-row"):
        cells = []
        for cell in row.children:
            if cell.tag == "table:table-cell":
                cells.append(" ".join(block.text for block in _blocks(cell, aside) if block.text))
            elif cell.tag == "table:covered-table-cell":
                cells.append("")
        if told := row_text(cells):
            yield told


def _changes(tracked: Element) -> Iterator[str]:
    """Each tracked change: who, when, and what was deleted; what was inserted stands in the text."""
    for region in tracked.get_elements("text:changed-region"):
        for change in region.children:
            author = "".join(item.text or "" for item in change.get_elements("descendant::dc:creator")) or "unknown author"
            day = "".join(item.text or "" for item in change.get_elements("descendant::dc:date"))[:10]
            kind = {"text:insertion": "inserted", "text:deletion": "deleted"}.get(change.tag, "changed")
            words = tidy(" ".join(item.inner_text for item in change.get_elements("text:p")))
            yield f"{author}{', ' + day if day else ''}: {kind}{f' “{words}”' if words else ''}"


def _warnings(aside: _Aside) -> Iterator[ReadingWarning]:
    if aside.changes:
        told = f"{len(aside.changes)} tracked changes were taken as accepted: what was deleted is not in the text."
        yield ReadingWarning("tracked_changes", told, tuple(aside.changes))
    if aside.struck:
        told = f"Left out, since struck through: {len(aside.struck)}."
        yield ReadingWarning("struck_through", told, tuple(aside.struck))
    if aside.hidden:
        yield ReadingWarning("hidden", f"{len(aside.hidden)} hidden passages were left out.", tuple(aside.hidden))
    if aside.comments:
        told = f"{len(aside.comments)} comments stand at the end of the text, each behind its author's name."
        yield ReadingWarning("comments", told, tuple(aside.comments))


def _metadata(document: Document) -> Metadata:
    findings = Findings()
    title = document.meta.title or ""
    if not HOLLOW_TITLES.fullmatch(title.strip() or "untitled"):
        findings.add("title", title, "OpenDocument property title")
    findings.add("author", document.meta.initial_creator or document.meta.creator, "OpenDocument property author")
    language = document.meta.language or ""
    findings.add("language", language[:2].lower(), "OpenDocument property language")
    return findings.metadata()
