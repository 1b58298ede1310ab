"""PDF files: paragraphs rebuilt from printed lines, with the range of each page."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.content import Content, drop_invisible
from parley.index.readers.pdf_lines import Line, Paragraph, build_paragraphs, count_words, drop_running_lines, join_lines
from parley.index.readers.pdf_metadata import read_pdf_metadata
from parley.index.types import Heading, Page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_log = logging.getLogger(__name__)

_PDFIUM_LOCK = threading.Lock()
"""PDFium may be used by one thread at a time: https://pypdfium2.readthedocs.io, "Incompatibility with Threading"."""

_PASSWORD_ERROR = 4
_END_MARK = re.compile(rb"%%EOF")
_MOST_UNREADABLE = 0.2
_PRINTED_LINE = re.compile(r"([^\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\s\ufffe\x02])?)[ \t]*([\ufffe\x02\u00ad]?)")
"""A line; PDFium puts U+FFFE or U+0002 where a hyphen at its end may divide a word, and no line break after it."""

_BOLD = re.compile(rb"bold|black|heavy|semibd|demi", re.IGNORECASE)


def read_pdf(data: bytes, name: str) -> Content:
    """Read a .pdf file. Raises ReadError if it is damaged, protected by a password, or has no text layer."""
    start = data[:1024].find(b"%PDF-")
    if start < 0:
        msg = f"{name} is not a PDF by its content. Give it the ending that fits its content, or get it again."
        raise ReadError(msg)
    if not _END_MARK.search(data[-4096:]):
        msg = f"{name} is cut off: a PDF's end mark is missing after its {len(data)} bytes. Get the file again."
        raise ReadError(msg)
    with _PDFIUM_LOCK:
        pages, labels = _read_pages(data[start:], name)
    _check_text(pages, name)
    lines = [line for page in drop_running_lines(pages) for line in page]
    content = _assemble(build_paragraphs(lines), labels)
    metadata, made = read_pdf_metadata(data)
    return replace(content, metadata=metadata, made=made)


def _read_pages(data: bytes, name: str) -> tuple[list[list[Line]], list[str]]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            msg = f"{name} is protected by a password. Save a copy without it (print to PDF, or `qpdf --decrypt`), and add that."
            raise ReadError(msg) from error
        msg = f"{name} is damaged: it cannot be opened as a PDF ({error}). Get the file again, or print it to PDF anew."
        raise ReadError(msg) from error
    try:
        labels = [document.get_page_label(number).strip() or str(number + 1) for number in range(len(document))]
        return [_page_lines(document, number, name) for number in range(len(document))], labels
    finally:
        document.close()


def _page_lines(document: PdfDocument, number: int, name: str) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        text_page = page.get_textpage()
    except PdfiumError as error:
        msg = f"{name} is damaged: page {number + 1} of {len(document)} cannot be read. Get the file again."
        raise ReadError(msg) from error
    turned = page.get_rotation()
    return [line for line in _lines(text_page, number, turned) if line.text.strip()]


def _lines(text_page: PdfTextPage, page: int, turned: int) -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    for match in _PRINTED_LINE.finditer(text_page.get_text_range()):
        printed, first = match[1], match.start()
        indexes = [pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, place) for place in (first, first + len(printed) - 1)]
        boxes = [_box(text_page, index, turned) for index in indexes]
        bold = all(_is_bold(text_page, index) for index in indexes)
        left, bottom, _, top = boxes[0]
        divided = "-" if match[2] else ""
        yield Line(_clean(printed) + divided, page, left, boxes[1][2], bottom, max(1.0, top - bottom), bold)


def _box(text_page: PdfTextPage, index: int, turned: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character's font box in points, as the page is shown."""
    from pypdfium2 import PdfiumError

    try:
        left, bottom, right, top = text_page.get_charbox(max(0, index), loose=True)
    except PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    for _ in range(turned // 90):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def _is_bold(text_page: PdfTextPage, index: int) -> bool:
    import ctypes

    import pypdfium2.raw as pdfium

    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text_page, max(0, index), buffer, 128, flags)
    return bool(length) and bool(_BOLD.search(buffer.value))


def _clean(text: str) -> str:
    """One printed line with ordinary spaces; ligatures that PDF fonts use for looks are spelt out."""
    for ligature, letters in (("\ufb00", "ff"), ("\ufb01", "fi"), ("\ufb02", "fl"), ("\ufb03", "ffi"), ("\ufb04", "ffl")):
        text = text.replace(ligature, letters)
    return re.sub(r"\s+", " ", drop_invisible(text))


def _check_text(pages: list[list[Line]], name: str) -> None:
    texts = [line.text for page in pages for line in page]
    letters = sum(len(text) for text in texts)
    if not any(character.isalnum() for text in texts for character in text):
        msg = f"{name} has {len(pages)} pages but no text: probably a scan. Recognise its text first (`ocrmypdf in.pdf out.pdf`)."
        raise ReadError(msg)
    unreadable = sum(character in "\ufffd\x00" or "\ue000" <= character <= "\uf8ff" for text in texts for character in text)
    if unreadable > _MOST_UNREADABLE * letters:
        msg = f"{name} has text that cannot be told from its fonts. Run `ocrmypdf --force-ocr in.pdf out.pdf` first."
        raise ReadError(msg)
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if empty:
        _log.warning(
            "%s: no text on %d of %d pages (%s); images are not read.", name, len(empty), len(pages), ", ".join(empty[:20])
        )


def _assemble(paragraphs: list[Paragraph], labels: list[str]) -> Content:
    """Text of all paragraphs with blank lines between; each page's range begins with the first line printed on it."""
    vocabulary = count_words(line.text for paragraph in paragraphs for line in paragraph.lines)
    parts: list[str] = []
    headings: list[Heading] = []
    starts: dict[int, int] = {}
    position = 0
    for paragraph in paragraphs:
        start = position
        for line, piece in zip(paragraph.lines, join_lines((line.text for line in paragraph.lines), vocabulary), strict=True):
            starts.setdefault(line.page, position)
            parts.append(piece)
            position += len(piece)
        if paragraph.level is not None:
            headings.append(Heading(paragraph.level, start, position))
        parts.append("\n\n")
        position += 2
    text = "".join(parts).removesuffix("\n\n")
    return Content(text, headings=tuple(headings), pages=_page_ranges(labels, starts, len(text)))


def _page_ranges(labels: list[str], starts: dict[int, int], length: int) -> tuple[Page, ...]:
    """Contiguous ranges over the whole text; a page without text has an empty range."""
    pages: list[Page] = []
    end = length
    for number in range(len(labels) - 1, -1, -1):
        start = 0 if number == 0 else min(starts.get(number, end), end)
        pages.append(Page(labels[number], start, end))
        end = start
    return tuple(reversed(pages))
