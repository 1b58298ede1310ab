"""What a PDF says about itself: its information dictionary, its XMP packet and its language."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from parley.index.language.dates import parse_date
from parley.index.readers.content import HOLLOW_TITLES, Findings
from parley.index.types import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"


def read_pdf_metadata(data: bytes) -> Metadata:
    """What the properties of a PDF say; what cannot be read is left out."""
    info, packet, language = _read_properties(data)
    findings = Findings()
    _read_xmp(packet, findings)
    title = info.get("/Title", "")
    if not HOLLOW_TITLES.fullmatch(title.strip() or "untitled"):
        findings.add("title", title, "PDF property Title")
    findings.add("author", info.get("/Author", ""), "PDF property Author")
    if re.match(r"[A-Za-z]{2}(?:[-_]|$)", language):
        findings.add("language", language[:2].lower(), "PDF property Lang")
    return findings.metadata()


def _read_properties(data: bytes) -> tuple[dict[str, str], bytes, str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        info = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
        root: Any = reader.trailer["/Root"]
        packet = root["/Metadata"].get_data() if "/Metadata" in root else b""
        return info, packet, str(root.get("/Lang", ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # Pages were read by PDFium, which forgives more; such a file has no properties that can be trusted.
        return {}, b"", ""


def _read_xmp(packet: bytes, findings: Findings) -> None:
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    if not packet:
        return
    try:
        root = fromstring(packet.strip(), XMLParser(resolve_entities=False, no_network=True))
    except (XMLSyntaxError, ValueError):
        return
    title = _values(root, f"{_DC}title")
    if title and not HOLLOW_TITLES.fullmatch(title[0]):
        findings.add("title", title[0], "XMP dc:title")
    findings.add("outlet", ", ".join(_values(root, f"{_DC}publisher")), "XMP dc:publisher")
    findings.add("author", ", ".join(_values(root, f"{_DC}creator")), "XMP dc:creator")
    for element in root.iter():
        name = str(element.tag)
        if name.startswith("{http://prismstandard.org/") and name.endswith("}publicationDate"):
            findings.add_date(parse_date("".join(element.itertext())), "XMP prism:publicationDate")


def _values(root: _Element, name: str) -> list[str]:
    element = root.find(f".//{name}")
    if element is None:
        return []
    items = ["".join(item.itertext()).strip() for item in element.iter(_RDF_ITEM)]
    return [item for item in (items or ["".join(element.itertext()).strip()]) if item]
