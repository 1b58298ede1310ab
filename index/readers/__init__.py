"""Files in, `Document` out: one reader per format, and one place where title, date and language are settled.

`read_document` is the way in; `hash_file` tells whether a file has changed without reading it as a document.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from itertools import takewhile
from pathlib import Path, PurePath
from typing import Final

from parley.index.errors import ReadError
from parley.index.files import open_regular
from parley.index.readers.content import Content, Findings
from parley.index.readers.formats import PICTURE_SUFFIXES, SUPPORTED_SUFFIXES, supported_formats
from parley.index.readers.office.cells import BETWEEN_CELLS
from parley.index.types import Document, Metadata

__all__ = [
    "SUPPORTED_SUFFIXES",
    "hash_file",
    "read_before_changes",
    "read_bytes",
    "read_data",
    "read_document",
    "refusing",
    "supported_formats",
]

Reader = Callable[[bytes, str], Content]
"""Reads the bytes of a file, given with its name for messages."""

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of a file that is read unless told otherwise."""

_ENOUGH_TO_OVERRULE = 400
"""From this many characters on, the text itself is better evidence of its language than a template's default setting."""


MOST_CHARACTERS: Final = 20_000_000
"""Of a document's text, some 7,000 printed pages; the longest text of the sets it was tried with has 3 million."""

MOST_LINES: Final = 300_000
"""Of a document, or rows of a table, or captions: 40 on each of those pages. A file of two letters a line takes a minute then."""


def read_document(path: Path, *, document_id: str, max_bytes: int = LARGEST_FILE) -> Document:
    """Read a file into a document, with title, outlet, author, date and language as far as the document states them.

    The file is parsed in this process; `parley.index.confined` does it in one of its own, with limits.

    Args:
        path: the file; its ending tells the format.
        document_id: the document's id in its library.
        max_bytes: larger files are refused by their size, before they are read.

    Raises:
        ReadError: the file is missing, too large, damaged, protected, without text, or not of a supported format.
    """
    _check_format(path)
    return read_data(read_bytes(path, max_bytes), path.name, document_id=document_id, source=str(path))


def read_data(data: bytes, name: str, *, document_id: str, source: str) -> Document:
    """Read the bytes of a file as `read_document` does.

    Args:
        data: the bytes of the file.
        name: the file's name; its ending tells the format.
        document_id: the document's id in its library.
        source: what is remembered as the path of the file.
    """
    path = PurePath(name)
    _check_format(path)
    with refusing(path.name):
        return _parsed(data, path, document_id, source)


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Turn whatever parsing the file of that name raises into a ReadError."""
    try:
        yield
    except ReadError:
        raise
    except MemoryError as error:
        msg = f"{name} takes more memory to read than there is. Split it into parts."
        raise ReadError(msg) from error
    except Exception as error:
        # Parsers of others raise whatever they please, and one bad file must not stop the rest.
        kind = type(error).__name__
        msg = f"{name} cannot be read: it is damaged, or made in a way that its reader does not know ({kind}). {_SAVE_ANEW}"
        raise ReadError(msg) from error


_SAVE_ANEW = "Open it in the program it was made with and save it anew, or save it as text."


def _parsed(data: bytes, path: PurePath, document_id: str, source: str) -> Document:
    return _document(_reader_for(path.suffix.lower())(data, path.name), data, path, document_id, source)


def _document(content: Content, data: bytes, path: PurePath, document_id: str, source: str) -> Document:
    if not content.text.strip():
        msg = f"{path.name} holds nothing but white space. Leave it out, or check that it was saved completely."
        raise ReadError(msg)
    if len(content.text) > MOST_CHARACTERS:
        msg = f"{path.name} has {len(content.text)} characters of text; at most {MOST_CHARACTERS} are read. Split it into parts."
        raise ReadError(msg)
    lines = max(content.text.count("\n"), len(content.pages))
    if lines > MOST_LINES:
        msg = f"{path.name} has {lines} lines or rows; at most {MOST_LINES} are read. Split it into parts."
        raise ReadError(msg)
    metadata = _settle(content, path)
    return Document(
        id=document_id,
        text=content.text,
        title=metadata.title or path.stem,
        outlet=metadata.outlet,
        author=metadata.author,
        date=metadata.date,
        language=metadata.language,
        source_path=source,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=content.pages,
        headings=content.headings,
        basis=metadata.basis,
        warnings=content.warnings,
        place=metadata.place,
        addressees=metadata.addressees,
        symbol=metadata.symbol,
    )


def read_before_changes(path: Path, *, document_id: str) -> Document | None:
    """A Word file as it was before the changes tracked in it, words struck through back in; `None` where it has neither.

    Only for a file that `read_document` has read. Raises ReadError as that does.
    """
    from parley.index.readers.word.reading import read_word_before_changes

    if path.suffix.lower() != ".docx":
        return None
    data = read_bytes(path)
    with refusing(path.name):
        content = read_word_before_changes(data, path.name)
        return _document(content, data, path, document_id, str(path)) if content is not None else None


def hash_file(path: Path) -> str:
    """Hexadecimal SHA-256 of the file's bytes, the same as in its document. Raises ReadError if it cannot be read."""
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_format(path: PurePath) -> None:
    if path.suffix.lower() not in (*SUPPORTED_SUFFIXES, *PICTURE_SUFFIXES):
        msg = f"{path.name} cannot be read: files ending in {path.suffix or 'nothing'} are not supported. {supported_formats()}"
        raise ReadError(msg)


