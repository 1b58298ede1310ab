"""Keeping keys and passwords out of what people read: answers, notices, errors, exports and logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

HIDDEN = "[hidden]"
_SHORTEST = 4
"""Characters; a shorter "key" would blot out ordinary words."""

_SHAPES = (
    re.compile(r"(?<=//)[^/\s@]+(?=@)"),
    re.compile(r"(?i)(?<=bearer )[^\s\"',;]+"),
    re.compile(r"(?i)(?<=authorization: )(?!bearer)[^\s\"',;]+"),
    re.compile(r"(?i)(?<=[?&;\s])((?:api[-_]?)?key|token|password|secret)=[^\s&\"',;]+"),
)


def hidden(text: str, *keys: str) -> str:
    """The text without these keys, and without what has the shape of a password in an address or of a header that holds one."""
    for key in sorted((key for key in keys if len(key) >= _SHORTEST), key=len, reverse=True):
        text = text.replace(key, HIDDEN)
    for shape in _SHAPES:
        text = shape.sub(lambda found: f"{found[1]}={HIDDEN}" if found.re.groups else HIDDEN, text)
    return text


def hidden_in_stream(pieces: Iterator[str], key: str) -> Iterator[str]:
    """The pieces without the key, also where it comes in several of them; the end of a piece that may begin it is held back."""
    if len(key) < _SHORTEST:
        yield from pieces
        return
    held = ""
    for piece in pieces:
        if not piece:
            yield piece
            continue
        held = (held + piece).replace(key, HIDDEN)
        kept = next((size for size in range(min(len(key) - 1, len(held)), 0, -1) if key.startswith(held[-size:])), 0)
        yield held[: len(held) - kept]
        held = held[len(held) - kept :]
    yield held


class HidingFilter(logging.Filter):
    """Takes the keys out of every line that a handler writes, tracebacks included."""

    def __init__(self, keys: Callable[[], tuple[str, ...]]) -> None:
        super().__init__()
        self._keys = keys

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed."""
        keys = self._keys()
        record.msg, record.args = hidden(record.getMessage(), *keys), None
        if record.exc_info and not record.exc_text:
            record.exc_text = hidden(logging.Formatter().formatException(record.exc_info), *keys)
        return True
