"""Slides, spreadsheets, OpenDocument, rich text and books: what a reader sees, and where each part is cited."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from odfdo import Document as OdfDocument
from odfdo import Header, Paragraph, Row, Table
from odfdo import List as OdfList
from openpyxl import Workbook
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from parley.index.errors import ReadError
from tests.readers.conftest import Read


def places(document: object) -> list[str]:
    return [page.name for page in document.pages]  # type: ignore[attr-defined]


def workbook(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_rows_of_a_sheet_stand_under_their_heads_and_are_cited_by_cell(read: Read) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Positions"
    sheet.append(["Matter", "Norland", "Osk"])
    sheet.append(["Ceasefire", "accepts 30 days", "demands 60 days"])
    sheet.append([None, None, None])
    sheet.append(["Share", 0.125, datetime(2031, 3, 4)])  # noqa: DTZ001
    sheet["B4"].number_format = "0.0%"
    book.create_sheet("Budget").append(["Year", 1250000])
    book["Budget"]["B1"].number_format = "#,##0"
    document = read("table.xlsx", workbook(book))
    assert document.text == (
        "Positions\n\nMatter | Norland | Osk\nCeasefire | accepts 30 days | demands 60 days\n\nShare | 12.5% | 2031-03-04"
        "\n\nBudget\n\nYear | 1,250,000"
    )
    assert document.page_at(document.text.index("demands")) == "sheet Positions, cells A2:C2"
    assert document.page_at(document.text.index("1,250")) == "sheet Budget, cells A1:B1"
    assert [document.text[one.start : one.end] for one in document.headings] == ["Positions", "Budget"]


def test_days_and_names_in_rows_are_not_those_of_the_table(read: Read) -> None:
    rows = [["Side", "Offer", "Day"], ["Kelmark", "Open the salt road", "2031-02-03"], ["Dunmere", "Free the crew", "5 May 2031"]]
    plain = read("salt_offers.csv", "\n".join(";".join(row) for row in rows).encode())
    assert (plain.title, plain.outlet, plain.date) == ("salt offers", None, None)
    book = Workbook()
    for row in [["Offers of both sides"], ["Harbour Post, 4 June 2031"], *rows]:
        book.active.append(row)
    told = read("table.xlsx", workbook(book))
    assert (told.outlet, told.date) == ("Harbour Post", date(2031, 6, 4))


def test_what_a_sheet_does_not_show_is_told(read: Read) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Matter", "Secret", "Sum"])
    sheet.append(["Dam", "never", "=1+1"])
    sheet.append(["Gate", "no", 3])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = Comment("Ask the\nministry.", "Ana Ruiz")
    book.create_sheet("Drafts").sheet_state = "hidden"
    document = read("table.xlsx", workbook(book))
    assert document.text == "Sheet\n\nMatter |  | Sum\nDam"
    assert [(one.kind, one.details) for one in document.warnings] == [
        ("hidden", ("sheet Sheet, columns B", "sheet Sheet, row 3", "sheet Drafts")),
        ("comments", ("sheet Sheet, cell A2, Ana Ruiz: Ask the ministry.",)),
        ("formulas", ("sheet Sheet, cell C2",)),
    ]


@pytest.mark.parametrize("border", [",", ";", "\t"])
def test_rows_of_plain_tables(read: Read, border: str) -> None:
    lines = [["Speaker", "Words"], ["Petra Nowak", '"Not one, step, back; ""never"""'], ["Otto Brandl", "We agree."]]
    data = "\r\n".join(border.join(line) for line in lines).encode()
    document = read("said.csv", data)
    assert document.text == 'Speaker | Words\nPetra Nowak | Not one, step, back; "never"\nOtto Brandl | We agree.'
    assert places(document) == ["row 1", "row 2", "row 3"]


