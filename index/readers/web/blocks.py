"""A parsed page as paragraphs, headings, lists and tables, in the order in which a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from parley.index.errors import ReadError
from parley.index.readers.content import Block, drop_invisible
from parley.index.readers.numerals import format_number

_BLOCK_TAG_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre search section summary table tbody td tfoot th"
    " thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCK_TAG_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHITE_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LAYOUT_CONTENT = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "form"]
_DEEPEST_LIST = 8
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

Kind = Literal["text", "item", "table"]


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block with the element that it was made from, to judge it by its place in the page."""

    block: Block
    element: Tag
    kind: Kind = "text"


def parse_html(source: str, name: str) -> BeautifulSoup:
    """Parse a page leniently; nothing is fetched and no external entity is resolved.

    Raises ReadError, with the file's `name`, where the page has absurdly many elements.
    """
    try:
        return _BoundedSoup(source, "lxml")
    except _TooManyElementsError as error:
        msg = f"{name} has more than {MOST_ELEMENTS} elements. Split it into parts, or save it as text from the browser."
        raise ReadError(msg) from error


MOST_ELEMENTS = 300_000
"""Elements of a page; the largest of 1,200 saved articles and records has below 20,000."""

MOST_DEEP = 300
"""Elements within one another, from which on further ones are taken for their text alone; browsers stop at 512."""


class _TooManyElementsError(Exception):
    """A page has more elements than are read."""


class _BoundedSoup(BeautifulSoup):
    """A page that does not grow deeper than `MOST_DEEP`: what looks around an element then costs little, however it is made."""

    def reset(self) -> None:
        """Called before parsing."""
        super().reset()
        self._kept: list[bool] = []
        self._count = 0

    def handle_starttag(self, name: str, *others: Any, **named: Any) -> Tag | None:  # noqa: ANN401  (as the parser calls it)
        """An element begins."""
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _TooManyElementsError
        self._kept.append(len(self._kept) < MOST_DEEP or name in ("br", "p"))
        return super().handle_starttag(name, *others, **named) if self._kept[-1] else None

    def handle_endtag(self, name: str, *others: Any, **named: Any) -> None:  # noqa: ANN401
        """The element that began last and has not ended ends."""
        if not self._kept or self._kept.pop():
            super().handle_endtag(name, *others, **named)


def read_blocks(root: Tag) -> list[HtmlBlock]:
    """The blocks below `root` in reading order; the items of a list form one block, and so do the rows of a table."""
    collector = _Collector(root)
    for event, node in _walk(root):
        if event == "exit":
            collector.leave(node)
        elif isinstance(node, Tag):
            collector.enter(node)
        else:
            collector.add_text(str(node))
    collector.flush(root)
    return _merge_items(collector.blocks)


def _walk(root: Tag) -> Iterator[tuple[Literal["enter", "exit"], Tag | NavigableString]]:
    """Enter and leave events in document order, without recursion: pages may be nested arbitrarily deep."""
    stack: list[tuple[Literal["enter", "exit"], Tag | NavigableString]] = [("enter", root)]
    while stack:
        event, node = stack.pop()
        yield event, node
        if event == "enter" and isinstance(node, Tag):
            stack.append(("exit", node))
            if not _is_data_table(node):
                children = [child for child in node.contents if isinstance(child, (Tag, NavigableString))]
                stack.extend(("enter", child) for child in reversed(children))


