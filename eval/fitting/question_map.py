"""Learns the matrix that turns the vector of a question towards the passages that answer it: `index/models/question_map.npz`.

    python -m parley.eval.fitting.question_map QUESTIONS.jsonl ROWS.jsonl index/models/question_map.npz [--judge OTHERS.jsonl ...]

The examples are those on which the passage reader is trained: questions about documents, and rows of public sets. A matrix is
learnt by which the passages that answer a question are the likeliest of all passages in its set, by a softmax over cosines.

Large values are punished, because a matrix can learn 2,300 questions by heart: with a tenth of this punishment the passage was
among the first ten for 1.00 of the questions learnt from, and for no more of others than without a matrix. Rows keep it good for
texts of other kinds.
`--judge` prints how often a passage that answers is among the first ten and fifty of a set, without and with the matrix.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage, read_examples
from parley.index.models.minilm import DIMENSION, MiniLMEmbedder

if TYPE_CHECKING:
    from torch import Tensor

STEPS, AT_ONCE, RATE = 700, 128, 5e-4
TEMPERATURE = 0.05
"""What cosines are divided by; at .1 the gain was lost."""

PUNISHMENT = 0.03
"""Times the sum of all squared values, added to the loss; .01 was as good, .003 worse."""

SHARE = 0.6
"""How much a question about a document counts; a row counts what is left to 1."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Unit vectors of questions and of passages, each one row, and for each question whether each passage answers it."""

    questions: Tensor
    passages: Tensor
    right: Tensor


def pairs_of(examples: Sequence[Example], embedder: MiniLMEmbedder, *, others: bool = True) -> Pairs:
    """The questions that a passage answers; `others` says whether passages that answer none are kept beside the rest."""
    asked = [item for item in examples if item.answerable]
    texts = list(dict.fromkeys(_embedded(one) for item in asked for one in item.passages if others or one.right))
    place = {text: number for number, text in enumerate(texts)}
    right = torch.zeros(len(asked), len(texts), dtype=torch.bool)
    for row, item in enumerate(asked):
        for one in item.passages:
            if one.right:
                right[row, place[_embedded(one)]] = True
    questions = np.concatenate([embedder.embed_query(" ".join([*item.earlier, item.question])) for item in asked])
    return Pairs(torch.tensor(questions), torch.tensor(embedder.embed_passages(texts)), right)


def _embedded(passage: ExamplePassage) -> str:
    """The passage behind its header, as a library embeds it."""
    header = passage.header()
    return f"{header}. {passage.text}" if header else passage.text


def turned(questions: Tensor, matrix: Tensor) -> Tensor:
    """The questions' vectors, turned by the matrix and of unit length again."""
    return functional.normalize(questions + questions @ matrix, dim=1)


def fitted(documents: Pairs, rows: Pairs, steps: int = STEPS) -> Tensor:
    """The matrix, shape (384, 384)."""
    torch.manual_seed(0)
    matrix = torch.zeros(DIMENSION, DIMENSION, requires_grad=True)
    optimizer = torch.optim.Adam([matrix], lr=RATE)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        loss = PUNISHMENT * (matrix**2).sum()
        for pairs, share in ((documents, SHARE), (rows, 1 - SHARE)):
            loss = loss + share * _loss(pairs, matrix)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return matrix.detach()


def _loss(pairs: Pairs, matrix: Tensor) -> Tensor:
    drawn = torch.randint(len(pairs.questions), (AT_ONCE,))
    scores = turned(pairs.questions[drawn], matrix) @ pairs.passages.T / TEMPERATURE
    answering = scores.masked_fill(~pairs.right[drawn], float("-inf"))
    return (torch.logsumexp(scores, 1) - torch.logsumexp(answering, 1)).mean()


def found_within(pairs: Pairs, matrix: Tensor, most: int) -> float:
    """The share of questions with a passage that answers among the `most` nearest."""
    scores = turned(pairs.questions, matrix) @ pairs.passages.T
    best = scores.masked_fill(~pairs.right, float("-inf")).max(1, keepdim=True).values
    return float(((scores > best).sum(1) < most).float().mean())


def _judged(paths: Sequence[Path], matrix: Tensor, embedder: MiniLMEmbedder) -> Iterator[str]:
    for path in paths:
        pairs = pairs_of(read_examples([path]), embedder)
        for most in (10, 50):
            before, after = (found_within(pairs, by, most) for by in (torch.zeros_like(matrix), matrix))
            yield f"{path.name}: among the first {most} {before:.3f}, with the matrix {after:.3f}"


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Learn the matrix that turns questions towards passages that answer them.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--judge", type=Path, nargs="*", default=[], help="examples to print figures of, not learnt from")
    options = parser.parse_args()
    embedder = MiniLMEmbedder()
    documents = pairs_of(read_examples([options.questions]), embedder)
    rows = pairs_of(read_examples([options.rows]), embedder, others=False)
    matrix = fitted(documents, rows)
    for line in _judged(options.judge, matrix, embedder):
        print(line)  # noqa: T201
    np.savez(options.output, matrix=matrix.numpy().astype(np.float16))
    print(f"{options.output.name}  {sha256(options.output.read_bytes()).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
