"""The cells of tables as text: a row on a line, its cells parted by " | ", the row with the names of the columns on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.index.readers.content import Block, tidy
from parley.index.readers.places import Part

BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they are shown, and the row's number in its sheet, from 1."""

    number: int
    cells: tuple[str, ...]


def row_text(cells: Sequence[str]) -> str:
    """The cells of a row on one line, without empty ones at its end."""
    told = [tidy(cell) for cell in cells]
    while told and not told[-1]:
        told.pop()
    return BETWEEN_CELLS.join(told)


def row_parts(rows: Sequence[Row], sheet: str | None) -> Iterator[Part]:
    """A part for each row that has a cell with text; rows that follow one another are a table.

    Args:
        rows: the rows in order.
        sheet: the sheet's name, which is a heading above its rows; `None` where there are no sheets.
    """
    before: int | None = None
    if sheet is not None:
        yield Part("sheet", sheet, (Block(sheet, 1),))
    for row in rows:
        text = row_text(row.cells)
        if not text:
            before = None
            continue
        yield Part("row" if sheet is None else "sheet", _label(row, sheet), (Block(text),), "\n\n" if before is None else "\n")
        before = row.number


def _label(row: Row, sheet: str | None) -> str:
    if sheet is None:
        return str(row.number)
    filled = [number for number, cell in enumerate(row.cells, start=1) if cell.strip()]
    first, last = f"{column_name(filled[0])}{row.number}", f"{column_name(filled[-1])}{row.number}"
    return f"{sheet}, cell {first}" if first == last else f"{sheet}, cells {first}:{last}"


def column_name(number: int) -> str:
    """The letters of a column: "A" for 1, "AB" for 28."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
