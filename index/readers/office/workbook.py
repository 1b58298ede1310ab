"""Spreadsheets (.xlsx): each sheet's rows under the names of their columns, with the values as they were last shown."""

from __future__ import annotations

import io
import re
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
from parley.index.readers.places import Part, put_together
from parley.index.types import Metadata, ReadingWarning

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELLS = 2_000_000
_BOOK = "a spreadsheet (.xlsx)"


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
        elif sheet.max_row * sheet.max_column > _MOST_CELLS:
            size = f"{sheet.max_row} rows and {sheet.max_column} columns"
            msg = f"{name} has {size} in sheet {sheet.title}. Save it without empty ones."
            raise ReadError(msg)
        else:
            parts += row_parts(list(_rows(sheet, computed[sheet.title], left_out)), sheet.title)
    return put_together(parts, _metadata(shown), tuple(left_out.warnings()))


def _load(data: bytes, name: str, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    # openpyxl checks little: a part of the wrong kind shows as an error of any of these kinds.
    try:
        return load_workbook(io.BytesIO(data), data_only=values)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError, zipfile.BadZipFile, EOFError) as error:
        msg = f"{name} is damaged: its contents cannot be read as {_BOOK}. Open and save it in a spreadsheet, or get it again."
        raise ReadError(msg) from error


def _rows(sheet: Worksheet, computed: Worksheet, left_out: _LeftOut) -> Iterator[Row]:
    hidden_columns = _hidden_columns(sheet)
    if hidden_columns:
        left_out.hidden.append(f"sheet {sheet.title}, columns {', '.join(sorted(hidden_columns))}")
    for cells in sheet.iter_rows():
        number = cells[0].row
        if sheet.row_dimensions[number].hidden:
            left_out.hidden.append(f"sheet {sheet.title}, row {number}")
            continue
        yield Row(number, tuple("" if cell.column_letter in hidden_columns else _shown(cell) for cell in cells))
        for cell in cells:
            where = f"sheet {sheet.title}, cell {cell.coordinate}"
            if cell.comment is not None:
                left_out.comments.append(
                    f"{where}, {cell.comment.author or 'unknown author'}: {' '.join(cell.comment.text.split())}"
                )
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
    """A cell's value as the sheet shows it, by the number formats that change what is read (days, shares, decimals)."""
    value, wanted = getattr(cell, "value", None), getattr(cell, "number_format", "") or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Date | time):
        return value.isoformat()
    return _number(value, wanted.split(";")[0]) if isinstance(value, int | float) else str(value)


def _number(value: float, wanted: str) -> str:
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", wanted)
    decimals = re.search(r"[0#]\.(0+)", plain)
    digits = len(decimals[1]) if decimals else 0 if re.search(r"0", plain) else None
    grouped = "," if re.search(r"[#0],[#0]", plain) else ""
    if "%" in plain:
        return f"{value * 100:{grouped}.{digits or 0}f}%"
    if digits is None or "E" in plain:
        return f"{value:.15g}"
    return f"{value:{grouped}.{digits}f}"


def _metadata(book: Workbook) -> Metadata:
    findings = Findings()
    if not HOLLOW_TITLES.fullmatch((book.properties.title or "").strip() or "untitled"):
        findings.add("title", book.properties.title, "spreadsheet property title")
    if book.properties.creator != "openpyxl":
        findings.add("author", book.properties.creator, "spreadsheet property author")
    return findings.metadata()
