"""Weighted sums whose weights stand in a text file, one line each, for inspection and change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MODEL_FILE = "reading_model.tsv"
INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`intercept + sum(weight x value)` over named features; a feature without a weight counts nothing."""

    weights: Mapping[str, float]
    intercept: float = 0.0

    def score(self, values: Mapping[str, float]) -> float:
        """The weighted sum."""
        return self.intercept + sum(weight * values.get(name, 0.0) for name, weight in self.weights.items())

    def probability(self, values: Mapping[str, float]) -> float:
        """The weighted sum through the logistic function, 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(values)))))


def parse_models(text: str) -> dict[str, LinearModel]:
    """The models of a file with the columns model, feature and weight; lines that start with `#` say where they come from."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {
        model: LinearModel(
            {row[1]: float(row[2]) for row in rows if row[0] == model and row[1] != INTERCEPT},
            next((float(row[2]) for row in rows if row[0] == model and row[1] == INTERCEPT), 0.0),
        )
        for model in dict.fromkeys(row[0] for row in rows)
    }


@cache
def reading_model(name: str) -> LinearModel:
    """One of the models that come with Parley, by name; `reading_model.tsv` tells what each is for."""
    return parse_models(Path(__file__).with_name(MODEL_FILE).read_text(encoding="utf-8"))[name]
