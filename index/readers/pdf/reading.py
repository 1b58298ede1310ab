"""PDF files: paragraphs rebuilt from printed lines, with the range of each page."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.content import Content
from parley.index.readers.pdf.columns import arrange
from parley.index.readers.pdf.furniture import body_size, drop_changing_edges, drop_margin_numbers, note_groups, split_notes
from parley.index.readers.pdf.lines import Line, Paragraph, build_paragraphs, drop_running_lines
from parley.index.readers.pdf.marginalia import read_marginalia
from parley.index.readers.pdf.metadata import read_pdf_metadata
from parley.index.readers.pdf.page import PageText, settle_spaces
from parley.index.readers.pdf.recognising import MOST_PAGES as MOST_RECOGNISED
from parley.index.readers.pdf.recognising import Reading, Recogniser, packaged_recogniser, read_picture, recognised_warning
from parley.index.readers.wrapping import count_words, join_lines
from parley.index.types import Heading, Page, ReadingWarning

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PDFIUM_LOCK = threading.Lock()
"""PDFium may be used by one thread at a time: https://pypdfium2.readthedocs.io, "Incompatibility with Threading"."""

_PASSWORD_ERROR = 4
_END_MARK = re.compile(rb"%%EOF")
_MOST_UNREADABLE = 0.2
MOST_PAGES = 10_000
"""Pages of a file; a count is soon claimed, and each page costs a millisecond even where all are the same."""


def read_pdf(data: bytes, name: str, *, find_recogniser: Callable[[], Recogniser | None] = packaged_recogniser) -> Content:
    """Read a .pdf file. Raises ReadError if it is damaged, protected by a password, or has no text.

    Pages that are pictures are read by a recogniser, where there is one; a warning tells which.
    """
    start = data[:1024].find(b"%PDF-")
    if start < 0:
        msg = f"{name} is not a PDF by its content. Give it the ending that fits its content, or get it again."
        raise ReadError(msg)
    if not _END_MARK.search(data[-4096:]):
        msg = f"{name} is cut off: a PDF's end mark is missing after its {len(data)} bytes. Get the file again."
        raise ReadError(msg)
    with _PDFIUM_LOCK:
        pages, labels, recognised = _read_pages(data[start:], name, find_recogniser)
    content, added = laid_out(pages, labels, recognised, name), read_marginalia(data)
    warnings = (*content.warnings, *added.warnings)
    return replace(_with_lines(content, added.lines), metadata=read_pdf_metadata(data), warnings=warnings)


def laid_out(pages: list[list[Line]], labels: list[str], recognised: dict[int, Reading], name: str) -> Content:
    """The text of printed or recognised pages, with what is not sure of it. Raises ReadError if they have none.

    Args:
        pages: the lines of each page.
        labels: what each page is called.
        recognised: those that are pictures, by their number from 0.
        name: of the file, for messages.
    """
    _check_text(pages, name)
    found = _laid_out(pages)
    content = _assemble(_with_notes(build_paragraphs(found.lines), found.notes), labels)
    told = (*recognised_warning(recognised, labels), *_unread(pages, labels))
    return replace(content, warnings=(*told, *_unsure(found.unsure, labels)))


def _with_lines(content: Content, lines: tuple[str, ...]) -> Content:
    """The content with paragraphs behind it, which count to the last page."""
    if not lines:
        return content
    text = "\n\n".join([content.text, *lines] if content.text else lines)
    pages = (*content.pages[:-1], replace(content.pages[-1], end=len(text))) if content.pages else ()
    return replace(content, text=text, pages=pages)


def _unread(pages: list[list[Line]], labels: list[str]) -> Iterator[ReadingWarning]:
    empty = [label for label, page in zip(labels, pages, strict=True) if not page]
    if empty:
        told = f"{len(empty)} of {len(pages)} pages have no text, probably scans or images, and were not read."
        yield ReadingWarning("unread_pages", told, tuple(f"page {label}" for label in empty))


def _unsure(numbers: list[int], labels: list[str]) -> Iterator[ReadingWarning]:
    if numbers:
        told = f"On {len(numbers)} pages it is not sure whether text stands in columns or in a table; it was read line by line."
        yield ReadingWarning("uncertain_columns", told, tuple(f"page {labels[number]}" for number in numbers))


