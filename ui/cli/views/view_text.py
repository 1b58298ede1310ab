"""Views for reading in a terminal. Line breaks within a quotation are shown as blanks; JSON and CSV keep them."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from parley.ui.cli.console import source_line, write

if TYPE_CHECKING:
    from parley.assistant import CitedStatement, Ledger, PositionTable, Timeline, TimelineItem

NOTHING = "no statement found"
_WIDEST_CELL = 24
_GAP = "  "


def write_positions_text(table: PositionTable) -> None:
    """The grid with markers, then the statement behind each marker."""
    markers: dict[int, int] = {}
    listed: list[CitedStatement] = []
    for cell in table.cells:
        for item in cell.statements:
            if id(item) not in markers:
                listed.append(item)
                markers[id(item)] = len(listed)
    rows = []
    for party in table.parties:
        cells = [table.cell(party, issue).statements for issue in table.issues]
        rows.append([party, *(" ".join(f"[{markers[id(item)]}]" for item in cell) or NOTHING for cell in cells)])
    if rows:
        write_grid(["party", *table.issues], rows, shutil.get_terminal_size((100, 24)).columns)
    else:
        write("No party has a statement on these issues.")
    for item in listed:
        write(f"\n[{markers[id(item)]}] {item.party}, {', '.join(item.issues)}{_status(item)}")
        _write_cited(item)
    if table.unfiled:
        write("\nOn these issues, by speakers whose party neither the text nor the alias list gives:")
        for item in table.unfiled:
            write(f"\n- {', '.join(item.issues)}{_status(item)}")
            _write_cited(item)
    if table.silent:
        write(f"\nNo statement on these issues was found of: {'; '.join(table.silent)}.")


def write_ledger_text(ledger: Ledger) -> None:
    """The entries under their status."""
    if not ledger.entries:
        write("No statement with a status was found.")
    for status, entries in groupby(ledger.entries, key=lambda entry: entry.status):
        write(f"{status.replace('_', ' ')}\n")
        for entry in entries:
            since = f"since {entry.since.isoformat()} (date of the document)" if entry.since else "undated"
            write(f"- {since}{f', {entry.cited.party}' if entry.cited.party else ''}")
            _write_cited(entry.cited)
            write()


def write_timeline_text(timeline: Timeline) -> None:
    """The three lists."""
    for heading, items in (
        ("By stated date", timeline.stated),
        ("By date of the document", timeline.by_document),
        ("Undated", timeline.undated),
    ):
        write(f"{heading}{'' if items else ': none'}\n")
        for item in items:
            _write_dated(item)


def write_grid(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> None:
    """A table in columns; where it is wider than `width` characters, in several, each with the first column."""
    columns = list(zip(header, *rows, strict=True))
    widths = [min(_WIDEST_CELL, max(map(len, column))) for column in columns]
    position = 1
    while position < len(columns):
        chosen = [0, position]
        position += 1
        while position < len(columns) and sum(widths[n] + len(_GAP) for n in [*chosen, position]) <= width + len(_GAP):
            chosen.append(position)
            position += 1
        if chosen[1] > 1:
            write()
        for number, row in enumerate([header, *rows]):
            _write_row([row[n] for n in chosen], [widths[n] for n in chosen])
            if not number:
                write(_GAP.join("-" * widths[n] for n in chosen))


def _write_row(cells: Sequence[str], widths: Sequence[int]) -> None:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        write(_GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip())


def _write_cited(item: CitedStatement) -> None:
    write(f"    “{_one_line(item.quote)}”")
    write(f"    {_one_line(item.attribution)}")
    shown = [f"{label} {_one_line(value)}" for label, value in item.remarks]
    if shown:
        write(f"    {'; '.join(shown)}")
    _write_source(item)


def _write_source(item: CitedStatement) -> None:
    document = item.document
    places = ", ".join(f"{span.start}-{span.end}" for span in item.statement.content)
    page = document.page_at(item.statement.content[0].start)
    write(f"    {source_line(document.title, document.outlet, document.date, page)}, characters {places}")


def _write_dated(item: TimelineItem) -> None:
    write(f"{item.date.isoformat() if item.date else 'undated'}  “{_one_line(item.passage)}”")
    write(f"    {_one_line(item.cited.attribution)}{_status(item.cited)}")
    words = f"“{item.cited.words(item.words)}”, " if item.words else ""
    write(f"    {_one_line(words + item.basis)}")
    _write_source(item.cited)
    write()


def _status(item: CitedStatement) -> str:
    return f" [{item.status.replace('_', ' ')}]" if item.status != "none" else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
