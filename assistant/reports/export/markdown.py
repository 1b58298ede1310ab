"""Markdown with footnotes, for readers of CommonMark with footnotes (GitHub, pandoc -f gfm, Obsidian).

Document text can neither make markup nor lose a character: punctuation that means something is escaped, and line breaks,
tabs and invisible characters are written as character references, which readers turn back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.assistant.reports.export.record import Entry, Record, Reference

_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(?:(?=[-+=#:])|(\d+)(?=[.)]))")
_REFERENCE_FORBIDDEN = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[^\x00-\ufffd]")
"""Characters that HTML has no reference for (kept as they are), and those beyond the first plane (no need for one)."""


def to_markdown(record: Record) -> bytes:
    """The record as UTF-8 Markdown; each reference is one footnote with its source and its words."""
    lines = [_heading(record.title, 1), "", *_list(record.particulars)]
    for number, entry in enumerate(record.entries, start=1):
        lines += _entry(entry, number)
    for reference in record.references:
        lines += _footnote(reference)
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def escape(text: str) -> str:
    """The text such that CommonMark shows it as it is, wherever in a line it stands. NUL, which it bars, becomes `␀`."""
    marked = _MARKUP.sub(r"\\\g<0>", text.replace("\x00", "\u2400"))
    marked = _AT_START.sub(r"\1\\", marked)
    shown = "".join(character if character.isprintable() else _reference(character) for character in marked)
    return re.sub(r"^ | $", "&#32;", shown)


def _reference(character: str) -> str:
    return character if _REFERENCE_FORBIDDEN.match(character) else f"&#x{ord(character):X};"


def _list(particulars: list[tuple[str, str]]) -> list[str]:
    return [f"- {label}: {escape(value)}" for label, value in particulars]


def _entry(entry: Entry, number: int) -> Iterator[str]:
    if entry.question is not None:
        yield from ("", f"## Question {number}", "")
    yield from _list(entry.particulars)
    for line in entry.lines:
        shown = _heading(line.text, line.level) if line.level else escape(line.text)
        yield from ("", shown + "".join(f"[^{item}]" for item in line.numbers))


def _heading(text: str, level: int) -> str:
    # Number signs that end a heading would be taken for the end of its markup.
    return f"{'#' * level} " + re.sub(r"(?<!\\)(#+)$", r"\\\1", escape(text))


def _footnote(reference: Reference) -> Iterator[str]:
    yield from ("", f"[^{reference.number}]: " + escape(f"{reference.attribution}. {reference.source}"))
    for quote in reference.quotes:
        yield from ("", "    > " + escape(f"“{quote}”"))
