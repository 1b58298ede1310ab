"""The blocks of a Word file's body: paragraphs, headings, lists and tables as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.index.readers.content import Block, drop_invisible
from parley.index.readers.word.numbering import Numbering, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "delText")} | {_FALLBACK}
)
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LIST_MARKER = re.compile(r"-|\(?(?:\d{1,3}|[a-z])[.)]")
_MOST_BASES = 10


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style sets: outline level from 1, and list id and list level for numbered ones."""

    level: int | None = None
    list_id: str | None = None
    list_level: int = 0


def body_blocks(body: _Element, style_root: _Element | None, numbering_root: _Element | None) -> Iterator[Block]:
    """Blocks in document order; consecutive list items form one block with an item on each line."""
    styles = _read_styles(style_root)
    numbering = Numbering(numbering_root)
    items: list[str] = []
    for element in _block_elements(body):
        block, is_item = _read_block(element, styles, numbering)
        if is_item:
            items.append(block.text)
            continue
        if items and block.text:
            yield Block("\n".join(items))
            items = []
        yield block
        for box in _text_boxes(element):
            yield Block(box)
    yield Block("\n".join(items))


def paragraph_text(paragraph: _Element) -> str:
    """What a reader sees as live text: insertions in; deletions, words struck through, field codes and hidden runs out."""
    pieces: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or (element.tag == f"{W}r" and (_is_hidden(element) or is_struck(element))):
            continue
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in _CHARACTERS:
            is_page_break = element.get(f"{W}type") in ("page", "column")
            pieces.append(" " if is_page_break else _CHARACTERS[element.tag])
        else:
            stack.extend(reversed(element))
    lines = drop_invisible("".join(pieces)).replace("\u00a0", " ").split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


def _read_block(element: _Element, styles: dict[str, _Style], numbering: Numbering) -> tuple[Block, bool]:
    """The block of a paragraph or table, and whether it is an item of a list."""
    if element.tag == f"{W}tbl":
        return Block(_table_text(element)), False
    text = paragraph_text(element)
    style = _style_of(element, styles)
    if style.list_id is None or style.list_id == "0" or not text.strip():
        return Block(text, style.level), False
    label = numbering.label(style.list_id, style.list_level)
    labelled = f"{label} {text}" if label else text
    is_item = style.level is None and bool(_LIST_MARKER.fullmatch(label))
    return Block("  " * style.list_level + labelled if is_item else labelled, style.level), is_item


def _block_elements(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, also those in content controls and tracked insertions, which python-docx passes over."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}:
            yield from _block_elements(child)


def is_struck(run: _Element) -> bool:
    """Whether the words of a run are struck through."""
    return _is_set(run, "strike") or _is_set(run, "dstrike")


def _is_hidden(run: _Element) -> bool:
    return _is_set(run, "vanish")


def _is_set(run: _Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off")


def _text_boxes(element: _Element) -> list[str]:
    boxes = [box for box in element.iter(f"{W}txbxContent") if not any(up.tag == _FALLBACK for up in box.iterancestors())]
    return ["\n".join(paragraph_text(paragraph) for paragraph in box.iter(f"{W}p")).strip() for box in boxes]


def _table_text(table: _Element) -> str:
    """Rows as lines, cells separated by " | "; a table inside a cell is read as the cell's text."""
    lines = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells = [
            " ".join(filter(None, (paragraph_text(item).replace("\n", " ").strip() for item in cell.iter(f"{W}p"))))
            for cell in row.iter(f"{W}tc")
            if next(cell.iterancestors(f"{W}tr")) is row
        ]
        if any(cells):
            lines.append(" | ".join(cells))
    return "\n".join(lines)


def _read_styles(root: _Element | None) -> dict[str, _Style]:
    elements = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")} if root is not None else {}
    return {identifier: _resolve_style(identifier, elements) for identifier in elements}


def _resolve_style(identifier: str, elements: dict[str, _Element]) -> _Style:
    """A style's own settings, completed by the styles it is based on."""
    level, list_id, list_level = None, None, 0
    for _ in range(_MOST_BASES):
        element = elements.get(identifier)
        if element is None:
            break
        level = level if level is not None else _heading_level(element)
        if list_id is None:
            list_id, list_level = _list_of(element)
        identifier = _value(element, "basedOn") or ""
    return _Style(level or None, list_id, list_level)


def _heading_level(style: _Element) -> int | None:
    """Level from 1 by the built-in name, which Word keeps in English in every language, or by outline level; 0 for body text."""
    name = (_value(style, "name") or "").lower()
    heading = re.fullmatch(r"heading ([1-9])", name)
    if heading or name == "title":
        return int(heading[1]) if heading else 1
    return _outline_level(style)


def _outline_level(element: _Element) -> int | None:
    value = _value(element, f"pPr/{W}outlineLvl")
    if value is None or not value.isdigit():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def _list_of(element: _Element) -> tuple[str | None, int]:
    level = _value(element, f"pPr/{W}numPr/{W}ilvl") or "0"
    return _value(element, f"pPr/{W}numPr/{W}numId"), int(level) if level in "012345678" else 0


def _style_of(paragraph: _Element, styles: dict[str, _Style]) -> _Style:
    """What holds for a paragraph: its own settings over those of its style."""
    style = styles.get(_value(paragraph, f"pPr/{W}pStyle") or "", _Style())
    level = _outline_level(paragraph)
    list_id, list_level = _list_of(paragraph)
    return _Style(
        style.level if level is None else level or None,
        style.list_id if list_id is None else list_id,
        style.list_level if list_id is None else list_level,
    )


def _value(element: _Element, path: str) -> str | None:
    found = element.find(f"{W}{path}")
    return str(found.get(f"{W}val", "")) if found is not None else None
