"""Word files (.docx): text as it stands with tracked changes accepted, headings, lists, tables, footnotes, comments."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.containers.packages import open_package
from parley.index.readers.content import HOLLOW_TITLES, Block, Content, Findings, join_blocks
from parley.index.readers.word.blocks import body_blocks, paragraph_text
from parley.index.readers.word.numbering import W
from parley.index.readers.word.revisions import read_revisions, undo_changes
from parley.index.types import Metadata

if TYPE_CHECKING:
    from docx.opc.part import Part
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is read of a Word file: the roots of its parts, and the core properties, "" where not set."""

    body: _Element
    styles: _Element | None
    numbering: _Element | None
    notes: tuple[_Element, ...]
    comments: _Element | None
    edges: tuple[_Element, ...]
    title: str
    author: str
    language: str


def read_word(data: bytes, name: str) -> Content:
    """Read a .docx file. Raises ReadError if it is damaged, protected, no Word file, or unpacks to an absurd size."""
    open_package(data, name, kind="a Word file", mark="word/document.xml").close()
    parts = _open(data, name)
    blocks = [*body_blocks(parts.body, parts.styles, parts.numbering), *_notes(parts)]
    added = read_revisions(parts.body, parts.comments, parts.edges)
    text, headings = join_blocks([*blocks, *(Block(line) for line in added.lines)])
    return Content(text, _metadata(parts, blocks), headings, warnings=added.warnings)


def read_word_before_changes(data: bytes, name: str) -> Content | None:
    """A .docx file as it was before its tracked changes; `None` where it has none. Raises ReadError as `read_word` does."""
    open_package(data, name, kind="a Word file", mark="word/document.xml").close()
    parts = _open(data, name)
    if not undo_changes(parts.body):
        return None
    blocks = [*body_blocks(parts.body, parts.styles, parts.numbering), *_notes(parts)]
    text, headings = join_blocks(blocks)
    return Content(text, _metadata(parts, blocks), headings)


def _open(data: bytes, name: str) -> _Parts:
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    # python-docx checks little: a part of the wrong kind shows as an attribute that is missing or a value of another type.
    wrong_parts = (AttributeError, TypeError, KeyError, ValueError, NotImplementedError)
    try:
        return _load(data)
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, *wrong_parts) as error:
        msg = f"{name} is damaged: its contents cannot be read as a Word file. Open and save it in Word, or get it again."
        raise ReadError(msg) from error


def _load(data: bytes) -> _Parts:
    from docx import Document

    document = Document(io.BytesIO(data))
    parts = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in document.part.rels.values() if not rel.is_external}
    edges = [rel.target_part for rel in document.part.rels.values() if _is_edge(rel.reltype) and not rel.is_external]
    properties = document.core_properties
    return _Parts(
        body=document.element.body,
        styles=_root(parts.get("styles")),
        numbering=_root(parts.get("numbering")),
        comments=_root(parts.get("comments")),
        edges=tuple(root for part in edges if (root := _root(part)) is not None),
        notes=tuple(root for kind in ("footnotes", "endnotes") if (root := _root(parts.get(kind))) is not None),
        title=properties.title,
        author=properties.author,
        language=properties.language,
    )


def _is_edge(kind: str) -> bool:
    return kind.rsplit("/", 1)[-1] in ("header", "footer")


def _root(part: Part | None) -> _Element | None:
    from lxml.etree import XMLParser, fromstring

    return fromstring(part.blob, XMLParser(resolve_entities=False, no_network=True)) if part is not None else None


def _notes(parts: _Parts) -> list[Block]:
    """Footnotes, then endnotes, as paragraphs in order; separators are no notes."""
    notes = [note for root in parts.notes for note in root if note.get(f"{W}type") in (None, "normal")]
    return [Block(" ".join(paragraph_text(item) for item in note.iter(f"{W}p")).strip()) for note in notes]


def _metadata(parts: _Parts, blocks: list[Block]) -> Metadata:
    findings = Findings()
    if not HOLLOW_TITLES.fullmatch(parts.title.strip() or "untitled"):
        findings.add("title", parts.title, "Word property title")
    heading = next((block.text for block in blocks if block.level == 1), "")
    findings.add("title", heading.replace("\n", " "), "first heading")
    if parts.author != "python-docx":
        findings.add("author", parts.author, "Word property author")
    if re.match(r"[A-Za-z]{2}(?:[-_]|$)", parts.language):
        findings.add("language", parts.language[:2].lower(), "Word property language")
    return findings.metadata()
