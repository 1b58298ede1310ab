"""Word files with real footnotes. python-docx reads and writes no footnotes, so their part is built here (ECMA-376, 17.11).

A file is the same to the byte for the same record: no clock is read, and the archive's dates are the earliest it can hold.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from parley.assistant.reports.export.record import Line, Record, Reference

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_BREAKS = {"\n": "w:br", "\r": "w:cr", "\t": "w:tab"}
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_STYLE, _MARK_STYLE = "footnote text", "footnote reference"
_SETTINGS_AFTER = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping")


def to_word(record: Record) -> bytes:
    """The record as a .docx file; each reference is one footnote with its source and its words."""
    import docx

    document = docx.Document()
    _describe(document, record)
    writer = _Writer(document, record.references)
    document.add_heading(level=0).add_run(printable(record.title))
    writer.particulars(record.particulars)
    for number, entry in enumerate(record.entries, start=1):
        if entry.question is not None:
            document.add_heading(f"Question {number}", level=1)
        writer.particulars(entry.particulars)
        for line in entry.lines:
            writer.line(line)
    writer.attach()
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_dates(buffer.getvalue())


def printable(text: str) -> str:
    """The text with control characters, which XML bars, as their pictures (U+2400 on), anything else it bars as U+FFFD."""
    return _NOT_XML.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 32 else "\ufffd", text)


class _Writer:
    """Adds paragraphs with footnotes to a document; `attach` stores the footnotes in it."""

    def __init__(self, document: Any, references: Sequence[Reference]) -> None:  # noqa: ANN401  (python-docx has no types for us)
        self._document = document
        self._waiting = {reference.number: reference for reference in references}
        self._notes = _element("w:footnotes")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = _element("w:footnote", _element("w:p", _element("w:r", _element(f"w:{kind}"))), type=kind, id=number)
            self._notes.append(note)
        self._text_style, self._mark_style = _footnote_styles(document)

    def particulars(self, particulars: Sequence[tuple[str, str]]) -> None:
        """A list of labels and values."""
        for label, value in particulars:
            paragraph = self._document.add_paragraph(style="List Bullet")._p  # noqa: SLF001  (its only way to the XML)
            paragraph.append(_run(f"{label}: {value}"))

    def line(self, line: Line) -> None:
        """A paragraph or heading and its footnote marks; a footnote named before is named again by its number."""
        added = self._document.add_heading(level=line.level - 1) if line.level else self._document.add_paragraph()
        paragraph = added._p  # noqa: SLF001
        paragraph.append(_run(line.text))
        for place, number in enumerate(line.numbers):
            if place:
                paragraph.append(_run(", ", self._mark_style))
            reference = self._waiting.pop(number, None)
            if reference is None:
                field = _element("w:fldSimple", _run(str(number), self._mark_style), instr=f" NOTEREF _Note{number} \\h ")
                paragraph.append(field)
            else:
                mark = _element("w:r", self._mark_properties(), _element("w:footnoteReference", id=number))
                paragraph.append(_element("w:bookmarkStart", id=number, name=f"_Note{number}"))
                paragraph.extend((mark, _element("w:bookmarkEnd", id=number)))
                self._notes.append(self._footnote(reference))

    def attach(self) -> None:
        """Store the footnotes as a part of the document, and name the separators in its settings."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from lxml import etree

        blob = etree.tostring(self._notes, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        separators = _element("w:footnotePr", *(_element("w:footnote", id=number) for number in (-1, 0)))
        self._document.settings.element.insert_element_before(separators, *_SETTINGS_AFTER)

    def _footnote(self, reference: Reference) -> Any:  # noqa: ANN401
        mark = _element("w:r", self._mark_properties(), _element("w:footnoteRef"))
        source = self._paragraph(mark, _run(f" {reference.attribution}. {reference.source}"))
        quotes = (self._paragraph(_run(f"“{quote}”")) for quote in reference.quotes)
        return _element("w:footnote", source, *quotes, id=reference.number)

    def _paragraph(self, *content: Any) -> Any:  # noqa: ANN401
        return _element("w:p", _element("w:pPr", _element("w:pStyle", val=self._text_style)), *content)

    def _mark_properties(self) -> Any:  # noqa: ANN401
        return _element("w:rPr", _element("w:rStyle", val=self._mark_style))


def _element(tag: str, *children: Any, **attributes: object) -> Any:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(tag, attrs={qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def _run(text: str, style: str | None = None) -> Any:  # noqa: ANN401
    run = _element("w:r")
    if style:
        run.append(_element("w:rPr", _element("w:rStyle", val=style)))
    for piece in re.split(r"([\n\r\t])", printable(text)):
        part = _element(_BREAKS.get(piece, "w:t"))
        if piece not in _BREAKS:
            part.text = piece
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(part)
    return run


def _footnote_styles(document: Any) -> tuple[str, str]:  # noqa: ANN401
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    text = document.styles.add_style(_TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.font.size = Pt(9)
    mark = document.styles.add_style(_MARK_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    return text.style_id, mark.style_id


def _describe(document: Any, record: Record) -> None:  # noqa: ANN401
    """Our own properties in place of the template's, whose dates and author are not ours."""
    properties = document.core_properties
    element = document.part.package.part_related_by(_core_properties_type()).element
    for child in list(element):
        element.remove(child)
    properties.title, properties.author = record.title, f"Parley {record.version}"
    if record.exported:
        properties.created = properties.modified = datetime.combine(record.exported, time(), UTC)


def _core_properties_type() -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return str(RELATIONSHIP_TYPE.CORE_PROPERTIES)


def _with_fixed_dates(archive: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.create_system = 3
            new.writestr(member, old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
