"""Spreadsheets (.xlsx): each sheet's rows under the names of their columns, with the values as they were last shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from parley.index.errors import ReadError
from parley.index.readers.containers.packages import open_package
from parley.index.readers.content import HOLLOW_TITLES, Content, Findings
from parley.index.readers.office.cells import Row, row_parts
from parley.index.readers.office.number_formats import shown_number
from parley.index.readers.places import Part, put_together
from parley.index.types import Metadata, ReadingWarning

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELLS = 2_000_000
"""Of a sheet, the empty ones before the last of each row among them."""

_BOOK = "a spreadsheet (.xlsx)"
_Filled = dict[int, dict[int, "Cell"]]
"""What is shown in each row and column with something in it, in order of the rows."""


@dataclass(slots=True)
class _LeftOut:
    """What a reader of the sheets does not see, or what is not known without computing."""

    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def warnings(self) -> Iterator[ReadingWarning]:
        if self.hidden:
            yield ReadingWarning(
                "hidden", f"{len(self.hidden)} hidden sheets, rows or columns were left out.", tuple(self.hidden)
            )
        if self.comments:
            told = f"{len(self.comments)} comments on cells were left out of the text."
            yield ReadingWarning("comments", told, tuple(self.comments))
        if self.formulas:
            told = f"{len(self.formulas)} cells hold a formula without its result. Save it anew from a spreadsheet."
            yield ReadingWarning("formulas", told, tuple(self.formulas))


def read_workbook(data: bytes, name: str) -> Content:
    """Read a .xlsx file. Raises ReadError if it is damaged, protected, no spreadsheet, or of an absurd size."""
    open_package(data, name, kind=_BOOK, mark="xl/workbook.xml").close()
    shown, computed = _load(data, name, values=True), _load(data, name, values=False)
    left_out = _LeftOut()
    parts: list[Part] = []
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            left_out.hidden.append(f"sheet {sheet.title}")
        else:
            filled = _filled_rows(sheet, computed[sheet.title])
            _check_size(filled, sheet.title, name)
            parts += row_parts(list(_rows(filled, sheet, computed[sheet.title], left_out)), sheet.title)
    return put_together(parts, _metadata(shown), tuple(left_out.warnings()))


def _check_size(filled: _Filled, sheet: str, name: str) -> None:
    cells = sum(map(max, filled.values()))
    if cells > _MOST_CELLS:
        msg = f"{name} has {cells:,} cells in sheet {sheet}; at most {_MOST_CELLS:,} are read. Split it."
        raise ReadError(msg)


def _load(data: bytes, name: str, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    # openpyxl checks little: a part of the wrong kind shows as an error of any of these kinds.
    try:
        return load_workbook(io.BytesIO(data), data_only=values)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError, zipfile.BadZipFile, EOFError) as error:
        msg = f"{name} is damaged: its contents cannot be read as {_BOOK}. Open and save it in a spreadsheet, or get it again."
        raise ReadError(msg) from error


def _rows(filled: _Filled, sheet: Worksheet, computed: Worksheet, left_out: _LeftOut) -> Iterator[Row]:
    from openpyxl.utils import get_column_letter

    hidden_columns = _hidden_columns(sheet)
    if hidden_columns:
        left_out.hidden.append(f"sheet {sheet.title}, columns {', '.join(sorted(hidden_columns))}")
    before: int | None = None
    for number, cells in filled.items():
        if before is not None and number > before + 1:
            yield Row(number - 1, ())
        before = number
        if sheet.row_dimensions[number].hidden:
            left_out.hidden.append(f"sheet {sheet.title}, row {number}")
            continue
        shown = [""] * max(cells)
        for column, cell in sorted(cells.items()):
            if get_column_letter(column) not in hidden_columns:
                shown[column - 1] = _shown(cell)
            if (cell.row, cell.column) == (number, column):
                _tell_what_is_missing(cell, computed, left_out)
        yield Row(number, tuple(shown))


def _filled_rows(sheet: Worksheet, computed: Worksheet) -> _Filled:
    """The cell that is shown at each row and column where something is, in order of the rows.

    A format of a whole column may stretch a sheet to its last possible row, so the empty cells are not visited.
    Where cells of one column are merged, each further row with text shows the merged one: a side beside all its demands.
    """
    filled: _Filled = {}
    for row, column in sorted({*_places(sheet), *_places(computed)}):
        filled.setdefault(row, {})[column] = sheet.cell(row, column)
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col and area.min_col in filled.get(area.min_row, {}):
            for row in range(area.min_row + 1, area.max_row + 1):
                if row in filled:
                    filled[row][area.min_col] = filled[area.min_row][area.min_col]
    return filled


def _places(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    # openpyxl has no public way to the cells that the file holds: all others make the empty ones, too.
    for place, cell in sheet._cells.items():  # noqa: SLF001
        if cell.value is not None or getattr(cell, "comment", None) is not None:
            yield place


def _tell_what_is_missing(cell: Cell, computed: Worksheet, left_out: _LeftOut) -> None:
    where = f"sheet {computed.title}, cell {cell.coordinate}"
    if cell.comment is not None:
        author = cell.comment.author or "unknown author"
        left_out.comments.append(f"{where}, {author}: {' '.join(cell.comment.text.split())}")
    if cell.value is None and computed[cell.coordinate].data_type == "f":
        left_out.formulas.append(where)


def _hidden_columns(sheet: Worksheet) -> set[str]:
    from openpyxl.utils import get_column_letter

    return {
        get_column_letter(number)
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for number in range(dimension.min or 0, min((dimension.max or 0), sheet.max_column) + 1)
        if number > 0
    }


def _shown(cell: Cell) -> str:
    """A cell's value as the sheet shows it by its number format; days are written in one way, the year first."""
    value, wanted = getattr(cell, "value", None), getattr(cell, "number_format", "") or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Date | time):
        return value.isoformat()
    return shown_number(value, wanted) if isinstance(value, int | float) else str(value)


def _metadata(book: Workbook) -> Metadata:
    findings = Findings()
    if not HOLLOW_TITLES.fullmatch((book.properties.title or "").strip() or "untitled"):
        findings.add("title", book.properties.title, "spreadsheet property title")
    if book.properties.creator != "openpyxl":
        findings.add("author", book.properties.creator, "spreadsheet property author")
    return findings.metadata()
