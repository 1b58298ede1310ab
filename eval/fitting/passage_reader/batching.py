"""Questions with passages as tokens, and how a model reads several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage
from parley.eval.fitting.passage_reader.model import ReaderModel
from parley.index.models.embedder import has_bfloat16
from parley.index.models.reader_input import EncodedPassage, ReadablePassage, encode_passage
from parley.index.types import Span

if TYPE_CHECKING:
    from torch import Tensor

SHAPES = 32
"""Lengths that passages are filled up to are multiples of this."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a teacher makes of a passage: the log-odds of each sentence shown, and three figures for each token of its text."""

    scores: tuple[float, ...]
    tokens: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as tokens, with the tokens of its sentences that are left, which of them answer, and the words' tokens."""

    encoded: EncodedPassage
    sentences: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]
    words: tuple[tuple[int, int], ...]
    told: Told | None = None


def shown(tokenizer: Any, example: Example, passage: ExamplePassage, told: Told | None = None) -> Shown:  # noqa: ANN401
    """The tokens of a question with one passage; `told` is what the teacher makes of them."""
    spans = tuple(Span(start, end) for start, end in passage.sentences)
    readable = ReadablePassage(passage.text, spans, passage.header())
    encoded = encode_passage(tokenizer, example.question, readable, example.earlier)
    left = [number for number, (first, last) in enumerate(encoded.sentences) if last > first]
    words = [tokens for start, end in passage.words if (tokens := _tokens_of(encoded, start, end)) is not None]
    return Shown(
        encoded,
        tuple(encoded.sentences[number] for number in left),
        tuple(number in passage.right for number in left),
        tuple(words),
        told,
    )


def _tokens_of(encoded: EncodedPassage, start: int, end: int) -> tuple[int, int] | None:
    """First and last token, counted in the passage, that overlap a span; `None` where it was cut off."""
    inside = [place for place, (left, right) in enumerate(encoded.offsets) if left < end and right > start and right > left]
    return (inside[0], inside[-1]) if inside else None


def padded(items: Sequence[Shown], rows: int) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, types and attention mask, each of shape (rows, tokens), filled up to a multiple of 32 tokens and to `rows`.

    A processor prepares its products for each shape anew, which takes longer than the products; so there are few shapes.
    """
    longest = max(len(item.encoded.ids) for item in items)
    shape = (rows, -(-longest // SHAPES) * SHAPES)
    ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    mask[:, 0] = 1
    for row, item in enumerate(items):
        size = len(item.encoded.ids)
        ids[row, :size] = torch.tensor(item.encoded.ids)
        types[row, :size] = torch.tensor(item.encoded.types)
        mask[row, :size] = 1
    return ids, types, mask


def read_together(model: ReaderModel, items: Sequence[Shown]) -> list[tuple[Tensor, Tensor]]:
    """Figures per token and scores per sentence of each passage; passages of like length go through the encoder together."""
    order = sorted(range(len(items)), key=lambda number: len(items[number].encoded.ids))
    read: dict[int, tuple[Tensor, Tensor]] = {}
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
        for start in range(0, len(order), model.alike):
            group = order[start : start + model.alike]
            sentences = [items[number].sentences for number in group] + [()] * (model.alike - len(group))
            tokens, scores = model(*padded([items[number] for number in group], model.alike), sentences)
            read |= {number: (tokens[row].float(), scores[row].float()) for row, number in enumerate(group)}
    return [read[number] for number in range(len(items))]
