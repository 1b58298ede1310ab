"""One piece of evidence: the words, where they stand, and who said them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parley.assistant.particulars import DocumentLookup, JsonObject, document_json, document_of, statement_json, statement_of
from parley.index.types import Document, Passage, Statement


@dataclass(frozen=True, slots=True)
class Citation:
    """One piece of evidence. `document.text[start:end] == quote` for every citation; `verified` records that check.

    Attributes:
        marker: number shown in square brackets, from 1 in order of appearance.
        passage: the passage that was retrieved; contains or overlaps the quotation.
        start, end: half-open character offsets of the quotation in `document.text`.
        statement: the attribution that covers the quotation; `None` means the document's own voice.
        attribution: one line for people, e.g. "an unnamed Turkish official, to CNN: direct quotation".
        page: page label for paged formats.
    """

    marker: int
    document: Document
    passage: Passage
    start: int
    end: int
    quote: str
    statement: Statement | None
    attribution: str
    page: str | None
    verified: bool

    def to_dict(self) -> JsonObject:
        """The citation as plain JSON values, with its document's particulars and its statement."""
        return {
            "marker": self.marker,
            "document": document_json(self.document),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "page": self.page,
            "attribution": self.attribution,
            "statement": statement_json(self.statement, self.document) if self.statement else None,
            "passage": {"id": self.passage.id, "start": self.passage.start, "end": self.passage.end},
            "headings": list(self.passage.headings),
            "verified": self.verified,
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any], lookup: DocumentLookup | None = None) -> Citation:
        """The citation again, as `Answer.from_dict` makes it."""
        document = document_of(fields["document"], lookup)
        start, end, quote = fields["start"], fields["end"], fields["quote"]
        passage = fields["passage"]
        return cls(
            marker=fields["marker"],
            document=document,
            passage=Passage(passage["id"], document.id, passage["start"], passage["end"], 0, tuple(fields["headings"])),
            start=start,
            end=end,
            quote=quote,
            statement=statement_of(fields["statement"], document, lookup),
            attribution=fields["attribution"],
            page=fields["page"],
            verified=bool(fields["verified"]) and document.text[start:end] == quote,
        )