_READERS = {
    ".txt": ("text", "read_text"),
    ".md": ("markdown", "read_markdown"),
    ".html": ("web.reading", "read_html"),
    ".htm": ("web.reading", "read_html"),
    ".pdf": ("pdf.reading", "read_pdf"),
    ".docx": ("word.reading", "read_word"),
    ".odt": ("office.open_document", "read_open_document"),
    ".rtf": ("office.rich_text", "read_rich_text"),
    ".pptx": ("office.slides", "read_slides"),
    ".xlsx": ("office.workbook", "read_workbook"),
    ".csv": ("office.comma_separated", "read_csv"),
    ".tsv": ("office.comma_separated", "read_csv"),
    ".epub": ("office.book", "read_book"),
    ".eml": ("mail.message", "read_email"),
    ".msg": ("mail.outlook", "read_outlook"),
    ".vtt": ("recordings.captions", "read_captions"),
    ".srt": ("recordings.captions", "read_captions"),
    ".json": ("recordings.whisper", "read_whisper"),
    **dict.fromkeys(PICTURE_SUFFIXES, ("pdf.pictures", "read_pictures")),
}
"""Module and function of each format's reader."""


def _reader_for(suffix: str) -> Reader:
    """The reader of a supported format; imported only now, as most sessions need few of them."""
    module, function = _READERS[suffix]
    reader: Reader = getattr(import_module(f"parley.index.readers.{module}"), function)
    return reader


