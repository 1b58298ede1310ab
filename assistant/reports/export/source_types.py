"""What a kind of document is called in the formats of programs that keep references."""

from __future__ import annotations

from dataclasses import dataclass

from parley.index.types import Document


@dataclass(frozen=True, slots=True)
class SourceType:
    """The names of one type: in CSL 1.0.2, in RIS, in BibTeX, and whether its outlet is a newspaper or journal it stands in."""

    csl: str
    ris: str
    in_periodical: bool = False
    bibtex: str = "misc"


_TYPES = {
    "news": SourceType("article-newspaper", "NEWS", in_periodical=True, bibtex="article"),
    "transcript": SourceType("hearing", "HEAR"),
    "press briefing": SourceType("interview", "PCOMM"),
    "letter": SourceType("personal_communication", "PCOMM", bibtex="unpublished"),
    "telegram": SourceType("personal_communication", "PCOMM", bibtex="unpublished"),
    "mail thread": SourceType("personal_communication", "ICOMM", bibtex="unpublished"),
    "minutes": SourceType("report", "RPRT", bibtex="techreport"),
    "statement": SourceType("document", "GOVDOC"),
    "speech": SourceType("speech", "CONF"),
    "communiqué": SourceType("document", "GOVDOC"),
    "treaty": SourceType("treaty", "GOVDOC"),
    "resolution": SourceType("legislation", "GOVDOC"),
    "report": SourceType("report", "RPRT", bibtex="techreport"),
}
_UNKNOWN = SourceType("document", "GEN")


def source_type(document: Document) -> SourceType:
    """The type by the document's kind; a document without one that has an outlet is taken for an article there."""
    if document.genre is None:
        return _TYPES["news"] if document.outlet else _UNKNOWN
    return _TYPES[document.genre]
