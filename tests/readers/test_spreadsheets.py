"""Spreadsheets as people keep them: merged titles, formatted columns, currencies, tables with a title above their heads."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from parley.index.errors import ReadError
from parley.index.readers.office import workbook
from parley.index.readers.office.number_formats import shown_number
from tests.readers.conftest import Read


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def offers() -> Workbook:
    book = Workbook()
    for row in (["Offers of both sides"], ["Side", "Demand", "Sum"], ["Osk", "60 days", 5], [None, "the gate", 1250.5]):
        book.active.append(row)
    return book


def test_merged_cells_are_read_and_a_merged_side_stands_in_each_of_its_rows(read: Read) -> None:
    book = offers()
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A3:A4")
    book.active["C3"].number_format = '"EUR" #,##0.00'
    document = read("offers.xlsx", saved(book))
    assert document.text == (
        "Sheet\n\nOffers of both sides\nSide | Demand | Sum\nOsk | 60 days | EUR 5.00\nOsk | the gate | 1250.5"
    )
    assert document.page_at(document.text.index("the gate")) == "sheet Sheet, cells A4:C4"
    assert document.warnings == ()


def test_rows_that_are_merged_and_empty_are_no_rows(read: Read) -> None:
    book = offers()
    book.active.move_range("A2:C4", rows=2)
    book.active.merge_cells("A1:A3")
    assert read("offers.xlsx", saved(book)).text.startswith("Sheet\n\nOffers of both sides\n\nSide | Demand | Sum\nOsk")


def test_formats_of_whole_columns_do_not_make_a_sheet_too_large(read: Read) -> None:
    book = offers()
    for place in ("A1048576", "C1048576", "XFD3"):
        book.active[place].font = Font(bold=True)
    book.active["A9"] = "Late note"
    document = read("offers.xlsx", saved(book))
    assert document.text.endswith("Osk | 60 days | 5\n | the gate | 1250.5\n\nLate note")


def test_a_sheet_with_too_many_cells_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_CELLS", 9)
    with pytest.raises(ReadError, match="has 10 cells in sheet Sheet; at most 9 are read"):
        read("offers.xlsx", saved(offers()))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5, '"EUR" #,##0.00', "EUR 5.00"),
        (1234567.5, "#,##0.00 [$€-407]", "1,234,567.50 €"),
        (-1234.5, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)', "$(1,234.50)"),
        (0, '#,##0;-#,##0;"none"', "none"),
        (-5, "[Red]0.0", "-5.0"),
        (1234, '0.0,"k"', "1.2k"),
        (3000000, '[>=1000000]0.0,,"M";[>=1000]0.0,"k";0', "3.0M"),
        (3, '[>=1000000]0.0,,"M";[>=1000]0.0,"k";0', "3"),
        (7, "0000", "0007"),
        (0.125, "0.0%", "12.5%"),
        (1.5, "0.##", "1.5"),
        (12, '0 "days"', "12 days"),
        (1.5, "General", "1.5"),
        (1.5, "", "1.5"),
        (0.5, "# ?/?", "0.5"),
        (12345678, "0.00E+00", "12345678"),
        (5551234567, "(000) 000-0000", "5551234567"),
    ],
)
def test_numbers_are_read_as_their_format_shows_them(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


@pytest.mark.parametrize("title", ["", "Offers, as of June\n", "Offers\n\n"])
def test_what_parts_the_cells_is_told_by_most_lines(read: Read, title: str) -> None:
    document = read("offers.csv", f"{title}Side;Offer\nOsk;5,5\nNorland;6,25\n".encode())
    assert document.text.endswith("Side | Offer\nOsk | 5,5\nNorland | 6,25")


def test_decimal_commas_do_not_part_cells_that_semicolons_part(read: Read) -> None:
    assert read("offers.csv", b"Osk;5,5\nNorland;6,25\n").text == "Osk | 5,5\nNorland | 6,25"
    assert read("offers.csv", b"Osk,5;5\nNorland,a dam\n").text == "Osk | 5;5\nNorland | a dam"
