"""How the place of a quotation in its document is called: a printed page, or a slide, a row, a time."""

from __future__ import annotations

import re

from parley.index.types import Document

_RECOGNISED = re.compile(r"page (?P<page>.+), confidence (?P<sure>[\d.]+)")


def page_words(place: str | None, *, short: bool = False) -> str:
    """A printed page as "page 12" ("p. 12" if `short`), other places as they are ("slide 3"), "" for none.

    `place` is what `Document.page_at` tells.
    """
    if not place:
        return ""
    return place if " " in place else f"{'p.' if short else 'page'} {place}"


def printed_pages(document: Document) -> int:
    """How many printed pages the document has; slides, rows and times are none."""
    return sum(not page.unit for page in document.pages)


def recognition_of(document: Document, start: int) -> str:
    """What is told beside a citation that begins at `start`; empty where the text was not recognised from a picture.

    Words read off a picture may be misread, so its confidence is told with them.
    """
    page = document.page_at(start) if document.warnings else None
    if page is None:
        return ""
    told = (detail for warning in document.warnings if warning.kind == "recognised_text" for detail in warning.details)
    found = (_RECOGNISED.fullmatch(detail) for detail in told)
    sure = next((match["sure"] for match in found if match is not None and match["page"] == page), None)
    return f"text recognised from a picture, confidence {sure}" if sure is not None else ""
