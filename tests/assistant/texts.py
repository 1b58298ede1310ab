"""Documents for the reader's tests, all invented, and a library of them."""

# ruff: noqa: E501  (paragraphs are lines)
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from parley.assistant.answers.reader import ExtractiveReader
from parley.index.library import Library
from parley.index.types import Document

COURIER = """Talks on the Orla bridge ended in Verin on Thursday without a signature.

Lenia's Transport Minister Petra Amsel told the Orla Courier that the toll would "probably be dropped within two years." She added: "Nobody crosses a bridge to admire the barrier."

A source familiar with the negotiations informed the Orla Courier that the Tavian team demanded that Lenia close three ferries: Dorn, Hask and Milo.

Tavia's envoy Ivo Brandt said the two sides agreed in principle to meet again in Hask on 4 June 2031.

Former Tavian ambassador Karel Nym told Radio Verin that the bridge was "a toy for ministers."

The bridge carries 12,000 cars a day. It was built in 1987.
"""

GAZETTE = """The Tavian delegation, its spokesman Oskar Lind told reporters, never asked for the ferries to be closed.

Lind said the bridge carries 9,000 cars a day.

Amsel declined to say which ferry she would close first.
"""

MINUTES = """AMSEL (Lenia): We offer to pay for the lights, provided that the toll is not raised.
BRANDT (Tavia): I cannot accept that today. My government has not seen the figures.
"""


def documents() -> list[Document]:
    return [
        Document.from_text(
            COURIER, id="courier", title="Bridge talks end", outlet="Orla Courier", date=date(2031, 5, 8), language="en"
        ),
        Document.from_text(
            GAZETTE, id="gazette", title="Delegation denies demand", outlet="Tavian Gazette", date=date(2031, 5, 9), language="en"
        ),
        Document.from_text(MINUTES, id="minutes", title="Minutes of the fourth session", language="en"),
    ]


def library_of(folder: Path, texts: Sequence[Document]) -> Library:
    library = Library.open(folder)
    library.add_documents(texts)
    return library


def reader_of(folder: Path, texts: Sequence[Document] | None = None) -> ExtractiveReader:
    return ExtractiveReader(library_of(folder, texts if texts is not None else documents()))
