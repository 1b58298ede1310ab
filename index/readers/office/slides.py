"""Slides (.pptx): titles, texts and tables from top to bottom, the speaker's notes under each slide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from parley.index.errors import ReadError
from parley.index.readers.containers.packages import open_package
from parley.index.readers.content import HOLLOW_TITLES, Block, Content, Findings, drop_invisible
from parley.index.readers.office.cells import row_text
from parley.index.readers.places import Part, put_together
from parley.index.types import Metadata, ReadingWarning

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

_SLIDES = "a set of slides (.pptx)"
NOTES = "Notes of the speaker:"
"""Stands above what is not on the slide itself but under it."""


def read_slides(data: bytes, name: str) -> Content:
    """Read a .pptx file. Raises ReadError if it is damaged, protected or no set of slides."""
    open_package(data, name, kind=_SLIDES, mark="ppt/presentation.xml").close()
    presentation = _open(data, name)
    parts: list[Part] = []
    hidden: list[str] = []
    pictures: list[str] = []
    for number, slide in enumerate(presentation.slides, start=1):
        if slide.element.get("show") == "0":
            hidden.append(f"slide {number}")
            continue
        parts.append(Part("slide", str(number), tuple(_blocks(slide))))
        pictures += [f"slide {number}" for shape in _in_order(slide.shapes) if hasattr(shape, "image")]
    return put_together(parts, _metadata(presentation), tuple(_warnings(hidden, pictures)))


def _warnings(hidden: list[str], pictures: list[str]) -> Iterator[ReadingWarning]:
    if hidden:
        yield ReadingWarning("hidden", f"{len(hidden)} hidden slides were left out.", tuple(hidden))
    if pictures:
        told = f"{len(pictures)} pictures were not read: what is written in them is not in the text."
        yield ReadingWarning("pictures", told, tuple(dict.fromkeys(pictures)))


def _open(data: bytes, name: str) -> Presentation:
    from lxml.etree import LxmlError
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    # python-pptx checks little: a part of the wrong kind shows as an attribute that is missing or a value of another type.
    wrong_parts = (AttributeError, TypeError, KeyError, ValueError, NotImplementedError, zipfile.BadZipFile, EOFError)
    try:
        return Presentation(io.BytesIO(data))
    except (PythonPptxError, LxmlError, *wrong_parts) as error:
        msg = f"{name} is damaged: its contents cannot be read as {_SLIDES}. Open and save it anew, or get it again."
        raise ReadError(msg) from error


def _blocks(slide: Slide) -> Iterator[Block]:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        yield Block(_text(title.text_frame.text).replace("\n", " "), 1)
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield Block(_shape_text(shape))
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        yield Block(NOTES)
        yield Block(_text(notes.text))


def _in_order(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Shapes from top to bottom, then from left to right; those of a group together."""
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        inner = getattr(shape, "shapes", None)
        if inner is None:
            yield shape
        else:
            yield from _in_order(inner)


def _shape_text(shape: BaseShape) -> str:
    if getattr(shape, "has_table", False):
        rows = [row_text([cell.text for cell in row.cells]) for row in shape.table.rows]  # type: ignore[attr-defined]
        return "\n".join(row for row in rows if row)
    if getattr(shape, "has_chart", False):
        return _chart_text(shape.chart)  # type: ignore[attr-defined]
    if not shape.has_text_frame or _is_number_or_foot(shape):
        return ""
    paragraphs = [(one.level, _text(one.text)) for one in shape.text_frame.paragraphs]  # type: ignore[attr-defined]
    return "\n".join("  " * level + text for level, text in paragraphs if text.strip())


def _chart_text(chart: Chart) -> str:
    """A chart's title, and its figures as a table: a row for each category, a column for each series."""
    title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
    lines = [_text(title)] if title.strip() else []
    with suppress(NotImplementedError, ValueError):  # a kind of chart that python-pptx does not know
        lines += _figures(chart)
    return "\n".join(lines)


def _figures(chart: Chart) -> list[str]:
    lines = []
    for plot in chart.plots:
        series = list(plot.series)
        lines.append(row_text(["Category", *(one.name for one in series)]))
        columns = [list(one.values) for one in series]
        for number, category in enumerate(plot.categories):
            figures = [column[number] if number < len(column) else None for column in columns]
            lines.append(row_text([str(category), *("" if one is None else f"{one:.15g}" for one in figures)]))
    return lines


def _is_number_or_foot(shape: BaseShape) -> bool:
    """Whether it holds what stands on every slide: its number, the day, a foot."""
    if not shape.is_placeholder:
        return False
    return shape.placeholder_format.type is not None and shape.placeholder_format.type.name in ("SLIDE_NUMBER", "FOOTER", "DATE")


def _text(text: str) -> str:
    return drop_invisible(text).replace("\v", "\n").replace("\u00a0", " ").strip()


def _metadata(presentation: Presentation) -> Metadata:
    findings = Findings()
    properties = presentation.core_properties
    if not HOLLOW_TITLES.fullmatch(properties.title.strip() or "untitled"):
        findings.add("title", properties.title, "slides property title")
    if properties.author != "Steve Canny":  # what python-pptx's own template leaves there
        findings.add("author", properties.author, "slides property author")
    return findings.metadata()
