"""Word files (.docx): text as it stands with tracked changes accepted, headings by style, lists, tables, footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from index.errors import ReadError
from index.readers.content import Block, Content, Findings, drop_invisible, join_blocks
from index.types import Metadata

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LARGEST_CONTENT = 500 * 1024 * 1024
_LARGEST_RATIO = 100
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _CHOICE})
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HOLLOW_TITLES = re.compile(r"(?i)word document|untitled\b.*|document\d*|microsoft word\b.*|.*\.(?:docx?|rtf|odt|pdf|tex|indd)")
_TEMPLATE_DATE = datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001  (core properties are read without a zone)
"""What python-docx leaves in `created` when the program that used it set nothing."""


def read_word(data: bytes, name: str) -> Content:
    """Read a .docx file. Raises ReadError if it is damaged, protected, no Word file, or unpacks to an absurd size."""
    _check_package(data, name)
    document = _open(data, name)
    blocks = list(_body_blocks(document)) + _footnotes(document)
    text, headings = join_blocks(blocks)
    return Content(text, _properties(document, blocks), headings)


def _check_package(data: bytes, name: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        msg = f"{name} is protected by a password or is an old .doc file. Open it in Word, save it without password as .docx, and add that."
        raise ReadError(msg)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        msg = f"{name} is damaged or cut off: it is not a complete Word file. Get it again, or open and save it in Word."
        raise ReadError(msg) from error
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked // max(1, len(data))
    is_bomb = (
        unpacked > _LARGEST_CONTENT or (unpacked > _RATIO_MATTERS_FROM and ratio > _LARGEST_RATIO) or len(entries) > _MOST_PARTS
    )
    if is_bomb:
        msg = (
            f"{name} would unpack to {unpacked // 1024**2} MB in {len(entries)} parts, {ratio} times its size; at most "
            f"{_LARGEST_CONTENT // 1024**2} MB, {_MOST_PARTS} parts and {_LARGEST_RATIO} times are read. Save it anew in Word without embedded files."
        )
        raise ReadError(msg)
    if "word/document.xml" not in {entry.filename for entry in entries}:
        msg = f"{name} is a zip archive but no Word file. Unpack it and add the documents in it."
        raise ReadError(msg)


def _open(data: bytes, name: str) -> WordDocument:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return Document(io.BytesIO(data))
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        msg = f"{name} is damaged: its contents cannot be read as a Word file. Open and save it in Word, or get it again."
        raise ReadError(msg) from error


def _body_blocks(document: WordDocument) -> Iterator[Block]:
    levels = _style_levels(document)
    items: list[str] = []
    for element in _block_elements(document.element.body):
        text = _table_text(element) if element.tag == f"{_W}tbl" else _paragraph_text(element)
        if element.tag == f"{_W}p" and text.strip() and _is_item(element, levels):
            items.append(f"- {text.strip()}")
            continue
        if items:
            yield Block("\n".join(items))
            items = []
        if text.strip():
            yield Block(text.strip(), _level(element, levels))
        for box in _text_boxes(element):
            yield Block(box)
    if items:
        yield Block("\n".join(items))


def _block_elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those in content controls and tracked insertions, which python-docx passes over."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _block_elements(child)


def _paragraph_text(paragraph: Any) -> str:
    """What a reader sees: insertions in, deletions, field codes and hidden runs out."""
    pieces: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag in _LEFT_OUT or (element.tag == f"{_W}r" and _is_hidden(element)):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _CHARACTERS:
            is_page_break = element.get(f"{_W}type") in ("page", "column")
            pieces.append(" " if is_page_break else _CHARACTERS[element.tag])
        else:
            stack.extend(reversed(element))
    return drop_invisible("".join(pieces)).replace("\u00a0", " ")


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off")


def _text_boxes(element: Any) -> list[str]:
    boxes = [box for box in element.iter(f"{_W}txbxContent") if not any(up.tag == _CHOICE for up in box.iterancestors())]
    return ["\n".join(_paragraph_text(paragraph) for paragraph in box.iter(f"{_W}p")).strip() for box in boxes]


def _table_text(table: Any) -> str:
    lines = []
    for row in table.iter(f"{_W}tr"):
        cells = [
            " ".join(filter(None, (_paragraph_text(item).strip() for item in cell.iter(f"{_W}p"))))
            for cell in row.iter(f"{_W}tc")
            if next(cell.iterancestors(f"{_W}tr")) is row
        ]
        if any(cells) and next(row.iterancestors(f"{_W}tbl")) is table:
            lines.append(" | ".join(cell.replace("\n", " ") for cell in cells))
    return "\n".join(lines)


def _style_levels(document: WordDocument) -> dict[str, int]:
    """Outline level by style id; 0 marks list styles. A style inherits from the one it is based on."""
    styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
    return {identifier: level for identifier in styles if (level := _style_level(identifier, styles)) is not None}


def _style_level(identifier: str | None, styles: dict[str, Any]) -> int | None:
    for _ in range(10):
        style = styles.get(identifier or "")
        if style is None:
            return None
        name = style.find(f"{_W}name").get(f"{_W}val", "").lower() if style.find(f"{_W}name") is not None else ""
        heading = re.fullmatch(r"heading (\d)", name)
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if heading:
            return int(heading[1])
        if name == "title":
            return 1
        if outline is not None and outline.get(f"{_W}val", "9") in "012345678":
            return int(outline.get(f"{_W}val")) + 1
        if name.startswith("list ") or style.find(f"{_W}pPr/{_W}numPr") is not None:
            return 0
        based_on = style.find(f"{_W}basedOn")
        identifier = based_on.get(f"{_W}val") if based_on is not None else None
    return None


def _level(element: Any, levels: dict[str, int]) -> int | None:
    if element.tag != f"{_W}p":
        return None
    outline = element.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and outline.get(f"{_W}val", "9") in "012345678":
        return int(outline.get(f"{_W}val")) + 1
    return levels.get(_style_of(element)) or None


def _is_item(element: Any, levels: dict[str, int]) -> bool:
    if _level(element, levels) is not None:
        return False
    return element.find(f"{_W}pPr/{_W}numPr") is not None or levels.get(_style_of(element)) == 0


def _style_of(element: Any) -> str:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return str(style.get(f"{_W}val", "")) if style is not None else ""


def _footnotes(document: WordDocument) -> list[Block]:
    """Footnotes and endnotes as paragraphs at the end, in order; separators are no notes."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    notes: list[Block] = []
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("footnotes", "endnotes") or relation.is_external:
            continue
        try:
            root = fromstring(relation.target_part.blob, XMLParser(resolve_entities=False, no_network=True))
        except XMLSyntaxError:
            continue
        for note in root:
            if note.get(f"{_W}type") in (None, "normal"):
                notes.append(Block(" ".join(_paragraph_text(item).strip() for item in note.iter(f"{_W}p")).strip()))
    return notes


def _properties(document: WordDocument, blocks: list[Block]) -> Metadata:
    properties = document.core_properties
    findings = Findings()
    if not _HOLLOW_TITLES.fullmatch((properties.title or "").strip() or "untitled"):
        findings.add("title", properties.title, "Word property title")
    heading = next((block.text for block in blocks if block.level == 1), "")
    findings.add("title", heading.replace("\n", " "), "first heading")
    if properties.author != "python-docx":
        findings.add("author", properties.author, "Word property author")
    created = properties.created
    if created is not None and created.replace(tzinfo=None) != _TEMPLATE_DATE and created.year >= 1990:
        findings.add_date(created.date(), "Word property created (when the file was made)")
    if re.match(r"[A-Za-z]{2}(?:[-_]|$)", properties.language or ""):
        findings.add("language", properties.language[:2].lower(), "Word property language")
    return findings.metadata()
