"""Scoring by words how surely a text supports a claim: a logistic model with a dozen weights in a text file beside this module.

The weights were fitted on WiCE (Kamoi et al. 2023, ODC-BY) by `python -m parley.eval.fitting.support`, which has the recipe.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from parley.assistant.drafting.support.features import FEATURES, compare

THRESHOLD = 0.5
"""Score from which a text counts as supporting a claim. Not fitted: it is where the model holds both for equally likely."""

_WEIGHTS = Path(__file__).with_name("weights.tsv")


class WordSupport:
    """Whether a text supports a claim, by the words, names and numbers that the claim shares with a few of its sentences."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold

    def supports(self, claim: str, text: str) -> bool:
        """Whether the score reaches the threshold."""
        return support_score(claim, text) >= self._threshold


def support_score(claim: str, text: str) -> float:
    """How likely it is, 0 to 1, that `text` supports all of `claim`."""
    intercept, weights = _model()
    total = intercept + sum(weight * value for weight, value in zip(weights, compare(claim, text), strict=True))
    return 1 / (1 + math.exp(-total))


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    rows = [line.split("\t") for line in _WEIGHTS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found = {name: float(weight) for name, weight in rows}
    return found["intercept"], tuple(found[name] for name in FEATURES)
