"""PDF pages as they are laid out: ten kinds of columns, tables, footnotes, heads, numbers and notes."""

from __future__ import annotations

import io

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.readers.conftest import Read
from tests.readers.test_pdf import MADE

LEFT = [
    "The envoy of Norland told the hall",
    "that the northern port would stay in",
    "its hands for good. He would speak",
    "of the bridge at a later meeting, if",
    "the maps were ready by then.",
]
RIGHT = [
    "The minister of Velmark said that her",
    "guns would leave the eastern bank by",
    "the first of July. Her offer would end",
    "on Friday, and nobody in the capital",
    "would sign without a ceasefire.",
]


def sheet() -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.creation_date = MADE
    pdf.set_auto_page_break(auto=False)
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    return pdf


def put(pdf: FPDF, left: float, top: float, lines: list[str], *, pitch: float = 14, size: float = 11) -> float:
    pdf.set_font("helvetica", size=size)
    for number, line in enumerate(lines):
        pdf.text(left, top + number * pitch, line)
    return top + len(lines) * pitch


def text_of(read: Read, pdf: FPDF) -> str:
    return read("a.pdf", bytes(pdf.output())).text


@pytest.mark.parametrize("order", ["by row", "by column"])
@pytest.mark.parametrize("gutter", [20, 45])
def test_columns_are_read_one_after_the_other(read: Read, order: str, gutter: int) -> None:
    pdf = sheet()
    second = 60 + 190 + gutter
    if order == "by row":
        for number, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
            put(pdf, 60, 100 + 14 * number, [one])
            put(pdf, second, 100 + 14 * number, [other])
    else:
        put(pdf, 60, 100, LEFT)
        put(pdf, second, 100, RIGHT)
    assert text_of(read, pdf).split("\n\n") == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_wide_title_stands_above_both_columns(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 60, ["Bulletin of the talks on the bridge and the port"], size=20)
    for number, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        put(pdf, 60, 100 + 14 * number, [one])
        put(pdf, 290, 100 + 14 * number, [other])
    assert text_of(read, pdf).split("\n\n") == [
        "Bulletin of the talks on the bridge and the port",
        " ".join(LEFT),
        " ".join(RIGHT),
    ]


def test_a_table_is_read_row_by_row(read: Read) -> None:
    pdf = sheet()
    rows = [("Clause", "Norland", "Velmark"), ("Ceasefire", "30 days", "60 days"), ("Monitors", "200", "none")]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            put(pdf, 60 + 140 * column, 100 + 16 * number, [cell])
    assert text_of(read, pdf) == "Clause | Norland | Velmark\nCeasefire | 30 days | 60 days\nMonitors | 200 | none"


def test_numbers_of_lines_at_the_margin_are_no_text(read: Read) -> None:
    pdf = sheet()
    for number, line in enumerate(LEFT * 2, start=1):
        put(pdf, 40, 86 + 14 * number, [str(number)])
        put(pdf, 80, 86 + 14 * number, [line])
    assert "".join(character for character in text_of(read, pdf) if character.isdigit()) == ""


def test_a_footnote_and_its_mark_cut_no_sentence(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 700, LEFT[:2])
    pdf.set_font("helvetica", size=6)
    pdf.text(60 + 176, 708, "1")
    put(pdf, 60, 780, ["1 Letter of the envoy, 3 May 2031."], size=8)
    pdf.add_page()
    put(pdf, 60, 100, LEFT[2:])
    assert text_of(read, pdf).split("\n\n") == [" ".join(LEFT), "1 Letter of the envoy, 3 May 2031."]


def test_a_foot_that_changes_from_page_to_page_is_no_text(read: Read) -> None:
    pdf = sheet()
    feet = ["Confidential: panel of experts", "Draft of the second reading", "Not for the press"]
    for number, foot in enumerate(feet):
        if number:
            pdf.add_page()
        put(pdf, 60, 100, [*LEFT, *RIGHT])
        put(pdf, 60, 800, [foot], size=8)
    assert not any(foot in text_of(read, pdf) for foot in feet)


def test_letters_set_apart_are_words(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 100, LEFT)
    pdf.set_char_spacing(2.2)
    put(pdf, 60, 200, ["Delimitation of the gate"])
    pdf.set_char_spacing(0)
    assert "Delimitation of the gate" in text_of(read, pdf)


def test_a_bare_number_of_an_article_stands_for_itself(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 100, ["Article 1", "Ships pass freely in the dry season.", "Article 2", "No fee is due from any ship."])
    assert text_of(read, pdf).split("\n\n") == [
        "Article 1",
        "Ships pass freely in the dry season.",
        "Article 2",
        "No fee is due from any ship.",
    ]


def with_additions(pdf: FPDF) -> bytes:
    """The file with a filled form field and a note."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(pdf.output()))))
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("Offer in millions"),
            NameObject("/V"): TextStringObject("40"),
        }
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form
    note = Text(text="We cannot sign this.", rect=(50, 550, 200, 650))
    note[NameObject("/T")] = TextStringObject("Jon Fane")
    writer.add_annotation(page_number=0, annotation=note)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_form_values_and_notes_stand_behind_the_text_and_are_told(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 100, LEFT)
    document = read("a.pdf", with_additions(pdf))
    assert document.text.split("\n\n")[1:] == ["Offer in millions: 40", "Jon Fane: We cannot sign this."]
    assert [item.kind for item in document.warnings] == ["form_fields", "annotations"]
    assert document.page_at(document.text.index("Jon Fane")) == "1"


def test_pages_without_text_are_told(read: Read) -> None:
    pdf = sheet()
    put(pdf, 60, 100, LEFT)
    pdf.add_page()
    (warning,) = read("a.pdf", bytes(pdf.output())).warnings
    assert (warning.kind, warning.details) == ("unread_pages", ("page 2",))