def read_bytes(path: Path, max_bytes: int = LARGEST_FILE) -> bytes:
    """The bytes of a file. Raises ReadError if it is missing, empty, larger than `max_bytes`, or no file."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        # One byte more than allowed tells that a file has grown meanwhile.
        data = file.read(max_bytes + 1) if size <= max_bytes else b""
    if max(size, len(data)) > max_bytes:
        told, limit = _megabytes(max(size, len(data))), _megabytes(max_bytes)
        msg = f"{path.name} has {told} MB; at most {limit} MB are read. Split it into parts, or raise the limit."
        raise ReadError(msg)
    if not data:
        msg = f"{path.name} is empty (0 bytes). Leave it out, or check that it was saved completely."
        raise ReadError(msg)
    return data


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f}".removesuffix(".0")


def _settle(content: Content, path: PurePath) -> Metadata:
    """What the file declares, then what its first lines say, then what can be told from the text."""
    from parley.index.readers.language import detect_language
    from parley.index.readers.opening import first_line_title, read_opening
    from parley.index.readers.signing import signing_day
    from parley.index.readers.titles import is_furniture

    text = _prose(content)
    detected = detect_language(content.text)
    stated = Findings()
    stated.merge(_without_furniture(content.metadata))
    stated.merge(read_opening(text, language=content.metadata.language or detected))
    findings = Findings()
    findings.add("language", *_language(stated.metadata(), detected, len(content.text)))
    findings.merge(stated.metadata())
    formal = _FORMAL.search(text, 0, _LONGEST_MASTHEAD)
    below = [one for one in content.headings[:8] if formal is None or one.start > formal.start()]
    telling = [one for one in below if not is_furniture(content.text[one.start : one.end], as_heading=True)]
    heading = min(telling[:5], key=lambda item: item.level) if telling else None
    if heading is not None:
        findings.add("title", content.text[heading.start : heading.end], "first heading")
    findings.add("title", first_line_title(text), "first line")
    findings.add("title", re.sub(r"[_\s]+", " ", path.stem), "file name")
    settled = Findings()
    settled.merge(_with_titles_facts(findings.metadata(), content.text[heading.start : heading.end] if heading else None))
    settled.add_date(signing_day(text), "clause of signing")
    return settled.metadata()


def _prose(content: Content) -> str:
    """The text that may tell of the document as a whole; of a table only what stands above its first row of several cells.

    The names and days in its rows are those of what the rows tell of.
    """
    if not content.pages or content.pages[0].unit not in {"sheet", "row"}:
        return content.text
    return "\n".join(takewhile(lambda line: BETWEEN_CELLS not in line, content.text.split("\n")))


_FORMAL = re.compile(r"^.{0,40}\bdistr\.?\s*:?\s*(?:general|limited|restricted)\b", re.MULTILINE | re.IGNORECASE)
"""The line that ends the masthead of a United Nations document; no heading above it is the title."""
_LONGEST_MASTHEAD = 1500


def _without_furniture(known: Metadata) -> Metadata:
    """What a file declares, without a title that is none ("XXI-10", "General Assembly")."""
    from parley.index.readers.titles import is_furniture

    if known.title is None or not is_furniture(known.title):
        return known
    return replace(known, title=None, basis=tuple(pair for pair in known.basis if pair[0] != "title"))


def _with_titles_facts(known: Metadata, heading: str | None) -> Metadata:
    """Publisher and day that the title itself ends with: "… - Reuters", "…, 4 June 2031"."""
    from parley.index.language.dates import find_dates
    from parley.index.readers.titles import split_title

    title, outlet = split_title(known.title or "", heading=heading)
    findings = Findings()
    findings.merge(replace(known, title=title))
    findings.add("outlet", outlet, "title")
    whole = known.title or ""
    dates = find_dates(whole, language=known.language)
    before = whole[: dates[0].start] if len(dates) == 1 and dates[0].end >= len(whole.rstrip(" .)")) else ""
    if len(before.split()) > 1 and not re.match(r"(?:updated|modified|accessed)\b", before, re.IGNORECASE):
        findings.add_date(dates[0].date, "title")
    return findings.metadata()


def _language(stated: Metadata, detected: str | None, length: int) -> tuple[str | None, str]:
    """The language and its basis. A template's setting gives way to a long text, what an author wrote down does not."""
    basis = dict(stated.basis).get("language", "")
    is_written_down = basis.startswith(("front matter", "line"))
    if stated.language is None:
        return detected, "detected from the text"
    if detected and detected != stated.language and length >= _ENOUGH_TO_OVERRULE and not is_written_down:
        return detected, f"detected from the text (the file says {stated.language})"
    return stated.language, basis
