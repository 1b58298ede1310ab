"""Word files (.docx): text as it stands with tracked changes accepted, headings by style, lists, tables, footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.content import HOLLOW_TITLES, Block, Content, Findings, join_blocks
from index.readers.word_blocks import body_blocks, paragraph_text
from index.readers.word_numbering import W
from index.types import Metadata

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_LARGEST_CONTENT = 500 * 1024 * 1024
_LARGEST_RATIO = 100
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_MOST_PARTS = 10_000
_TEMPLATE_DATE = datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001  (core properties are read without a zone)
"""What python-docx leaves in `created` when the program that used it set nothing."""


def read_word(data: bytes, name: str) -> Content:
    """Read a .docx file. Raises ReadError if it is damaged, protected, no Word file, or unpacks to an absurd size."""
    _check_package(data, name)
    document = _open(data, name)
    blocks = [*body_blocks(document), *_footnotes(document)]
    text, headings = join_blocks(blocks)
    return Content(text, _properties(document, blocks), headings)


def _check_package(data: bytes, name: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        msg = (
            f"{name} is protected by a password or is an old .doc file. Save it in Word without password as .docx, and add that."
        )
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
            f"{_LARGEST_CONTENT // 1024**2} MB, {_MOST_PARTS} parts and {_LARGEST_RATIO} times are read. "
            "Save it without embedded files."
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
            if note.get(f"{W}type") in (None, "normal"):
                text = " ".join(paragraph_text(item) for item in note.iter(f"{W}p"))
                notes.append(Block(text.strip()))
    return notes


def _properties(document: WordDocument, blocks: list[Block]) -> Metadata:
    properties = document.core_properties
    findings = Findings()
    if not HOLLOW_TITLES.fullmatch((properties.title or "").strip() or "untitled"):
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
