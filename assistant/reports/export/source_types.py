"""What a kind of document is called in the formats of programs that keep references."""

from __future__ import annotations

from dataclasses import dataclass

from parley.index.types import Document


@dataclass(frozen=True, slots=True)
class SourceType:
    """The names of one type: in CSL 1.0.2, in RIS, and whether its outlet is a newspaper or journal in which it stands."""

    csl: str
    ris: str
    in_periodical: bool = False


_TYPES = {
    "news": SourceType("article-newspaper", "NEWS", in_periodical=True),
    "transcript": SourceType("hearing", "HEAR"),
    "press briefing": SourceType("interview", "PCOMM"),
    "letter": SourceType("personal_communication", "PCOMM"),
    "telegram": SourceType("personal_communication", "PCOMM"),
    "mail thread": SourceType("personal_communication", "ICOMM"),
    "minutes": SourceType("report", "RPRT"),
    "statement": SourceType("document", "GOVDOC"),
    "speech": SourceType("speech", "CONF"),
    "communiqué": SourceType("document", "GOVDOC"),
    "treaty": SourceType("treaty", "GOVDOC"),
    "resolution": SourceType("legislation", "GOVDOC"),
    "report": SourceType("report", "RPRT"),
}
_UNKNOWN = SourceType("document", "GEN")


def source_type(document: Document) -> SourceType:
    """The type by the document's kind; a document without one that has an outlet is taken for an article there."""
    if document.genre is None:
        return _TYPES["news"] if document.outlet else _UNKNOWN
    return _TYPES[document.genre]
