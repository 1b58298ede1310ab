from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.support.features import FEATURES, compare
from assistant.support.judging import WordSupport, support_score
from eval.claims import read_claims, support_figures
from eval.support_command import command
from index.errors import QuestionSetError
from tests.language_model.scripted_server import Reply, serving

TEXT = (
    "The ferry line opened in 1987. Harbour minister Ana Ortiz told the Gazette that the union will drop its claim for 30 extra "
    "days. The company offered 12 days on Wednesday."
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The ferry line opened in 1987.", "The ferry line opened in 1978."),
        ("The company offered 12 days on Wednesday.", "The company offered 40 days on Sunday."),
        ("Ana Ortiz told the Gazette that the union will drop its claim.", "Piet Vos told the Herald that the union struck."),
        ("The ferry line opened in 1987.", "The bridge across the bay was painted by volunteers."),
    ],
)
def test_what_the_text_says_scores_above_what_it_does_not(right: str, wrong: str) -> None:
    assert support_score(right, TEXT) > support_score(wrong, TEXT)
    assert WordSupport().supports(right, TEXT)
    assert not WordSupport().supports(wrong, TEXT)


@pytest.mark.parametrize("claim", ["", "…", "The of and", "a" * 10_000])
@pytest.mark.parametrize("text", ["", "\n\n", TEXT])
def test_any_claim_and_text_have_a_score(claim: str, text: str) -> None:
    assert len(compare(claim, text)) == len(FEATURES)
    assert 0 <= support_score(claim, text) <= 1


def test_figures_are_those_of_a_worked_example() -> None:
    # supported: scores .9 .4, not: .6 .1; at .5 one of two is found, one wrongly: P = R = F1 = 1/2, both ways.
    figures = support_figures([True, True, False, False], [0.9, 0.4, 0.6, 0.1], [True, False, True, False])
    assert (figures.precision, figures.recall, figures.macro_f1, figures.accuracy) == (0.5, 0.5, 0.5, 0.5)
    # Of the four pairs of a supported and an unsupported claim, .9 > .6, .9 > .1 and .4 > .1 are in order.
    assert figures.auroc == 0.75
    assert support_figures([True, False], [0.5, 0.5], [True, True]).auroc == 0.5


def test_a_malformed_file_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"id": "1", "claim": "a", "supported": true}\n{"id": "2"}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="line 2"):
        read_claims(file)


@pytest.mark.bench_data
def test_the_figures_are_those_of_the_shared_scorer(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the first claims of each file: the same figures, from the predictions that the command writes."""
    for name in ("wice_dev", "attributionbench_dev"):
        lines = (shared / f"bench/citecheck/{name}.jsonl").read_text(encoding="utf-8").splitlines()[:60]
        claims = tmp_path / f"{name}.jsonl"
        claims.write_text("\n".join(lines) + "\n", encoding="utf-8")
        predictions = tmp_path / f"{name}_predicted.jsonl"
        _eval_support(claims, "--json", "--predictions", predictions)
        figures = json.loads(capsys.readouterr().out)["score"]
        scorer = [sys.executable, "evaluate.py", "citecheck", claims, predictions]
        theirs = subprocess.run(scorer, cwd=shared / "bench", capture_output=True, text=True, check=True).stdout
        for label, name_here in (("accuracy", "accuracy"), ("macro-F1", "macro_f1"), ("AUROC", "auroc")):
            assert f"{label} {figures[name_here]:.3f}" in theirs


def _eval_support(*arguments: object) -> None:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    assert command.run(parser.parse_args([str(argument) for argument in arguments])) == 0


def test_a_judge_is_asked_and_its_agreement_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = tmp_path / "claims.jsonl"
    rows = [
        {"id": "1", "claim": "The ferry line opened in 1987.", "supported": True, "references": [TEXT]},
        {"id": "2", "claim": "The bridge across the bay was painted.", "supported": False, "references": [TEXT]},
    ]
    claims.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    with serving(lambda messages: Reply.text("Yes." if "opened in 1987" in messages[1]["content"][-140:] else "No")) as server:
        _eval_support(claims, "--json", "--judge-url", server.url)
    figures = json.loads(capsys.readouterr().out)
    assert figures["judge"]["accuracy"] == figures["agreement"] == 1.0
