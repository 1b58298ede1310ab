"""The reader's figures can be made again from the recipe."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from parley.assistant.reading.linear_model import LinearModel, parse_models
from parley.eval.fitting import reading_model, word_vectors

ROOT = Path(__file__).parents[2]


def test_models_are_written_as_they_are_read() -> None:
    models = {"sentence": LinearModel({"context": 1.25, "rank": -0.5}), "answerable": LinearModel({"missing": -2.0}, 0.75)}
    assert parse_models(reading_model.as_text(models, ["made up"])) == models


def test_calibration_tells_what_a_threshold_refuses() -> None:
    lines = reading_model.calibration([0.1, 0.3, 0.7, 0.9], [False, False, True, True])
    assert "probability 0.0 to 0.2: 0.00 answerable (n=1)" in lines
    assert "refusing below 0.50: refuses 1.000 of the unanswerable, 0.000 of the answerable" in lines


def test_principal_axes_keep_the_direction_that_varies_most() -> None:
    vectors = np.array([[3.0, 0.1, 0.0], [-3.0, -0.1, 0.0], [2.0, 0.0, 0.1], [-2.0, 0.0, -0.1]])
    turned = word_vectors.principal_axes(vectors, 1)
    assert np.allclose(np.abs(turned), 1)
    assert turned[0, 0] * turned[1, 0] < 0 < turned[0, 0] * turned[2, 0]


@pytest.mark.slow
def test_fitting_on_the_sample_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "model.tsv"
    arguments = [str(output), "--set", "eval/questions/talks.jsonl", "examples/talks", "--cache", str(tmp_path / "cache")]
    monkeypatch.setattr(sys, "argv", ["reading_model", *arguments])
    monkeypatch.chdir(ROOT)
    reading_model.main()
    models = parse_models(output.read_text(encoding="utf-8"))
    assert models["sentence"].weights["speaker"] == reading_model.BY_HAND["speaker"]
    assert models["sentence"].weights["context"] > 0
    assert "right sentence first" in capsys.readouterr().out
