"""Tables as plain text (.csv, .tsv): comma, semicolon, tab or bar between the cells, a row to be cited by its number."""

from __future__ import annotations

import csv
import io
from collections import Counter

from parley.index.errors import ReadError
from parley.index.readers.content import Content
from parley.index.readers.encoding import decode_text
from parley.index.readers.office.cells import Row, row_parts
from parley.index.readers.places import put_together
from parley.index.types import Metadata

_DELIMITERS = "\t;,|"
"""The comma comes late: where several marks cut all lines alike it stands in the numbers ("5,5")."""

_SAMPLE = 65_536
_LINES = 50
_LONGEST_CELL = 1_000_000
"""Characters; the `csv` module's own limit of 131,072 is below what a cell with a whole statement in it may have."""


def read_csv(data: bytes, name: str) -> Content:
    """Read a .csv or .tsv file. Raises ReadError if the bytes are not text or the quotation marks do not match."""
    text = decode_text(data, name=name)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = [Row(number, tuple(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error as error:
        msg = f"{name} cannot be read as a table: {error}, near line {reader.line_num}. Save it anew from a spreadsheet."
        raise ReadError(msg) from error
    return put_together(row_parts(rows, None), Metadata())


def _delimiter(text: str) -> str:
    """What parts the cells: the mark that cuts the most of the first lines into equally many cells, under a title or not."""
    lines = text[:_SAMPLE].splitlines()[:_LINES]

    def agreeing(mark: str) -> int:
        counts = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark) if len(cells) > 1)
        return max(counts.values(), default=0)

    return max(_DELIMITERS, key=agreeing)
