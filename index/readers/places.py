"""Texts put together from parts that have a place of their own to be cited: slides, rows of a sheet, chapters, times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parley.index.readers.content import Block, Content, join_blocks
from parley.index.types import Heading, Metadata, Page, ReadingWarning


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks cited by one place; `unit` and `label` as in `Page`. `border` stands between it and the part before."""

    unit: str
    label: str
    blocks: tuple[Block, ...]
    border: str = "\n\n"


def put_together(parts: Iterable[Part], metadata: Metadata, warnings: Sequence[ReadingWarning] = ()) -> Content:
    """The parts one after the other as one text, with a page for each."""
    text = ""
    headings: list[Heading] = []
    pages: list[Page] = []
    for part in parts:
        own, titles = join_blocks(part.blocks)
        if not own:
            continue
        text += part.border if text else ""
        if pages:
            pages[-1] = replace(pages[-1], end=len(text))
        start = len(text)
        headings += [Heading(title.level, start + title.start, start + title.end) for title in titles]
        text += own
        pages.append(Page(part.label, start, len(text), part.unit))
    return Content(text, metadata, tuple(headings), tuple(pages), tuple(warnings))
