"""Scans that are pictures (.png, .jpg, .tif of several pages): their lines recognised, and laid out like those of a PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from parley.index.errors import ReadError
from parley.index.readers.content import Content
from parley.index.readers.pdf.lines import Line
from parley.index.readers.pdf.reading import laid_out
from parley.index.readers.pdf.recognising import (
    MOST_PAGES,
    MOST_PIXELS,
    SCALE,
    Picture,
    Reading,
    Recogniser,
    packaged_recogniser,
    recognised_lines,
)

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "TIFF")
_DOTS = range(100, 1201)
"""Dots to an inch that a scanner may have had; cameras and screens write 72 or 96, whatever the size of the page."""


def read_pictures(data: bytes, name: str, *, find_recogniser: Callable[[], Recogniser | None] = packaged_recogniser) -> Content:
    """Read a picture of text. Raises ReadError if it is damaged, has no text, or nothing is there that recognises any."""
    recogniser = find_recogniser()
    if recogniser is None:
        msg = f"{name} is a picture: its text can be read with the extra “ocr”. Install it, or recognise the text first."
        raise ReadError(msg)
    recognised: dict[int, Reading] = {}
    count = 0
    for picture, scale in _pages(data, name):
        found = recognised_lines(picture, recogniser, page=count, scale=scale)
        recognised |= {count: found} if found is not None else {}
        count += 1
    if not recognised:
        msg = f"{name} has no text that could be recognised. Leave it out, or scan it anew, straight and at 300 dots to an inch."
        raise ReadError(msg)
    pages: list[list[Line]] = [recognised[number].lines if number in recognised else [] for number in range(count)]
    return laid_out(pages, [str(number + 1) for number in range(count)], recognised, name)


def _pages(data: bytes, name: str) -> Iterator[tuple[Picture, float]]:
    """Each page's pixels, and how many of them go to a point. Raises ReadError for what is no picture, or too large a one."""
    from PIL import Image, ImageSequence

    bombs = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                count = getattr(opened, "n_frames", 1)
                if count > MOST_PAGES:
                    msg = f"{name} has {count} pages; of pictures at most {MOST_PAGES} pages are read. Split it into parts."
                    raise ReadError(msg)
                for frame in ImageSequence.Iterator(opened):
                    yield _pixels(frame)
    except bombs as error:
        msg = f"{name} has more pixels than a page can have ({error}). Save it smaller."
        raise ReadError(msg) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        msg = f"{name} is damaged, or no picture by its content: it cannot be opened. Get it again, or save it anew."
        raise ReadError(msg) from error


def _pixels(frame: Image) -> tuple[Picture, float]:
    from PIL import Image, ImageOps

    dots = frame.info.get("dpi", (0, 0))[0]
    upright = ImageOps.exif_transpose(frame)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda value: value / 256).convert("L")
    # What is transparent is paper.
    shown = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA")).convert("RGB")
    width, height = shown.size
    smaller = min(1.0, sqrt(MOST_PIXELS / (width * height)))
    if smaller < 1:
        shown = shown.resize((max(1, int(width * smaller)), max(1, int(height * smaller))))
    scale = dots / 72 * smaller if int(dots) in _DOTS else SCALE
    return np.ascontiguousarray(np.asarray(shown)[:, :, ::-1]), scale
