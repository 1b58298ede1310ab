"""What the passage reader is trained on: a question with passages, and where in them it is answered."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from parley.index.models.reader_input import header_line

PASSAGES = 5
"""Passages shown with one question in one step."""

_KEPT = {"title": 0.85, "heading": 0.7, "date": 0.8, "speaker": 0.75}
"""How often a part of the header is shown in training, so that the reader does without what a library does not know."""


@dataclass(frozen=True, slots=True)
class ExamplePassage:
    """A passage of an example; offsets count from its beginning.

    Attributes:
        text, sentences: the passage, and the spans of its sentences.
        title, headings, date, speaker: what the header tells.
        right: numbers of the sentences that answer.
        words: spans of the words that answer.
        near: whether a careless reader would take this passage to answer, in a question that none answers.
        rank: its rank in the search for the question, from 1; 0 where the search did not find it.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    title: str = ""
    headings: tuple[str, ...] = ()
    date: str = ""
    speaker: str = ""
    right: tuple[int, ...] = ()
    words: tuple[tuple[int, int], ...] = ()
    near: bool = False
    rank: int = 0

    def header(self) -> str:
        """The header as the reader is shown it."""
        return header_line(title=self.title, headings=self.headings, date=self.date, speaker=self.speaker)

    def partly_known(self, chance: random.Random) -> ExamplePassage:
        """The passage with some parts of its header left out."""
        return replace(
            self,
            title=self.title if chance.random() < _KEPT["title"] else "",
            headings=tuple(heading for heading in self.headings if chance.random() < _KEPT["heading"]),
            date=self.date if chance.random() < _KEPT["date"] else "",
            speaker=self.speaker if chance.random() < _KEPT["speaker"] else "",
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A question, those asked before it, and passages; `document` names where it was asked about."""

    id: str
    document: str
    question: str
    earlier: tuple[str, ...]
    passages: tuple[ExamplePassage, ...]

    @property
    def answerable(self) -> bool:
        """Whether a passage answers."""
        return any(passage.right for passage in self.passages)


def drawn_passages(example: Example, chance: random.Random) -> list[ExamplePassage]:
    """The passages of one step: up to three that answer, or two that nearly do, and others, those found first more often.

    Parts of their headers are left out at random.
    """
    answering = [item for item in example.passages if item.right]
    nearly = [item for item in example.passages if item.near and not item.right]
    shown = chance.sample(answering, min(3, len(answering))) or nearly[:2]
    rest = [item for item in example.passages if not item.right and not item.near]
    while rest and len(shown) < PASSAGES:
        weights = [1 / (3 + (item.rank or 30)) for item in rest]
        picked = chance.choices(range(len(rest)), weights)[0]
        shown.append(rest.pop(picked))
    chance.shuffle(shown)
    return [passage.partly_known(chance) for passage in shown]


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write one example a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_examples(paths: Sequence[Path]) -> list[Example]:
    """The examples of some files, in order. Raises pydantic's ValidationError where a line is no example."""
    adapter = TypeAdapter(Example)
    return [adapter.validate_json(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
