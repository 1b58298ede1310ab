"""Tables of who said what: rows under heads such as "Speaker | Words" are turns, and no other row of a table is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.index.language.dates import find_dates
from parley.index.language.paragraphs import cell_spans, has_cells, trimmed
from parley.index.structure.voices.labels import Label
from parley.index.structure.voices.lines import text_lines
from parley.index.structure.voices.naming import read_named
from parley.index.structure.voices.words import turn_words
from parley.index.types import Document, Span


@dataclass(frozen=True, slots=True)
class SaidInRow:
    """A row with who speaks in it and what they say."""

    row: Span
    label: Label
    said: Span


def is_table(document: Document) -> bool:
    """Whether a document is a spreadsheet or a plain table, whose lines are rows."""
    return bool(document.pages) and document.pages[0].unit in {"sheet", "row"}


def rows_said(document: Document) -> Iterator[SaidInRow]:
    """The rows under heads for a speaker and for words, in order."""
    text, columns = document.text, None
    end = -1
    for line in text_lines(text):
        if not has_cells(text, line):
            columns = None
            continue
        cells = [trimmed(text, cell) for cell in cell_spans(text, line)]
        if columns is None or "\n\n" in text[end : line.start]:
            columns = _columns([text[cell.start : cell.end] for cell in cells])
        elif (found := _said(text, line, cells, *columns)) is not None:
            yield found
        end = line.end


def _columns(heads: list[str]) -> tuple[int, int]:
    """The columns of the speaker and of the words; -1 for one that there is not."""
    folded = [head.strip(" :*").lower() for head in heads]
    speakers = [number for number, head in enumerate(folded) if head in turn_words("speaker_head")]
    words = [number for number, head in enumerate(folded) if head in turn_words("words_head")]
    return (speakers[0] if speakers else -1, words[0] if words else -1)


def _said(text: str, line: Span, cells: list[Span], speaker: int, words: int) -> SaidInRow | None:
    if min(speaker, words) < 0 or max(speaker, words) >= len(cells):
        return None
    who, said = cells[speaker], cells[words]
    written = text[who.start : who.end]
    named = read_named(written, any_case=True)
    if named is None or said.start >= said.end:
        return None
    days = (find_dates(text[cell.start : cell.end]) for cell in cells if cell not in (who, said))
    day = next((found[0].date for found in days if len(found) == 1), None)
    label = Label(line.start, said.start, who, named, "gap", "", 3, "caps" if written.isupper() else "title", True, day)
    return SaidInRow(line, label, said)
