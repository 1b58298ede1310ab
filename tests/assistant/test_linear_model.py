"""The reader's weights are read from a text file, and a model is their weighted sum."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest

from parley.assistant.reading.features import Features
from parley.assistant.reading.linear_model import parse_models, reading_model

TEXT = "# made up\n# model\tfeature\tweight\nsteep\tintercept\t-1.0\nsteep\theight\t2.0\nsteep\twidth\t-0.5\nflat\theight\t0.25\n"


def test_a_model_is_a_weighted_sum() -> None:
    models = parse_models(TEXT)
    # -1 + 2 x 1.5 - 0.5 x 2 = 1
    assert models["steep"].score({"height": 1.5, "width": 2.0, "colour": 9.0}) == pytest.approx(1.0)
    assert models["steep"].probability({"height": 1.5, "width": 2.0}) == pytest.approx(1 / (1 + math.exp(-1)))
    assert models["flat"].score({}) == 0.0


def test_the_packaged_models_weigh_features_that_exist() -> None:
    known = {field.name for field in fields(Features)}
    assert set(reading_model("sentence").weights) <= known
    assert reading_model("sentence").weights["reader"] > 0
    assert reading_model("sentence").weights["interrogative"] < 0
    assert reading_model("answerable").weights["missing_names"] < 0
    assert reading_model("passage").weights["with_header"] > 0
