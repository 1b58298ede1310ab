"""Pages that are pictures: their text as a recogniser finds it, in its place, and told as recognised."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from fpdf import FPDF

from parley.index.errors import ReadError
from parley.index.readers.pdf.reading import read_pdf
from parley.index.readers.pdf.recognising import Picture, Recognised, is_installed, packaged_recogniser
from tests.readers.test_pdf_layout import LEFT, put, sheet


class Eyes:
    """Recognises the same lines in every picture, and keeps how large the pictures were."""

    def __init__(self, *lines: Recognised) -> None:
        self._lines = lines
        self.sizes: list[tuple[int, ...]] = []

    def lines(self, picture: Picture) -> Sequence[Recognised]:
        self.sizes.append(picture.shape)
        return self._lines


def line(text: str, top: float, sure: float = 0.9) -> Recognised:
    return Recognised(text, 150.0, top, 900.0, top + 28, sure)


def half_scan() -> bytes:
    pdf = sheet()
    put(pdf, 60, 100, LEFT)
    pdf.add_page()
    return bytes(pdf.output())


def test_a_picture_among_pages_is_read_in_its_place_and_told() -> None:
    eyes = Eyes(line("The northern port will open", 200), line("in June, the envoy said.", 235, 0.7), line("smudge", 400, 0.2))
    content = read_pdf(half_scan(), "half.pdf", find_recogniser=lambda: eyes)
    page = content.pages[1]
    assert content.text[page.start : page.end] == "The northern port will open in June, the envoy said."
    (warning,) = content.warnings
    assert (warning.kind, warning.details) == ("recognised_text", ("page 2, confidence 0.80",))
    assert [size[2] for size in eyes.sizes] == [3]


def test_pages_with_text_are_not_looked_at_and_empty_pictures_stay_unread() -> None:
    eyes = Eyes()
    content = read_pdf(half_scan(), "half.pdf", find_recogniser=lambda: eyes)
    assert len(eyes.sizes) == 1
    assert [warning.kind for warning in content.warnings] == ["unread_pages"]


def test_a_page_of_a_claimed_size_of_metres_costs_no_more() -> None:
    pdf = FPDF(unit="pt", format=(14_000, 14_000))
    pdf.add_page()
    eyes = Eyes()
    with pytest.raises(ReadError, match="no text"):
        read_pdf(bytes(pdf.output()), "huge.pdf", find_recogniser=lambda: eyes)
    assert eyes.sizes[0][0] * eyes.sizes[0][1] < 12_100_000


@pytest.mark.skipif(not is_installed(), reason="needs the extra “ocr”")
def test_the_packaged_recogniser_reads_a_printed_line() -> None:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (1400, 300), "white")
    words = "The northern port will open in June."
    ImageDraw.Draw(picture).text((60, 110), words, fill="black", font=ImageFont.load_default(size=56))
    held = io.BytesIO()
    picture.save(held, format="PNG")
    pdf = FPDF(unit="pt", format=(700, 150))
    pdf.add_page()
    pdf.image(held, 0, 0, 700, 150)
    content = read_pdf(bytes(pdf.output()), "scan.pdf", find_recogniser=packaged_recogniser)
    assert content.text == words
    assert [warning.kind for warning in content.warnings] == ["recognised_text"]
