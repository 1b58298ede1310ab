"""What the teacher makes of many questions with passages: figures that the small reader learns from.

    python -m parley.eval.fitting.passage_reader.soft_labels TEACHER.pt FOLDER LABELS.jsonl EXAMPLES.jsonl [...]

FOLDER holds all-mpnet-base-v2. A run that is cut goes on behind the last line of LABELS.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from pydantic import TypeAdapter

from parley.eval.fitting.passage_reader.batching import Shown, Told, read_together, shown
from parley.eval.fitting.passage_reader.examples import Example, drawn_passages, read_examples
from parley.eval.fitting.passage_reader.model import ReaderModel, TeacherModel
from parley.index.models.passage_reader import TrainedPassageReader

_AT_ONCE = 16
"""Questions read at once."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A question with the passages shown to the teacher, and what it made of each, in order."""

    example: Example
    told: tuple[Told, ...]

    def shown(self, tokenizer: Any) -> list[Shown]:  # noqa: ANN401
        """The passages as tokens, with what the teacher makes of them."""
        return [
            shown(tokenizer, self.example, passage, told) for passage, told in zip(self.example.passages, self.told, strict=True)
        ]


def labelled(model: ReaderModel, tokenizer: Any, examples: Sequence[Example]) -> Iterator[Labels]:  # noqa: ANN401
    """What a model makes of each example's passages."""
    model.eval()
    items = [[shown(tokenizer, example, passage) for passage in example.passages] for example in examples]
    with torch.inference_mode():
        read = iter(read_together(model, [item for group in items for item in group]))
    for example, group in zip(examples, items, strict=True):
        yield Labels(example, tuple(_told(item, *next(read)) for item in group))


def _told(item: Shown, tokens: torch.Tensor, scores: torch.Tensor) -> Told:
    first, count = item.encoded.first, len(item.encoded.offsets)
    return Told(
        tuple(round(score, 2) for score in scores.tolist()),
        tuple(tuple(round(figure, 2) for figure in row) for row in tokens[first : first + count].tolist()),
    )


def read_labels(paths: Sequence[Path]) -> list[Labels]:
    """The labelled examples of some files, in order. Raises pydantic's ValidationError where a line is none."""
    adapter = TypeAdapter(Labels)
    return [adapter.validate_json(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def drawn(examples: Sequence[Example], seed: int) -> list[Example]:
    """The examples in random order, each with the passages that are labelled."""
    chance = random.Random(seed)
    order = chance.sample(list(examples), len(examples))
    return [replace(example, passages=tuple(drawn_passages(example, chance))) for example in order]


def main() -> None:
    """Add to the file named on the command line."""
    parser = argparse.ArgumentParser(description="Let the teacher read examples.")
    parser.add_argument("teacher", type=Path, help="checkpoint of the teacher")
    parser.add_argument("folder", type=Path, help="where all-mpnet-base-v2 lies")
    parser.add_argument("output", type=Path)
    parser.add_argument("examples", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=11, help="decides which passages are drawn")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, tokenizer = TeacherModel(options.folder), TrainedPassageReader().tokenizer
    model.load_state_dict(torch.load(options.teacher)["model"])
    done = len(options.output.read_text(encoding="utf-8").splitlines()) if options.output.exists() else 0
    examples = drawn(read_examples(options.examples), options.seed)
    with options.output.open("a", encoding="utf-8") as file:
        for start in range(done, len(examples), _AT_ONCE):
            for label in labelled(model, tokenizer, examples[start : start + _AT_ONCE]):
                file.write(json.dumps(asdict(label), ensure_ascii=False) + "\n")
            file.flush()


if __name__ == "__main__":
    main()
