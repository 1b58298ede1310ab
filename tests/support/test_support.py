from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from parley.assistant.drafting.support.features import FEATURES, compare
from parley.assistant.drafting.support.judging import WordSupport, support_score
from parley.eval.sets.claims import read_claims, support_figures
from parley.eval.studies.judge import judge_figures
from parley.eval.support_command import command
from parley.index.errors import QuestionSetError
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
    judge = json.loads(capsys.readouterr().out)["judge"]
    assert judge["figures"]["accuracy"] == judge["agreement"]["value"] == judge["agreement_with_score"] == judge["kappa"] == 1.0
    assert judge["name"].startswith("scripted, prompt support ")


def test_a_judge_that_answers_neither_yes_nor_no_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims = tmp_path / "claims.jsonl"
    rows = [
        {"id": str(number), "claim": f"Claim {number}.", "supported": number < 2, "references": [TEXT]} for number in range(3)
    ]
    claims.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    replies = {"Claim 0.": "Yes", "Claim 1.": "No, it does not.", "Claim 2.": "That depends."}
    with serving(lambda messages: Reply.text(next(r for c, r in replies.items() if c in messages[1]["content"]))) as server:
        _eval_support(claims, "--judge-url", server.url)
    out = " ".join(capsys.readouterr().out.split())
    assert "1 of 3 replies were neither yes nor no" in out
    assert "agrees with the labels on 0.500" in out
    with serving([Reply.text("Perhaps.")]) as server:
        _eval_support(claims, "--judge-url", server.url)
    out = capsys.readouterr().out
    assert "3 of 3 replies" in " ".join(out.split())
    assert "agrees" not in out


def test_kappa_takes_away_what_chance_would_give() -> None:
    # Cohen 1960, by hand: both say yes 20, only the first 5, only the second 10, neither 15: (.7 - .5) / (1 - .5) = .4.
    truth = [True] * 25 + [False] * 25
    verdicts = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    figures = judge_figures("j", truth, truth, verdicts, [str(number) for number in range(50)])
    assert figures.kappa == pytest.approx(0.4)
    assert figures.agreement.value == pytest.approx(0.7)
    assert figures.agreement.low < 0.7 < figures.agreement.high  # type: ignore[operator]
    assert judge_figures("j", [True, True], [True, False], [True, True], ["a", "b"]).kappa is None


def test_claims_are_sampled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claims, predictions = tmp_path / "claims.jsonl", tmp_path / "predictions.jsonl"
    rows = [{"id": str(number), "claim": f"Claim {number}.", "supported": True, "references": [TEXT]} for number in range(30)]
    claims.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    _eval_support(claims, "--json", "--sample", 4, "--seed", 3, "--predictions", predictions)
    assert json.loads(capsys.readouterr().out)["score"]["n"] == 4
    chosen = [json.loads(line)["id"] for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert len(set(chosen)) == 4
    assert chosen == sorted(chosen, key=int)


@pytest.mark.parametrize("marker", ["[1]", "[12][3]", "[1, 4]", "[2–5]"])
def test_citation_markers_are_no_words_of_a_claim(marker):
    claim = "The ferry line opened in 1987"
    assert compare(f"{claim} {marker}.", TEXT) == compare(f"{claim}.", TEXT)
    assert support_score(f"{claim} [1987].", TEXT) != support_score(f"{claim}.", TEXT)
