"""What the trained reader reads: [earlier questions / question] and [title | headings | date | speaker || passage], as tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.index.models.word_pieces import BEGIN, SEPARATOR
from parley.index.types import Span

MOST_TOKENS, MOST_OF_QUESTION, MOST_OF_HEADER = 256, 72, 56
"""Tokens read of the whole, of the questions (their end), and of the header (its beginning), in training as in use."""


@dataclass(frozen=True, slots=True)
class ReadablePassage:
    """A passage as the reader is shown it: its text, the spans of its sentences within that text, and a header."""

    text: str
    sentences: tuple[Span, ...]
    header: str = ""


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """Token ids and types; the token ranges of the sentences (empty if cut off); the passage tokens' offsets, from `first` on."""

    ids: list[int]
    types: list[int]
    sentences: tuple[tuple[int, int], ...]
    first: int
    offsets: NDArray[np.int64]


def header_line(*, title: str = "", headings: Sequence[str] = (), date: str = "", speaker: str = "") -> str:
    """The header that stands before a passage: what is known of it, as in "Ballard to Canberra | 26 May 1947 | Ballard".

    The title is cut to 90 characters, the last two headings to 60, the speaker to 40: the reader was trained with these.
    """
    title = " ".join(title.split())[:90]
    parts = [title] if title else []
    parts += [cut for heading in list(headings)[-2:] if (cut := heading[:60]) and cut != title[:60]]
    parts += [part for part in (date, speaker[:40]) if part]
    return " | ".join(parts)


def encode_passage(tokenizer: Any, question: str, passage: ReadablePassage, earlier: Sequence[str] = ()) -> EncodedPassage:  # noqa: ANN401
    """The tokens of a question with a passage; `tokenizer` is one of the library `tokenizers`."""
    # Half characters (lone surrogates) may stand in a conversation that comes from elsewhere; tokenizers do not take them.
    words = " / ".join([*earlier, question]).encode("utf-8", "replace").decode("utf-8")
    asked = tokenizer.encode(words, add_special_tokens=False).ids[-MOST_OF_QUESTION:]
    lead = f"{passage.header} || " if passage.header else ""
    header = tokenizer.encode(lead, add_special_tokens=False).ids[:MOST_OF_HEADER] if lead else []
    text = tokenizer.encode(passage.text, add_special_tokens=False)
    room = MOST_TOKENS - 3 - len(asked) - len(header)
    ids, offsets = text.ids[:room], np.array(text.offsets[:room], dtype=np.int64).reshape(-1, 2)
    first = 2 + len(asked) + len(header)
    bounds = offsets[:, 0]
    ranges = tuple(
        (first + int(np.searchsorted(bounds, span.start)), first + int(np.searchsorted(bounds, span.end)))
        for span in passage.sentences
    )
    return EncodedPassage(
        ids=[BEGIN, *asked, SEPARATOR, *header, *ids, SEPARATOR],
        types=[0] * (len(asked) + 2) + [1] * (len(header) + len(ids) + 1),
        sentences=ranges,
        first=first,
        offsets=offsets,
    )
