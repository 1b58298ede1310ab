"""Plain text: kept as decoded, but for line ends, words divided there, and the heads, feet and numbers of pages."""

from __future__ import annotations

from parley.index.readers.content import Content
from parley.index.readers.encoding import decode_text
from parley.index.readers.text_pages import drop_page_furniture
from parley.index.readers.wrapping import close_divided_words


def read_text(data: bytes, name: str) -> Content:
    """Read a .txt file. Raises ReadError if the bytes are not text."""
    text = unify_line_ends(decode_text(data, name=name))
    return Content(close_divided_words(drop_page_furniture(text)))


def unify_line_ends(text: str) -> str:
    """The text with every line end as a single line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
