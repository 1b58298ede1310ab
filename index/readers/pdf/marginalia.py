"""What people put onto a PDF page: the values that they typed into its form, and their notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley.index.language.dates import parse_date
from parley.index.types import ReadingWarning

if TYPE_CHECKING:
    from pypdf import PdfReader

_NOTE_KINDS = frozenset({"/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret"})
_STRUCK = "/StrikeOut"


@dataclass(frozen=True, slots=True)
class Marginalia:
    """Lines to put behind the text, and warnings that tell of them."""

    lines: tuple[str, ...]
    warnings: tuple[ReadingWarning, ...]


def read_marginalia(data: bytes) -> Marginalia:
    """The filled form fields and the notes of a PDF; nothing where they cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        fields, notes = list(_fields(reader)), list(_notes(reader))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # Pages were read by PDFium, which forgives more; such a file has no structure that can be trusted.
        return Marginalia((), ())
    said = [f"{author}: {words}" if author else words for author, words, _ in notes if words]
    return Marginalia((*fields, *said), tuple(_warnings(fields, notes)))


def _fields(reader: PdfReader) -> Iterator[str]:
    """Each field that somebody filled, as name and value."""
    for name, field in (reader.get_fields() or {}).items():
        value = field.get("/V")
        if field.get("/FT") == "/Sig" or value in (None, "", "/Off"):
            continue
        shown = str(value)
        shown = "yes" if field.get("/FT") == "/Btn" and shown in ("/Yes", "/On", "/1") else shown.removeprefix("/")
        label = str(field.get("/TU") or name)
        yield f"{label}: {' '.join(shown.split())}"


def _notes(reader: PdfReader) -> Iterator[tuple[str, str, str]]:
    """Author, words, and where and when, of each note."""
    for number, page in enumerate(reader.pages, start=1):
        for reference in page.get("/Annots") or ():
            annotation: Any = reference.get_object()
            if annotation.get("/Subtype") not in _NOTE_KINDS:
                continue
            words = " ".join(str(annotation.get("/Contents") or "").split())
            is_struck = annotation.get("/Subtype") == _STRUCK
            if not words and not is_struck:
                continue
            day = parse_date(str(annotation.get("/M") or ""))
            when = f", {day.isoformat()}" if day else ""
            struck = ", words struck through" if is_struck else ""
            yield str(annotation.get("/T") or ""), words, f"page {number}{when}{struck}"


def _warnings(fields: list[str], notes: list[tuple[str, str, str]]) -> Iterator[ReadingWarning]:
    if fields:
        told = f"{len(fields)} filled form fields stand at the end of the text, each as name and value."
        yield ReadingWarning("form_fields", told, tuple(fields))
    if notes:
        told = f"{len(notes)} notes on the pages stand at the end of the text; words that they strike through are still in it."
        details = tuple(f"{author or 'unknown author'}, {where}: {words}".rstrip(": ") for author, words, where in notes)
        yield ReadingWarning("annotations", told, details)