def test_slides_in_reading_order_with_the_notes_of_the_speaker(read: Read) -> None:
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[5])
    low = first.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1))
    low.text_frame.text = "Second point"
    high = first.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    high.text_frame.text = "First point"
    first.shapes.title.text = "Where we stand"
    first.notes_slide.notes_text_frame.text = "Do not mention June."
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "Red lines"
    hidden.element.set("show", "0")
    last = show.slides.add_slide(show.slide_layouts[5])
    table = last.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for row, cells in enumerate((("Side", "Demand"), ("Osk", "60 days"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    buffer = io.BytesIO()
    show.save(buffer)
    document = read("show.pptx", buffer.getvalue())
    assert document.text == (
        "Where we stand\n\nFirst point\n\nSecond point\n\nNotes of the speaker:\n\nDo not mention June."
        "\n\nSide | Demand\nOsk | 60 days"
    )
    assert places(document) == ["slide 1", "slide 3"]
    assert document.title == "Where we stand"
    assert [(one.kind, one.details) for one in document.warnings] == [("hidden", ("slide 2",))]


def test_figures_of_a_chart_are_read_and_pictures_are_told(read: Read) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    figures = CategoryChartData()
    figures.categories = ["2030", "2031"]
    figures.add_series("Osk", (60, 45.5))
    figures.add_series("Norland", (30, None))
    place = (Inches(1), Inches(1), Inches(5), Inches(3))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, figures).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Days asked for"
    pixel = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
        "0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
    )
    slide.shapes.add_picture(io.BytesIO(pixel), Inches(1), Inches(5))
    buffer = io.BytesIO()
    show.save(buffer)
    document = read("show.pptx", buffer.getvalue())
    assert document.text == "Days asked for\nCategory | Osk | Norland\n2030 | 60 | 30\n2031 | 45.5"
    assert [(one.kind, one.details) for one in document.warnings] == [("pictures", ("slide 1",))]


def test_open_document_texts(read: Read) -> None:
    text = OdfDocument("text")
    text.body.clear()
    text.body.append(Header(1, "Agreed minutes"))
    paragraph = Paragraph("The sides met in Tarsia.")
    paragraph.insert_note(after="Tarsia", note_id="n1", citation="1", body="On the river Osk.")
    text.body.append(paragraph)
    text.body.append(OdfList(["Open the gate", "Close the port"]))
    table = Table("T", width=2, height=0)
    for cells in (("Side", "Demand"), ("Osk", "60 days")):
        row = Row()
        row.set_values(list(cells))
        table.append_row(row)
    text.body.append(table)
    text.meta.title = "Minutes of 4 March"
    buffer = io.BytesIO()
    text.save(buffer)
    document = read("minutes.odt", buffer.getvalue())
    assert document.text == (
        "Agreed minutes\n\nThe sides met in Tarsia.\n\n- Open the gate\n- Close the port\n\nSide | Demand\nOsk | 60 days\n\n"
        "On the river Osk."
    )
    assert document.title == "Minutes of 4 March"


def test_tracked_changes_of_open_document_texts_are_taken_as_accepted(read: Read) -> None:
    text = OdfDocument("text")
    buffer = io.BytesIO()
    text.save(buffer)
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:text="{office}text:1.0" '
        f'xmlns:style="{office}style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>'
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
        "</style:style></office:automatic-styles><office:body><office:text><text:tracked-changes>"
        '<text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Ana Ruiz</dc:creator>'
        "<dc:date>2031-06-04T10:00:00</dc:date></office:change-info><text:p>thirty</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>Within "
        '<text:span text:style-name="T1">sixty </text:span><text:change text:change-id="c1"/>ninety days<office:annotation>'
        "<dc:creator>Jon Fane</dc:creator><text:p>Too long.</text:p></office:annotation>.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, content if entry.filename == "content.xml" else old.read(entry))
    document = read("draft.odt", changed.getvalue())
    assert document.text == "Within ninety days.\n\nJon Fane: Too long."
    assert [(one.kind, one.details) for one in document.warnings] == [
        ("tracked_changes", ("Ana Ruiz, 2031-06-04: deleted “thirty”",)),
        ("struck_through", ("“sixty”",)),
        ("comments", ("Jon Fane: Too long.",)),
    ]


def test_rich_text(read: Read) -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}{\info{\title Note on the dam}{\author Ana Ruiz}}"
        rb"\f0\pard The ministry said: \ldblquote no.\rdblquote\par\pard \'cc\'e8\'f0 \u8212? peace.\par "
        rb"\trowd\cellx100\cellx200\pard\intbl Side\cell Demand\cell\row"
        rb"\trowd\cellx100\cellx200\pard\intbl Osk\cell 60 days\cell\row"
        rb"\pard Done.\par}"
    )
    document = read("note.rtf", data)
    assert document.text == "The ministry said: “no.”\n\nМир — peace.\n\nSide | Demand\nOsk | 60 days\n\nDone."
    assert (document.title, document.author) == ("Note on the dam", "Ana Ruiz")


