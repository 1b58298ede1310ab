"""A page for reading and printing: answers with numbered notes, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from parley.assistant.reports.export.record import Entry, Line, Record, Reference

_STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 2.5rem auto; padding: 0 1.25rem; color: #1d1c1a; background: #fffefb;
  font: 16px/1.55 "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "DejaVu Serif", Georgia, serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; line-height: 1.35; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .4rem 0 1rem; font-size: .82rem; }
dt { color: #57534b; }
dd { margin: 0; overflow-wrap: anywhere; }
p { margin: .6rem 0; overflow-wrap: anywhere; }
.t { white-space: pre-wrap; unicode-bidi: isolate; }
sup { line-height: 0; }
sup a, .back { color: #1f4e6b; text-decoration: none; }
.notes { border-top: 1px solid #8b8577; margin-top: 2.5rem; padding: .8rem 0 0 1.6rem; font-size: .88rem; }
.notes li { margin: .7rem 0; overflow-wrap: anywhere; break-inside: avoid; }
.notes blockquote { margin: .3rem 0 0; padding-left: .8rem; border-left: 2px solid #d8d3c6; }
@page { margin: 20mm 18mm; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; background: none; } h2, h3 { break-after: avoid; } }
"""

_REFERENCES = str.maketrans({"\r": "&#13;", "\n": "&#10;", "\0": "\ufffd"})


def to_html(record: Record) -> bytes:
    """The record as a UTF-8 HTML page; each reference is one note with its source and its words."""
    parts = [f"<h1>{_text(record.title)}</h1>", _particulars(record.particulars)]
    for number, entry in enumerate(record.entries, start=1):
        parts += _entry(entry, number)
    if record.references:
        parts.append(f'<ol class="notes">{"".join(map(_note, record.references))}</ol>')
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{_escaped(record.title)}</title><style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )
    return page.encode("utf-8", "replace")


def _escaped(text: str) -> str:
    return escape(text, quote=True).translate(_REFERENCES)


def _text(text: str) -> str:
    return f'<bdi class="t">{_escaped(text)}</bdi>'


def _particulars(particulars: list[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{_escaped(label)}</dt><dd>{_text(value)}</dd>" for label, value in particulars)
    return f"<dl>{rows}</dl>" if rows else ""


def _entry(entry: Entry, number: int) -> Iterator[str]:
    if entry.question is not None:
        yield f"<h2>{number}. {_text(entry.question)}</h2>"
    yield _particulars([(label, value) for label, value in entry.particulars if label != "Asked"])
    yield from map(_line, entry.lines)


def _line(line: Line) -> str:
    marks = "".join(f'<sup><a href="#note-{number}" id="mark-{number}">[{number}]</a></sup>' for number in line.numbers)
    if line.level:
        return f"<h{line.level}>{_text(line.text)}{marks}</h{line.level}>"
    return f"<p>{_text(line.text)}{marks}</p>"


def _note(reference: Reference) -> str:
    quotes = "".join(f"<blockquote>{_text(quote)}</blockquote>" for quote in reference.quotes)
    number = reference.number
    return (
        f'<li id="note-{number}" value="{number}">{_text(f"{reference.attribution}. {reference.source}")} '
        f'<a class="back" href="#mark-{number}" aria-label="Back to the text">↩</a>{quotes}</li>'
    )
