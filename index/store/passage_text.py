"""What the full text takes of a passage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassageText:
    """The words by which a passage is found.

    Attributes:
        id: of the passage.
        text: its own words.
        context: what is known of it from elsewhere, such as its headings.
        quoted: with the first passage of a document, the terms by which quotations are found in the whole document.
    """

    id: int
    text: str
    context: str
    quoted: str = ""
