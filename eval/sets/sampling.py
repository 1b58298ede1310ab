"""A random part of a question set, for engines that are too slow to be asked all of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Sample:
    """So many items, drawn by a seed: the same ones every time, and a larger sample holds all of a smaller one.

    Attributes:
        count: 1 or more; all items where there are fewer.
        seed: which sample.
    """

    count: int
    seed: int = 1

    def draw(self, items: Sequence[Item]) -> list[Item]:
        """The sample, in the order in which the items are given."""
        order = list(range(len(items)))
        random.Random(self.seed).shuffle(order)
        return [items[number] for number in sorted(order[: self.count])]
