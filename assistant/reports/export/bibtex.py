"""BibTeX for the documents that are cited: only fields that the documents state, and no date of access."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from parley.assistant.reports.export.record import Record, cited_documents, one_line
from parley.assistant.reports.export.source_types import source_type
from parley.index.language.lexicon import calendar_names
from parley.index.types import Document

_MONTHS = tuple(month.name[:3].lower() for month in calendar_names("month"))
_ESCAPED = str.maketrans(
    {
        # A backslash would not keep a brace from being counted, so none is left.
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "%#$&_"},
    }
)


def to_bibtex(record: Record) -> bytes:
    """One entry per cited document, in order of first mention, after comment lines about the export; UTF-8."""
    lines = [_comment("", record.title), *(_comment(label, value) for label, value in record.particulars if label != "Offsets")]
    for entry in record.entries:
        lines += [_comment(label, value) for label, value in entry.particulars]
    taken: set[str] = set()
    for document in cited_documents(record):
        kind = _type(document)
        lines += ["", f"@{kind}{{{_key(document.id, taken)},", *_fields(document, kind), "}"]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def escape(text: str) -> str:
    """The text for use between braces, on one line."""
    return one_line(text).translate(_ESCAPED)


_OUTLET_FIELDS = {"article": "journal", "techreport": "institution"}
"""What the outlet is called in the types that require one; in others it is how something was published."""


def _type(document: Document) -> str:
    """The type that fits the kind of document; "misc" where the document does not state what that type is about.

    News without its paper is no article. News without an author is one: BibTeX warns, and prints the rest.
    """
    kind = source_type(document).bibtex
    if kind in _OUTLET_FIELDS:
        return kind if document.outlet else "misc"
    return kind if document.author else "misc"


def _fields(document: Document, kind: str) -> Iterator[str]:
    # Double braces: names of outlets and titles are neither split at "and" nor put in lower case.
    outlet = _OUTLET_FIELDS.get(kind, "howpublished")
    known = (("author", document.author), ("title", document.title), (outlet, document.outlet))
    for name, value in known:
        if value:
            yield f"  {name} = {{{{{escape(value)}}}}},"
    if document.date:
        yield f"  year = {{{document.date.year}}},"
        yield f"  month = {_MONTHS[document.date.month - 1]},"
        yield f"  day = {{{document.date.day}}},"
    digest = f"; SHA-256 {document.sha256}" if document.sha256 else ""
    yield f"  note = {{Document {escape(document.id)}{digest}}},"


def _key(document_id: str, taken: set[str]) -> str:
    """Letters, digits, hyphens and dots of the id; a number tells apart what is then equal. Case does not count."""
    plain = unicodedata.normalize("NFKD", document_id).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Za-z0-9.-]+", "-", plain).strip("-.") or "document"
    key, number = base, 2
    while key.lower() in taken:
        key, number = f"{base}-{number}", number + 1
    taken.add(key.lower())
    return key


def _comment(label: str, value: str) -> str:
    """A line that BibTeX skips; an @ in it would begin an entry."""
    return f"% {label}{': ' if label else ''}{one_line(value).replace('@', '(at)')}"
