"""No running head, foot or page number may part a sentence, in a folder of real files where one is at hand."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from parley.index.errors import ReadError
from parley.index.readers import SUPPORTED_SUFFIXES, read_document

_FILES = Path(os.environ.get("PARLEY_REAL_FILES", ""))
"""A folder of documents as they are found; there is none in the repository."""


def parting_lines(text: str) -> list[str]:
    """Lines with a number that recur, but for it, three times or more, and stand between two halves of a sentence."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n|\n", text) if block.strip()]
    keys = [" ".join(re.sub(r"\d+", "#", block).casefold().split()) for block in blocks]
    often = Counter(keys)
    return [
        block
        for before, block, after, key in zip(blocks, blocks[1:], blocks[2:], keys[1:], strict=False)
        if "#" in key and often[key] > 2 and len(block) < 160 and re.search(r"[a-z,]$", before) and re.match(r"[a-z]", after)
    ]


def test_a_line_that_parts_a_sentence_is_seen() -> None:
    text = "\n\n".join(f"the bank of\n\nReport {number} of the panel\n\nthe river" for number in range(3))
    assert parting_lines(text) == ["Report 0 of the panel", "Report 1 of the panel", "Report 2 of the panel"]


@pytest.mark.skipif(not os.environ.get("PARLEY_REAL_FILES"), reason="PARLEY_REAL_FILES names no folder of documents")
def test_no_running_head_parts_a_sentence() -> None:
    found = {}
    for path in sorted(_FILES.iterdir()):
        if path.suffix.lower() not in SUPPORTED_SUFFIXES:
            continue
        try:
            text = read_document(path, document_id=path.name).text
        except ReadError:
            continue
        if lines := parting_lines(text):
            found[path.name] = lines
    assert found == {}