def _read_pages(
    data: bytes, name: str, find_recogniser: Callable[[], Recogniser | None]
) -> tuple[list[list[Line]], list[str], dict[int, Reading]]:
    """The lines of each page, the pages' labels, and the pages that were recognised."""
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
        if len(document) > MOST_PAGES:
            msg = f"{name} has {len(document)} pages; at most {MOST_PAGES} are read. Split it into parts."
            raise ReadError(msg)
        labels = [document.get_page_label(number).strip() or str(number + 1) for number in range(len(document))]
        lines = settle_spaces([line for number in range(len(document)) for line in _page_lines(document, number, name)])
        pages: list[list[Line]] = [[] for _ in labels]
        for line in lines:
            pages[line.page].append(line)
        recognised = _recognised(document, [number for number, page in enumerate(pages) if not page], find_recogniser)
        for number, reading in recognised.items():
            pages[number] = reading.lines
        return pages, labels, recognised
    finally:
        document.close()


def _recognised(document: PdfDocument, empty: list[int], find_recogniser: Callable[[], Recogniser | None]) -> dict[int, Reading]:
    recogniser = find_recogniser() if empty else None
    if recogniser is None:
        return {}
    found = {number: read_picture(document, number, recogniser) for number in empty[:MOST_RECOGNISED]}
    return {number: reading for number, reading in found.items() if reading is not None}


def _page_lines(document: PdfDocument, number: int, name: str) -> list[Line]:
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        text_page = page.get_textpage()
    except PdfiumError as error:
        msg = f"{name} is damaged: page {number + 1} of {len(document)} cannot be read. Get the file again."
        raise ReadError(msg) from error
    return PageText(text_page, number, page.get_rotation()).lines()


@dataclass(frozen=True, slots=True)
class _Text:
    """The lines of a document in reading order, its footnotes by page, and the pages whose columns are not sure."""

    lines: list[Line]
    notes: dict[int, list[Line]]
    unsure: list[int]


def _laid_out(pages: list[list[Line]]) -> _Text:
    """Furniture out, footnotes apart, columns one after the other."""
    bare = [drop_margin_numbers(page) for page in drop_running_lines(pages)]
    bare = drop_changing_edges(bare)
    body = body_size(bare)
    found = _Text([], {}, [])
    for number, page in enumerate(bare):
        text, notes = split_notes(page, body)
        ordered, unsure = arrange(text)
        found.lines.extend(ordered)
        if notes:
            found.notes[number] = notes
        if unsure:
            found.unsure.append(number)
    return found


def _check_text(pages: list[list[Line]], name: str) -> None:
    texts = [line.text for page in pages for line in page]
    letters = sum(len(text) for text in texts)
    if not any(character.isalnum() for text in texts for character in text):
        msg = (
            f"{name} has {len(pages)} pages but no text: probably a scan. Install the extra “ocr”, which recognises its text, or "
            "recognise it first (`ocrmypdf in.pdf out.pdf`)."
        )
        raise ReadError(msg)
    unreadable = sum(character in "\ufffd\x00" or "\ue000" <= character <= "\uf8ff" for text in texts for character in text)
    if unreadable > _MOST_UNREADABLE * letters:
        msg = f"{name} has text that cannot be told from its fonts. Run `ocrmypdf --force-ocr in.pdf out.pdf` first."
        raise ReadError(msg)


def _with_notes(paragraphs: list[Paragraph], notes: dict[int, list[Line]]) -> list[Paragraph]:
    """Each page's footnotes as paragraphs behind the one with which the page ends."""
    waiting = dict(sorted(notes.items()))
    placed: list[Paragraph] = []
    for number, paragraph in enumerate(paragraphs):
        placed.append(paragraph)
        following = paragraphs[number + 1].lines[0].page if number + 1 < len(paragraphs) else None
        for page in [page for page in waiting if following is None or page < following]:
            placed.extend(Paragraph(tuple(group)) for group in note_groups(waiting.pop(page)))
    return placed


def _assemble(paragraphs: list[Paragraph], labels: list[str]) -> Content:
    """Text of all paragraphs with blank lines between; each page's range begins with the first line printed on it."""
    vocabulary = count_words(line.text for paragraph in paragraphs for line in paragraph.lines)
    parts: list[str] = []
    headings: list[Heading] = []
    starts: dict[int, int] = {}
    position = 0
    for paragraph in paragraphs:
        start = position
        texts = [line.text for line in paragraph.lines]
        joined = [*(f"{text}\n" for text in texts[:-1]), texts[-1]] if paragraph.is_table else join_lines(texts, vocabulary)
        for line, piece in zip(paragraph.lines, joined, strict=True):
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
