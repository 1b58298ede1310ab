"""How the place of a quotation in its document is called: a printed page, or a slide, a row, a time."""

from __future__ import annotations

from parley.index.types import Document


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