class _Collector:
    """Gathers inline text until a block-level element begins or ends."""

    def __init__(self, root: Tag) -> None:
        self.blocks: list[HtmlBlock] = []
        self._pieces: list[str] = []
        self._element = root
        self._marker = ""
        self._lists: list[tuple[Tag, int]] = []
        self._items = 0
        self._preformatted = 0

    def add_text(self, text: str) -> None:
        visible = drop_invisible(text)
        self._pieces.append(visible if self._preformatted else _WHITE_SPACE.sub(" ", visible))

    def enter(self, tag: Tag) -> None:
        if tag.name == "br":
            self._pieces.append("\n")
        elif tag.name == "q":
            self._pieces.append("“")
        elif tag.name == "wbr":
            return
        if tag.name not in _BLOCK_TAGS:
            return
        self.flush(self._element)
        self._element = tag
        if _is_data_table(tag):
            rows = _table_text(tag)
            self.blocks.append(HtmlBlock(Block(rows), tag, "table"))
        elif tag.name in ("ul", "ol"):
            self._lists.append((tag, _whole_number(tag.get("start"), 1)))
        elif tag.name == "li":
            self._enter_item(tag)
        elif tag.name == "pre":
            self._preformatted += 1

    def leave(self, node: Tag | NavigableString) -> None:
        if not isinstance(node, Tag):
            return
        if node.name == "q":
            self._pieces.append("”")
        if node.name not in _BLOCK_TAGS:
            return
        self.flush(node)
        self._element = node.parent or node
        if node.name in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif node.name == "li":
            self._items -= 1
            self._marker = ""
        elif node.name == "pre":
            self._preformatted -= 1

    def flush(self, element: Tag) -> None:
        """Close the paragraph gathered so far; two line breaks in a row separate paragraphs as well."""
        content = "".join(self._pieces)
        self._pieces.clear()
        if self._preformatted:
            if content.strip():
                self._append_listing(content.strip("\n").rstrip(), element)
            return
        lines = "\n".join(_WHITE_SPACE.sub(" ", line).strip() for line in content.split("\n"))
        for paragraph in re.split(r"\n{2,}", lines.strip("\n")):
            if paragraph.strip():
                self._append(paragraph.strip("\n"), element)

    def _append_listing(self, content: str, element: Tag) -> None:
        """What keeps its lines; within a list it is the text of an item, which has its mark."""
        if self._items and self._marker:
            lines = [line.strip() for line in content.split("\n")]
            self.blocks.append(HtmlBlock(Block(self._marker + "\n".join(lines)), element, "item"))
            self._marker = ""
        else:
            self.blocks.append(HtmlBlock(Block(content), element))

    def _append(self, paragraph: str, element: Tag) -> None:
        level = _heading_level(element)
        if level is not None:
            self.blocks.append(HtmlBlock(Block(paragraph.replace("\n", " "), level), element))
        elif self._items:
            indent = "  " * (min(len(self._lists), _DEEPEST_LIST) - 1)
            self.blocks.append(HtmlBlock(Block(indent + self._marker + paragraph), element, "item"))
            self._marker = ""
        else:
            self.blocks.append(HtmlBlock(Block(paragraph), element))

    def _enter_item(self, tag: Tag) -> None:
        self._items += 1
        self._marker = "- "
        if self._lists and self._lists[-1][0].name == "ol":
            parent, number = self._lists[-1]
            number = _whole_number(tag.get("value"), number)
            self._lists[-1] = (parent, number + 1)
            self._marker = f"{format_number(number, _KINDS.get(str(parent.get('type')), 'decimal'))}. "


def _heading_level(element: Tag) -> int | None:
    """The level of the heading that `element` is or lies in, else `None`."""
    for tag in [element, *element.parents]:
        if tag.name in _HEADINGS:
            return _HEADINGS[tag.name]
        if tag.get("role") == "heading":
            return _whole_number(tag.get("aria-level"), 2)
        if tag.name in ("li", "td", "article", "section", "main", "body"):
            return None
    return None


def _merge_items(blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    merged: list[HtmlBlock] = []
    for block in blocks:
        previous = merged[-1] if merged else None
        if previous and block.kind == previous.kind == "item" and _outermost_list(block) is _outermost_list(previous):
            joined = Block(f"{previous.block.text}\n{block.block.text}")
            merged[-1] = HtmlBlock(joined, previous.element, "item")
        else:
            merged.append(block)
    return merged


def _outermost_list(block: HtmlBlock) -> Tag | None:
    lists = [tag for tag in [block.element, *block.element.parents] if tag.name in ("ul", "ol")]
    return lists[-1] if lists else None


def _is_data_table(tag: Tag) -> bool:
    """Whether a table holds data: tables that only arrange a page hold headings, lists, tables or a single cell."""
    if tag.name != "table" or tag.get("role") in ("presentation", "none") or tag.find(_LAYOUT_CONTENT):
        return False
    return len(tag.find_all(["td", "th"], limit=2)) > 1 and not any(
        len(cell.find_all("p", limit=3)) > 2 for cell in tag.find_all("td")
    )


def _table_text(table: Tag) -> str:
    caption = table.find("caption")
    lines = [_inline_text(caption)] if isinstance(caption, Tag) else []
    for row in table.find_all("tr"):
        cells = [_inline_text(cell) for cell in row.find_all(["td", "th"])]
        if any(cells):
            lines.append(" | ".join(cells))
    return "\n".join(line for line in lines if line)


def _inline_text(element: Tag) -> str:
    return _WHITE_SPACE.sub(" ", drop_invisible(element.get_text(" " if element.find(["br", "p", "div"]) else ""))).strip()


def _whole_number(value: object, default: int) -> int:
    return int(str(value)) if re.fullmatch(r"-?\d{1,6}", str(value)) else default
