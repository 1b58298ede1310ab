"""Scores on reports whose attributions were marked by hand, and on one article; both lie beside the checkout."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from parley.eval.attribution_command import command
from parley.eval.studies.attribution import predict, score_attribution
from parley.index.errors import QuestionSetError
from parley.index.statements import extract_statements
from parley.index.types import Document

TEXT = 'Ana Ruiz said the port was "nearly full." Lind agrees that ships must wait, according to Reuters.'


def _span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    attributions = [
        {"source": [_span("Ana Ruiz")], "cue": [_span("said")], "content": [_span('the port was "nearly full."')]},
        {"source": [_span("Lind")], "cue": [_span("agrees")], "content": [_span("ships must wait")]},
        {"source": [], "cue": [], "content": [_span("ships")]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "one", "text": TEXT, "attributions": attributions}) + "\n", encoding="utf-8")
    return path


def test_found_right_and_precision_by_hand(gold):
    predictions = [
        {"source": _span("Ana Ruiz"), "cue": None, "content": [_span("nearly full")]},
        {"source": _span("Reuters"), "cue": None, "content": [_span("ships must wait")]},
        {"source": None, "cue": _span("said"), "content": [_span("Ana")]},
    ]
    scores = score_attribution(gold, predictor=lambda _: predictions)
    assert (scores.modes["mixed"].total, scores.modes["mixed"].found, scores.modes["mixed"].right) == (1, 1, 1)
    assert (scores.modes["indirect"].total, scores.modes["indirect"].found, scores.modes["indirect"].right) == (1, 1, 0)
    assert scores.modes["quoted"].total == 0
    assert (scores.predictions, scores.predictions_right, scores.precision) == (2, 1, 0.5)


def test_a_cue_that_touches_finds_the_attribution(gold):
    predictions = [{"source": _span("Ana Ruiz"), "cue": _span("said"), "content": [_span("Reuters")]}]
    scores = score_attribution(gold, predictor=lambda _: predictions)
    assert (scores.modes["mixed"].found, scores.predictions_right) == (1, 0)


def test_a_line_without_its_fields_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"doc": "one", "text": ""}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"line 1: missing attributions"):
        score_attribution(path)


@pytest.mark.bench_data
def test_the_shared_scorer_gives_the_same_figures(shared, tmp_path, capsys):
    lines = (shared / "bench" / "polnear" / "attributions_train.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(lines[:25]), encoding="utf-8")
    written = tmp_path / "predictions.jsonl"
    arguments = argparse.Namespace(gold=gold, extractor="default", json=True, predictions=written)
    assert command.run(arguments) == 0
    reported = json.loads(capsys.readouterr().out)
    scorer = [sys.executable, str(shared / "bench" / "score_attribution.py"), str(gold), str(written)]
    printed = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    scores = score_attribution(gold, predictor=predict)
    for mode, score in scores.modes.items():
        for name, share in (("found", score.found_share), ("right", score.right_share)):
            line = re.search(rf"^{mode}\s+{name}\s+([\d.]+) .* n=(\d+)$", printed, re.MULTILINE)
            assert line is not None
            assert (line[1], int(line[2])) == (f"{100 * share:.1f}", score.total)
            figure = reported["figures"][f"{mode} {name}"]
            assert (figure["value"], figure["n"]) == (pytest.approx(share), score.total)
            assert figure["low"] <= figure["value"] <= figure["high"]
    line = re.search(r"precision .*?([\d.]+) .* n=(\d+)$", printed, re.MULTILINE)
    assert line is not None
    assert (line[1], int(line[2])) == (f"{100 * scores.precision:.1f}", scores.predictions)
    assert reported["figures"]["precision"]["value"] == pytest.approx(scores.precision)
    assert reported["characters_per_cpu_second"] > 0


@pytest.mark.bench_data
@pytest.mark.slow
def test_extraction_keeps_its_standing_on_reports(shared):
    scores = score_attribution(shared / "bench" / "polnear" / "attributions_dev.jsonl")
    assert scores.modes["quoted"].right_share >= 0.85
    assert scores.modes["mixed"].found_share >= 0.82
    assert scores.modes["mixed"].right_share >= 0.75
    assert scores.modes["indirect"].found_share >= 0.60
    assert scores.modes["indirect"].right_share >= 0.54
    assert scores.precision >= 0.82


@pytest.mark.bench_data
def test_every_quotation_of_the_article_has_its_speaker(shared):
    text = (shared / "corpus" / "istanbul.txt").read_text(encoding="utf-8")
    found = extract_statements(Document.from_text(text, id="article"))
    speakers = []
    for match in re.finditer(r'"[^"\n]*"?', text):
        holding = [one for one in found if any(start <= match.start() + 1 < end for start, end in one.content)]
        assert holding, match.group()
        closest = min(holding, key=lambda one: sum(end - start for start, end in one.content))
        speakers.append((closest.speaker or "").split()[-1])
    assert speakers == ["official"] * 6 + ["Tykhyi"] * 5 + ["Umerov"] + ["Kyslytsya"] * 2 + ["Trump"] * 4 + ["Tremblay", "Carden"]
