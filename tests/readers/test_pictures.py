"""Scans that are pictures: every page is read in its order, and what cannot be read is refused with what to do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from parley.index.discovery import discover
from parley.index.errors import ReadError
from parley.index.readers.formats import PICTURE_SUFFIXES, readable_suffixes
from parley.index.readers.pdf.pictures import read_pictures
from parley.index.readers.pdf.recognising import Picture, Recognised, is_installed
from tests.readers.conftest import Read


class Eyes:
    """Tells a line in each picture: its number, how large it is, and the colour of its first point."""

    def __init__(self, *, blind: tuple[int, ...] = ()) -> None:
        self._blind = blind
        self._seen = 0

    def lines(self, picture: Picture) -> Sequence[Recognised]:
        self._seen += 1
        height, width, _ = picture.shape
        told = f"Picture {self._seen} is {width} by {height}, {'-'.join(map(str, picture[0, 0]))}."
        return [] if self._seen in self._blind else [Recognised(told, 150, 200, 900, 228, 0.9)]


def saved(kind: str, *pictures: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(buffer, format=kind, **more, **options)
    return buffer.getvalue()


def sheet(mode: str = "RGB", colour: object = "white", size: tuple[int, int] = (1000, 1400)) -> Image.Image:
    return Image.new(mode, size, colour)


def test_each_page_of_a_scan_is_read_in_its_order_and_told() -> None:
    data = saved("TIFF", sheet("1", 1), sheet("L", 0), sheet("1", 1))
    content = read_pictures(data, "scan.tif", find_recogniser=lambda: Eyes(blind=(2,)))
    assert content.text == "Picture 1 is 1000 by 1400, 255-255-255.\n\nPicture 3 is 1000 by 1400, 255-255-255."
    assert [page.label for page in content.pages] == ["1", "2", "3"]
    assert [(one.kind, one.details) for one in content.warnings] == [
        ("recognised_text", ("page 1, confidence 0.90", "page 3, confidence 0.90")),
        ("unread_pages", ("page 2",)),
    ]


@pytest.mark.parametrize(
    ("kind", "picture", "told"),
    [
        ("PNG", sheet("RGBA", (0, 0, 0, 0)), "1000 by 1400, 255-255-255"),
        ("PNG", sheet("RGB", (10, 20, 30)), "1000 by 1400, 30-20-10"),
        ("PNG", sheet("I;16", 65535), "1000 by 1400, 255-255-255"),
        ("JPEG", sheet("CMYK", (0, 0, 0, 0)), "1000 by 1400, 255-255-255"),
        ("PNG", sheet("1", 1, (6000, 4000)), "4242 by 2828, 255-255-255"),
    ],
)
def test_colours_and_sizes_of_any_kind(kind: str, picture: Image.Image, told: str) -> None:
    assert told in read_pictures(saved(kind, picture), "scan", find_recogniser=Eyes).text


def test_a_photograph_is_read_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    data = saved("JPEG", sheet(), exif=turned)
    assert "1400 by 1000" in read_pictures(data, "scan.jpg", find_recogniser=Eyes).text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (saved("PNG", sheet())[:60], "is damaged"),
        (saved("GIF", sheet()), "no picture by its content"),
        (saved("PNG", sheet("1", 1, (12_000, 12_000))), "more pixels than a page can have"),
        (saved("TIFF", *[sheet("1", 1, (10, 10))] * 41), "has 41 pages; of pictures at most 40"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        read_pictures(data, "scan.png", find_recogniser=Eyes)


def test_without_text_or_anything_that_recognises_it_a_picture_is_refused() -> None:
    with pytest.raises(ReadError, match="has no text that could be recognised"):
        read_pictures(saved("PNG", sheet()), "scan.png", find_recogniser=lambda: Eyes(blind=(1,)))
    with pytest.raises(ReadError, match="with the extra “ocr”"):
        read_pictures(saved("PNG", sheet()), "scan.png", find_recogniser=lambda: None)


def test_pictures_are_found_beside_other_files(tmp_path: Path) -> None:
    for suffix in PICTURE_SUFFIXES:
        (tmp_path / f"scan{suffix.upper()}").write_bytes(b"x")
    found, refused = discover([tmp_path])
    assert (len(found), refused) == (len(PICTURE_SUFFIXES), [])
    assert set(PICTURE_SUFFIXES) < set(readable_suffixes())


@pytest.mark.skipif(not is_installed(), reason="needs the extra “ocr”")
def test_a_printed_line_is_recognised(read: Read) -> None:
    picture = sheet("RGB", "white", (1400, 300))
    words = "The northern port will open in June."
    ImageDraw.Draw(picture).text((60, 110), words, fill="black", font=ImageFont.load_default(size=56))
    document = read("scan.png", saved("PNG", picture, dpi=(300, 300)))
    assert document.text == words
    assert [warning.kind for warning in document.warnings] == ["recognised_text"]
