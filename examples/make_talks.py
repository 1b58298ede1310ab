"""Make the PDF and Word files of the sample set from the Markdown sources in examples/talks_sources.

Usage: python examples/make_talks.py [FOLDER]      (default: examples/talks)

A source `NAME.pdf.md` or `NAME.docx.md` has front matter (`key: value` lines between two lines `---`) and blocks separated
by blank lines: headings `#`, list lines `- `, table lines `| a | b |` (first row is the header), `***` for a new page, and
paragraphs of one line. There is no markup within a line, so brackets and asterisks in a text stay as they are.

The same sources give the same files: dates come from the front matter and no clock is read. PDF files are the same byte for
byte; Word files are archives whose members are the same, while their compression may differ from one zlib to another.
PDF text is limited to Windows-1252, which the fonts built into every PDF viewer cover.
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import docx
from fpdf import FPDF

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "talks_sources"
TALKS = HERE / "talks"
PDF_FONT = "Times"
A5 = (148, 210)  # millimetres
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can hold

Kind = Literal["heading", "list", "table", "page_break", "paragraph"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source; `level` is the depth of a heading, 0 for all else."""

    kind: Kind
    lines: tuple[str, ...]
    level: int = 0

    @property
    def cells(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in self.lines]


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed source: front matter and blocks."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def date(self) -> datetime:
        return datetime.fromisoformat(self.meta["date"]).replace(hour=12, tzinfo=UTC)


def parse(text: str) -> Source:
    _, front, body = text.split("---\n", 2)
    pairs = (line.split(":", 1) for line in front.splitlines() if line.strip())
    meta = {key.strip(): value.strip().strip('"') for key, value in pairs}
    return Source(meta, tuple(_block(part) for part in body.split("\n\n") if part.strip()))


def _block(part: str) -> Block:
    lines = tuple(line for line in part.splitlines() if line.strip())
    first = lines[0]
    if first.strip() == "***":
        return Block("page_break", lines)
    if first.startswith("#"):
        return Block("heading", (first.lstrip("#").strip(),), level=len(first) - len(first.lstrip("#")))
    if first.startswith("- "):
        return Block("list", tuple(line[2:] for line in lines))
    if first.startswith("|"):
        return Block("table", lines)
    return Block("paragraph", (" ".join(lines),))


class _Pages(FPDF):
    """Small pages with a running head and a page number in the margin, as records of meetings have them."""

    def __init__(self, source: Source) -> None:
        super().__init__(format=A5)
        self.running_head = source.meta["running_head"]
        self.first_page = int(source.meta["first_page"])
        self.core_fonts_encoding = "windows-1252"
        self.set_compression(False)
        self.set_creation_date(source.date)
        self.set_title(source.meta["title"])
        self.set_author(source.meta["author"])
        self.set_producer("examples/make_talks.py")
        self.set_lang("en")
        self.set_auto_page_break(True, margin=18)

    def header(self) -> None:
        self.set_font(PDF_FONT, "I", 8)
        self.cell(0, 5, self.running_head, new_x="LMARGIN", new_y="NEXT", align="R")
        self.ln(3)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(PDF_FONT, "", 8)
        self.cell(0, 5, f"- {self.first_page + self.page_no() - 1} -", align="C")


def pdf_bytes(source: Source) -> bytes:
    pages = _Pages(source)
    _new_page(pages)
    for block in source.blocks:
        if block.kind == "page_break":
            _new_page(pages)
        elif block.kind == "table":
            _pdf_table(pages, block)
        else:
            for line in block.lines:
                _pdf_line(pages, block, line)
    return bytes(pages.output())


def _new_page(pages: _Pages) -> None:
    # Viewers and readers then call the first page by its printed number.
    pages.add_page(label_style="D", label_start=pages.first_page if pages.page_no() == 0 else None)


def _pdf_line(pages: _Pages, block: Block, line: str) -> None:
    if block.kind == "heading":
        pages.set_font(PDF_FONT, "B", 15 - 1.5 * block.level)
    else:
        pages.set_font(PDF_FONT, "", 10)
    pages.multi_cell(0, 5, f"- {line}" if block.kind == "list" else line, align="L", new_x="LMARGIN", new_y="NEXT")
    pages.ln(2)


def _pdf_table(pages: _Pages, block: Block) -> None:
    pages.set_font(PDF_FONT, "", 9)
    with pages.table(line_height=5, text_align="LEFT") as table:
        for cells in block.cells:
            table.row(cells)
    pages.ln(3)


def docx_bytes(source: Source) -> bytes:
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = source.meta["title"], source.meta["author"]
    properties.subject, properties.comments = source.meta["subject"], "Fictional example written for Parley."
    properties.last_modified_by, properties.language, properties.revision = source.meta["author"], "en", 1
    properties.created = properties.modified = source.date.replace(tzinfo=None)
    for block in source.blocks:
        _docx_block(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer.getvalue())


def _docx_block(document: docx.document.Document, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(block.lines[0], level=block.level)
    elif block.kind == "table":
        rows = block.cells
        table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    elif block.kind == "page_break":
        document.add_page_break()
    else:
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet" if block.kind == "list" else None)


def _without_clock(archive: bytes) -> bytes:
    """The same archive with one fixed time on every member, so that no clock shows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.create_system = 3
            new.writestr(member, old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def make(folder: Path) -> list[Path]:
    """Write every PDF and Word file of the set into `folder`; the paths written, in order of name."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(SOURCES.glob("*.md")):
        source = parse(path.read_text(encoding="utf-8"))
        target = folder / path.stem
        target.write_bytes(pdf_bytes(source) if target.suffix == ".pdf" else docx_bytes(source))
        written.append(target)
    return written


if __name__ == "__main__":
    for made in make(Path(sys.argv[1]) if len(sys.argv) > 1 else TALKS):
        print(made)
