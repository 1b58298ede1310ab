"""Books (.epub): the chapters in reading order, each to be cited by its name."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from parley.index.errors import ReadError
from parley.index.language.dates import parse_date
from parley.index.readers.containers.packages import open_package
from parley.index.readers.content import Block, Content, Findings, tidy
from parley.index.readers.encoding import decode_text
from parley.index.readers.places import Part, put_together
from parley.index.types import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOOK = "a book (.epub)"
_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_PAGES = ("application/xhtml+xml", "text/html")
_LONGEST_LABEL = 80


def read_book(data: bytes, name: str) -> Content:
    """Read a .epub file. Raises ReadError if it is damaged, protected against copying, or no book."""
    with open_package(data, name, kind=_BOOK, mark=_CONTAINER) as package:
        if "META-INF/rights.xml" in package.namelist():
            msg = f"{name} is protected against copying and cannot be read. Ask its publisher for a copy without protection."
            raise ReadError(msg)
        folder, opened = _opened(package, name)
        return put_together(_chapters(package, folder, opened, name), _metadata(opened))


def _opened(package: zipfile.ZipFile, name: str) -> tuple[str, _Element]:
    """The book's table of parts and the folder that it names them from."""
    container = _parsed(_bytes(package, _CONTAINER, name), name)
    found = container.find(".//c:rootfile", _NAMESPACES)
    path = found.get("full-path", "") if found is not None else ""
    return posixpath.dirname(path), _parsed(_bytes(package, path, name), name)


def _chapters(package: zipfile.ZipFile, folder: str, opened: _Element, name: str) -> Iterator[Part]:
    from parley.index.readers.web.blocks import parse_html, read_blocks
    from parley.index.readers.web.reading import declared_charset
    from parley.index.readers.web.visibility import remove_unseen

    parts = {item.get("id"): item for item in opened.iterfind(".//opf:manifest/opf:item", _NAMESPACES)}
    for reference in opened.iterfind(".//opf:spine/opf:itemref", _NAMESPACES):
        item = parts.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        data = _bytes(package, posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or ""))), name)
        soup = parse_html(decode_text(data, name=name, declared=declared_charset(data)) if data.strip() else "", name)
        remove_unseen(soup)
        blocks = tuple(block.block for block in read_blocks(soup))
        yield Part("chapter", _label(blocks, reference.get("idref") or ""), blocks)


def _label(blocks: tuple[Block, ...], fallback: str) -> str:
    heading = next((block.text for block in blocks if block.level is not None and block.text.strip()), fallback)
    return f"“{tidy(heading)[:_LONGEST_LABEL]}”"


def _bytes(package: zipfile.ZipFile, path: str, name: str) -> bytes:
    try:
        return package.read(path)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        msg = f"{name} is damaged: its part {path or 'with the contents'} is missing or broken. Get it again."
        raise ReadError(msg) from error


def _parsed(data: bytes, name: str) -> _Element:
    from lxml.etree import LxmlError, XMLParser, fromstring

    try:
        return fromstring(data, XMLParser(resolve_entities=False, no_network=True))
    except (LxmlError, ValueError) as error:
        msg = f"{name} is damaged: its contents cannot be read as {_BOOK}. Get it again."
        raise ReadError(msg) from error


def _metadata(opened: _Element) -> Metadata:
    findings = Findings()
    for field, element in (("title", "title"), ("author", "creator"), ("outlet", "publisher")):
        findings.add(field, opened.findtext(f".//dc:{element}", "", _NAMESPACES), f"epub {element}")
    findings.add_date(parse_date(opened.findtext(".//dc:date", "", _NAMESPACES)[:10]), "epub date")
    findings.add("language", opened.findtext(".//dc:language", "", _NAMESPACES)[:2].lower(), "epub language")
    return findings.metadata()
