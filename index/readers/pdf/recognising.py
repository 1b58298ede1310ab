"""Pages that are pictures of text: their lines recognised, with the page and how sure it is, where the extra `ocr` is installed.

The models are in the package rapidocr; nothing is downloaded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from parley.index.errors import is_importable
from parley.index.readers.pdf.lines import Line
from parley.index.types import ReadingWarning

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

Picture = npt.NDArray[np.uint8]
"""Shape `(height, width, 3)`, the colours blue, green, red."""

MOST_PAGES = 40
"""Pages of a file whose pictures are read: each takes some five seconds of processor time, and a file has 240."""

SCALE = 2.5
"""Pixels to a point: 180 dots to an inch, at which printed letters of eight points have some twenty pixels."""
MOST_PIXELS = 12_000_000
"""Pixels of a page; larger ones are read smaller, so that a page of a claimed size of metres costs no more than others."""
_LEAST_SURE = 0.5
"""How sure a line must be, as the recogniser tells it, from 0 to 1; below, it is mostly specks and stamps."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of text in a picture: its edges in pixels from the upper left corner, `sure` from 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


class Recogniser(Protocol):
    """Finds the lines of text in a picture."""

    def lines(self, picture: Picture) -> Sequence[Recognised]:
        """The lines, from top to bottom."""
        ...


def is_installed() -> bool:
    """Whether the extra `ocr` is."""
    return is_importable("rapidocr")


@cache
def packaged_recogniser() -> Recogniser | None:
    """The recogniser of the extra `ocr`; `None` where it is not installed."""
    return RapidRecogniser() if is_installed() else None


class RapidRecogniser:
    """rapidocr with the models of its wheel, in one thread."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def lines(self, picture: Picture) -> Sequence[Recognised]:
        """The lines, from top to bottom."""
        found = self._engine(picture)
        if found.boxes is None:
            return ()
        lines = [_recognised(text, box, sure) for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True)]
        return sorted(lines, key=lambda line: (line.top, line.left))


def _recognised(text: str, box: npt.NDArray[np.float32], sure: float) -> Recognised:
    """A line from the four corners of its box, shape `(4, 2)`."""
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    return Recognised(text, float(left), float(top), float(right), float(bottom), float(sure))


@dataclass(frozen=True, slots=True)
class Reading:
    """The recognised lines of one page, as a printed page's lines, and how sure they are on average."""

    lines: list[Line]
    sure: float


def read_picture(document: PdfDocument, number: int, recogniser: Recogniser) -> Reading | None:
    """The lines on page `number`, from 0; `None` where there are none."""
    page = document[number]
    width, height = page.get_size()
    scale = min(SCALE, sqrt(MOST_PIXELS / max(1.0, width * height)))
    picture = page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3]
    return recognised_lines(np.ascontiguousarray(picture), recogniser, page=number, scale=scale)


def recognised_lines(picture: Picture, recogniser: Recogniser, *, page: int, scale: float) -> Reading | None:
    """The lines in a picture; `None` where there are none.

    Args:
        picture: the page.
        recogniser: finds them.
        page: its number, from 0.
        scale: pixels to a point.
    """
    found = [line for line in recogniser.lines(picture) if line.sure >= _LEAST_SURE and line.text.strip()]
    if not found:
        return None
    height = picture.shape[0] / scale
    lines = [
        Line(
            text=" ".join(line.text.split()),
            page=page,
            left=line.left / scale,
            right=line.right / scale,
            bottom=height - line.bottom / scale,
            size=(line.bottom - line.top) / scale,
        )
        for line in found
    ]
    return Reading(lines, fmean(line.sure for line in found))


def recognised_warning(readings: dict[int, Reading], labels: Sequence[str]) -> Iterator[ReadingWarning]:
    """Which pages were recognised, and how surely."""
    if readings:
        told = f"The text of {len(readings)} of {len(labels)} pages was recognised from pictures and may have mistakes."
        details = tuple(f"page {labels[number]}, confidence {reading.sure:.2f}" for number, reading in sorted(readings.items()))
        yield ReadingWarning("recognised_text", told, details)