def test_words_that_are_no_live_text_are_left_out_of_rich_text(read: Read) -> None:
    data = (
        rb"{\rtf1\ansi\pard Osk shall {\f0\strike close}{\strike0 open} the gate"
        rb"{\deleted\revauth1  at once}{\v secretly} in June.\par}"
    )
    document = read("note.rtf", data)
    assert document.text == "Osk shall open the gate in June."
    assert [(one.kind, one.details) for one in document.warnings] == [
        ("struck_through", ("“close”",)),
        ("tracked_changes", ("“at once”",)),
        ("hidden", ("“secretly”",)),
    ]


def test_what_stands_beside_rich_text_is_read_at_its_end(read: Read) -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\headery720"
        rb"{\header \pard Ministry of Ports\par}{\footerr\pard Draft 2\par}"
        rb"\pard The gate shall open{\super\chftn{\footnote\pard\plain{\super\chftn} On the river Osk, \f1\'ce\'f1\'ea.}} in June"
        rb"{\*\atnid JF}{\*\atnauthor Jon Fane}{\*\annotation{\*\atnid 1}\pard Too {\i soon}.}, see "
        rb'{\field{\*\fldinst{HYPERLINK "http://x.example/a"}}{\fldrslt{\ul the log}}} of the port.\par}'
    )
    document = read("note.rtf", data)
    assert document.text == (
        "The gate shall open in June, see the log of the port.\n\nOn the river Osk, Оск.\n\nJon Fane: Too soon."
        "\n\nMinistry of Ports\n\nDraft 2"
    )
    assert [(one.kind, one.details) for one in document.warnings] == [
        ("comments", ("Jon Fane: Too soon.",)),
        ("headers", ("Ministry of Ports", "Draft 2")),
    ]


@pytest.mark.parametrize(
    "data", [rb"{\rtf1 The gate{\footnote is open.", rb"{\rtf1 The gate}}{\header}", rb"{\rtf1{\fonttbl The gate}"]
)
def test_rich_text_whose_groups_do_not_match_is_read_or_refused(read: Read, data: bytes) -> None:
    with suppress(ReadError):
        assert "gate" in read("note.rtf", data).text


def book(**changes: str) -> bytes:
    parts = {
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/>'
            "</rootfiles></container>"
        ),
        "OPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>The Osk Talks</dc:title><dc:creator>Ana Ruiz</dc:creator><dc:publisher>Harbour Press</dc:publisher>"
            "<dc:date>2031-06-04</dc:date><dc:language>en</dc:language></metadata><manifest>"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
        ),
        "OPS/nav.xhtml": "<html><body><p>Contents</p></body></html>",
        "OPS/one.xhtml": "<html><body><h1>The gate</h1><p>They met on the river.</p></body></html>",
        "OPS/two b.xhtml": "<html><body><h1>The port</h1><p>Osk said no.</p></body></html>",
    } | changes
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()


def test_books_chapter_by_chapter(read: Read) -> None:
    document = read("talks.epub", book())
    assert document.text == "The gate\n\nThey met on the river.\n\nThe port\n\nOsk said no."
    assert document.page_at(document.text.index("Osk said")) == "chapter “The port”"
    assert (document.title, document.author, document.outlet, document.date) == (
        "The Osk Talks",
        "Ana Ruiz",
        "Harbour Press",
        date(2031, 6, 4),
    )


def test_a_book_that_may_not_be_copied_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="protected against copying"):
        read("talks.epub", book(**{"META-INF/rights.xml": "<rights/>"}))


@pytest.mark.parametrize("name", ["show.pptx", "table.xlsx", "note.odt", "talks.epub"])
def test_archives_of_another_kind_are_refused(read: Read, name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("words.txt", "words")
    with pytest.raises(ReadError, match=r"is a zip archive but not a"):
        read(name, buffer.getvalue())
