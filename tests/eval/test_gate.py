"""The gate: no figure of the sample set may become worse beyond chance than in the committed baseline.

A part of the questions is asked, drawn once, in both wordings; `parley eval … --against eval/baselines/talks.json` asks all.
`make baseline` writes the baseline anew, after a change of answers that is meant.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from parley.eval.command import command
from parley.eval.reports.against import GATED, read_report
from parley.eval.sets.question_set import read_questions
from tests.conftest import ROOT

QUESTIONS = ROOT / "eval" / "questions" / "talks.jsonl"
ASKED = 75
"""Questions of the set that are asked here, of 125: all of them take a sixth of the time of all tests."""

BASELINE = ROOT / "eval" / "baselines" / "talks.json"


def test_the_baseline_is_of_the_questions_as_they_are() -> None:
    asked = read_questions(QUESTIONS)
    wordings = {("first", item.id): item.text for item in asked} | {("second", item.id): item.reworded.text for item in asked}
    kept = {(item["wording"], item["id"]): item["question"] for item in read_report(BASELINE)["items"]}
    assert kept == wordings, "run `make baseline` after changing the questions"


def test_the_baseline_judges_the_figures_that_count() -> None:
    items = read_report(BASELINE)["items"]
    judged = {name for item in items for name in item["scores"]}
    assert {"fully_right", "contains_gold", "evidence_cited", "first_speaker", "false_refusals"} <= judged & set(GATED)
    assert all(item["scores"].get("quotes_exact", 1.0) == 1.0 for item in items)


@pytest.mark.slow
def test_no_figure_of_the_sample_set_is_lost(tmp_path: Path, talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    arguments = [QUESTIONS, "--corpus", talks, "--cache", tmp_path, "--against", BASELINE, "--sample", ASKED]
    code = command.run(parser.parse_args([str(argument) for argument in arguments]))
    shown = capsys.readouterr().out
    assert code == 0, shown[shown.index("Against the older report") :]
    assert "Against the older report" in shown
