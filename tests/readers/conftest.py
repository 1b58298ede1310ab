"""Reading a file made on the spot, with the laws that hold for every document checked on the way."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from parley.index.readers import hash_file, read_document
from parley.index.types import Document

Read = Callable[[str, bytes], Document]


def check_laws(document: Document) -> None:
    """Spans lie in the text and in order; pages cover it without gap or overlap; every stated field has its basis."""
    previous = 0
    for heading in document.headings:
        line = document.text[heading.start : heading.end]
        assert previous <= heading.start < heading.end
        assert line == line.strip() != ""
        assert heading.level >= 1
        previous = heading.end
    if document.pages:
        assert document.pages[0].start == 0
        assert document.pages[-1].end == len(document.text)
        for page, following in zip(document.pages, document.pages[1:], strict=False):
            assert page.end == following.start
        assert "".join(document.text[page.start : page.end] for page in document.pages) == document.text
    for field in ("title", "outlet", "author", "date", "language"):
        assert (getattr(document, field) is None) == (document.basis_of(field) is None), field


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(name: str, data: bytes) -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        document = read_document(path, document_id="d")
        assert document.id == "d"
        assert document.sha256 == sha256(data).hexdigest() == hash_file(path)
        check_laws(document)
        return document

    return read
