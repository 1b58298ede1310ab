"""Bytes to text: by byte order mark, by strict UTF-8, by what the file declares, and else by how natural each reading looks."""

from __future__ import annotations

import codecs
import re

from parley.index.errors import ReadError
from parley.index.readers.encoding_guess import guess_encoding, special_stretches

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word file or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
)
_ALIASES = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252") | {"iso-8859-9": "cp1254"}
"""What pages and mails that declare these mean: https://encoding.spec.whatwg.org/#names-and-labels."""

_SAMPLE = 20_000


def decode_text(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of `data` without its byte order mark; line ends stay as they are.

    Args:
        data: the bytes.
        name: the file's name, for messages.
        declared: the encoding that the file itself states (HTML meta, e-mail header), used after UTF-8 was ruled out.

    Raises:
        ReadError: the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, name)
    if b"\0" in data:
        return _decode_wide(data, name)
    _check_is_text(data, name)
    text = _decode_or_none(data, "utf-8")
    if text is None and declared:
        label = declared.strip().lower()
        text = _decode_or_none(data, _ALIASES.get(label, label))
    return text if text is not None else _decode_undeclared(data, name)


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    text = _decode_or_none(data, encoding)
    if text is not None:
        return text
    repaired = data.decode(encoding, "replace")
    if repaired.count("\ufffd") > max(2, len(repaired) // 100):
        msg = f"{name} starts as {encoding.upper()} text, but its bytes are not: it is damaged. Get the file again."
        raise ReadError(msg)
    return repaired


def _decode_wide(data: bytes, name: str) -> str:
    """UTF-16 without a byte order mark. Raises ReadError for anything else that holds zero bytes."""
    readings = [_decode_or_none(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    best = max((text for text in readings if text), key=_ordinary_share, default="")
    if len(best) >= 2 and _ordinary_share(best) >= 0.95:
        return best
    raise ReadError(_binary_message(data, name))


def _ordinary_share(text: str) -> float:
    """Share of characters that are letters of everyday alphabets, digits, white space or punctuation."""
    sample = text[:_SAMPLE]
    ordinary = sum(character.isspace() or (" " <= character < "\u2100" and character.isprintable()) for character in sample)
    return ordinary / len(sample)


def _check_is_text(data: bytes, name: str) -> None:
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:_SAMPLE]))
    if controls > len(data[:_SAMPLE]) // 100 or any(data.startswith(signature) for signature, _ in _SIGNATURES):
        raise ReadError(_binary_message(data, name))


def _binary_message(data: bytes, name: str) -> str:
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), "binary data")
    return f"{name} is not text: its content is {kind}. Give it the ending that fits its content, or save it as text."


def _decode_or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_undeclared(data: bytes, name: str) -> str:
    sample = special_stretches(data)
    repaired = sample.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    if damaged * 20 <= sum(character > "\x7f" for character in repaired) - damaged:
        return data.decode("utf-8", "replace")  # another encoding would garble all but the few damaged bytes
    text = data.decode(guess_encoding(data), "replace")
    start = text[:_SAMPLE]
    if sum(character.isprintable() or character.isspace() for character in start) < 0.9 * len(start):
        raise ReadError(_binary_message(data, name))
    return text
