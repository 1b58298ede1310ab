"""Plain text: kept exactly as decoded, but for the byte order mark and the kind of line ends."""

from __future__ import annotations

from parley.index.readers.content import Content
from parley.index.readers.encoding import decode_text


def read_text(data: bytes, name: str) -> Content:
    """Read a .txt file. Raises ReadError if the bytes are not text."""
    return Content(unify_line_ends(decode_text(data, name=name)))


def unify_line_ends(text: str) -> str:
    """The text with every line end as a single line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
