"""`parley eval` as a user runs it, over a small corpus of two documents."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from parley import Assistant, LibraryError, QuestionSetError
from parley.eval.command import EvalCommand, command
from parley.eval.runs.suite import RunSettings, evaluate
from parley.eval.scorers.outcome import Outcome
from tests.conftest import ROOT
from tests.language_model.scripted_server import Reply, serving

CORPUS = [
    {
        "doc_id": "bulletin",
        "title": "Canal talks",
        "source": "Canal Bulletin",
        "date": "2031-03-04",
        "text": "The canal talks ended on Tuesday.\n\nEnvoy Anna Lind said the harbour fee was agreed in principle.",
    },
    {
        "doc_id": "gazette",
        "title": "Gazette",
        "source": "",
        "date": "",
        "text": "The ferry timetable was withdrawn by the operators in March.",
    },
]
QUESTIONS = [
    {
        "id": "who",
        "kind": "attribution",
        "question": "Who said the harbour fee was agreed in principle?",
        "gold_answers": ["Anna Lind"],
        "gold_doc_ids": ["bulletin"],
        "gold_span": {"quote": "Envoy Anna Lind said the harbour fee was agreed in principle."},
        "answerable": True,
        "expected_status": "answered",
        "speaker": "Anna Lind",
    },
    {"id": "none", "kind": "unanswerable", "question": "How many penguins did the zoo import from Chile?", "answerable": False},
]


def _jsonl(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def _run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Questions, corpus and cache."""
    return _jsonl(tmp_path / "questions.jsonl", QUESTIONS), _jsonl(tmp_path / "corpus.jsonl", CORPUS), tmp_path / "cache"


def test_the_shell_finds_the_command() -> None:
    [point] = [point for point in entry_points(group="parley.commands") if point.name == "eval"]
    assert point.value == "parley.eval.command:command"
    assert isinstance(point.load(), EvalCommand)


def test_finding_the_command_loads_nothing_heavy() -> None:
    code = (
        "import sys, parley.eval.command; "
        "heavy = {'numpy', 'pydantic', 'torch', 'rich', 'jinja2', 'ir_measures', 'parley.assistant'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_run_writes_report_page_and_answers(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, corpus, cache = files
    report, page, answers = tmp_path / "out" / "report.json", tmp_path / "out" / "report.html", tmp_path / "out" / "answers.jsonl"
    code = _run(questions, "--corpus", corpus, "--cache", cache, "--json", report, "--html", page, "--answers", answers)
    assert code == 0
    shown = capsys.readouterr().out
    assert "2 questions (1 answerable, 1 unanswerable)" in shown
    data = json.loads(report.read_text("utf-8"))
    assert data["settings"]["questions"] == "questions.jsonl"
    assert (data["settings"]["documents"], data["settings"]["limit"]) == (2, None)
    assert len(data["settings"]["corpus_sha256"]) == 64
    assert data["settings"]["versions"]["ir-measures"]
    assert data["citations"]["shown"] == data["citations"]["exact"] > 0
    metrics = data["groups"][0]["metrics"]
    assert metrics["recall@1"]["value"] == 1.0
    assert metrics["evidence_cited"]["value"] == 1.0
    assert metrics["contains_gold"]["value"] == 1.0
    records = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["who", "none"]
    texts = {row["doc_id"]: row["text"] for row in CORPUS}
    for record in records:
        for cited in record["citations"]:
            assert texts[cited["doc_id"]][cited["start"] : cited["end"]] == cited["quote"]
    assert records[0]["doc_ids"] == ["bulletin"]
    assert records[0]["citations"][0]["outlet"] == "Canal Bulletin"
    assert "harbour fee was agreed in principle" in page.read_text("utf-8")


def test_second_wordings_are_asked_and_the_gap_is_told(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, corpus, cache = files
    _jsonl(
        questions, [QUESTIONS[0] | {"second_wording": "In whose words was the harbour fee settled in principle?"}, QUESTIONS[1]]
    )
    report, answers = tmp_path / "report.json", tmp_path / "answers.jsonl"
    _run(questions, "--corpus", corpus, "--cache", cache, "--json", report, "--answers", answers)
    assert "The same questions in other words" in capsys.readouterr().out
    data = json.loads(report.read_text("utf-8"))
    assert [item["question"] for item in data["second_wording"]["items"]] == [
        "In whose words was the harbour fee settled in principle?"
    ]
    assert data["second_wording"]["gaps"]["fully_right"]["gap"]["n"] == 1
    assert [json.loads(line)["id"] for line in (tmp_path / "answers-second.jsonl").read_text("utf-8").splitlines()] == ["who"]
    _run(questions, "--corpus", corpus, "--cache", cache, "--json", report, "--wording", "first")
    assert json.loads(report.read_text("utf-8"))["second_wording"] is None


def test_a_figure_that_is_worse_than_before_fails_the_run(
    files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, corpus, cache = files
    # None of these can be answered, so that expecting an answer makes each of them wrong now.
    cities = ("Oslo", "Rome", "Bern", "Lima", "Kyiv", "Cairo", "Quito", "Tunis", "Dakar", "Hanoi", "Seoul", "Accra", "Baku")
    asked = [{"id": city, "question": f"Who is mayor of {city}?", "expected_status": "accounts_differ"} for city in cities]
    _jsonl(questions, asked)
    scores = tmp_path / "scores.json"
    arguments = (questions, "--corpus", corpus, "--cache", cache)
    assert _run(*arguments, "--scores", scores) == 0
    assert _run(*arguments, "--against", scores) == 0
    assert "No figure is lost beyond chance." in capsys.readouterr().out
    earlier = json.loads(scores.read_text("utf-8"))
    for item in earlier["items"]:
        assert item["scores"]["fully_right"] == 0.0
        item["scores"]["fully_right"] = 1.0
    scores.write_text(json.dumps(earlier), "utf-8")
    assert _run(*arguments, "--against", scores) == 1
    shown = capsys.readouterr().out
    assert "LOSS beyond chance: fully right (first wording)" in shown
    assert "Lost in fully right, first wording: Oslo, Rome" in shown
    assert "Made with the same code and data." in shown


def test_kind_and_limit_choose_questions(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    questions, corpus, cache = files
    for options, expected in ((("--kind", "unanswerable"), ["none"]), (("--limit", 1), ["who"])):
        _run(questions, "--corpus", corpus, "--cache", cache, *options, "--json", tmp_path / "report.json")
        items = json.loads((tmp_path / "report.json").read_text("utf-8"))["items"]
        assert [item["id"] for item in items] == expected
    with pytest.raises(QuestionSetError, match="kinds are: attribution, unanswerable"):
        _run(questions, "--corpus", corpus, "--cache", cache, "--kind", "riddle")


def test_a_library_can_be_asked_and_must_exist(
    files: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, _, _ = files
    with pytest.raises(LibraryError):
        _run(questions, "--library", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    text = tmp_path / "bulletin"
    text.with_suffix(".txt").write_text(str(CORPUS[0]["text"]), "utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(text.with_suffix(".txt"))
    renamed = _jsonl(tmp_path / "renamed.jsonl", [QUESTIONS[0] | {"gold_doc_ids": ["bulletin.txt"]}])
    monkeypatch.setenv("PARLEY_LIBRARY", str(tmp_path / "library"))
    assert _run(renamed, "--json", tmp_path / "report.json") == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["groups"][0]["metrics"]["recall@1"]["value"] == 1.0
    with pytest.raises(QuestionSetError, match="None of the 1 gold documents"):
        _run(questions)


def test_the_engines_can_be_compared(files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions, corpus, cache = files
    assert _run(questions, "--corpus", corpus, "--cache", cache, "--retrieval-ablation", "--json", tmp_path / "report.json") == 0
    assert "Retrieval of gold documents by engine" in capsys.readouterr().out
    engines = json.loads((tmp_path / "report.json").read_text("utf-8"))["engines"]
    assert engines["fused"]["recall@5"]["value"] == 1.0


@pytest.mark.parametrize("wrong", [("--limit", "0"), ("--k", "many"), ("--corpus", "a", "--library", "b")])
def test_wrong_usage_is_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        _run("questions.jsonl", *wrong)
    assert stopped.value.code == 2


def test_the_question_set_that_is_shipped_fits_the_sample_documents(talks: Path, tmp_path: Path) -> None:
    """Every gold document is there, every gold quotation is found, and every kind has questions."""
    from parley.eval.sets.corpus import open_corpus
    from parley.eval.sets.gold import GoldResolver
    from parley.eval.sets.question_set import read_questions

    questions = read_questions(ROOT / "eval" / "questions" / "talks.jsonl")
    assert len(questions) >= 60
    with open_corpus(talks, cache=tmp_path / "cache").assistant as assistant:
        resolver = GoldResolver(assistant.documents())
        assert resolver.check(questions) == []
        assert [(item.id, missing) for item in questions if (missing := resolver.resolve(item).missing)] == []


@pytest.mark.bench_data
def test_the_article_and_its_questions_run_as_they_are(shared: Path, tmp_path: Path) -> None:
    questions, corpus = shared / "questions" / "istanbul.jsonl", shared / "corpus" / "istanbul.txt"
    if not (questions.exists() and corpus.exists()):
        pytest.skip(f"needs {questions} and {corpus}")
    _run(questions, "--corpus", corpus, "--cache", tmp_path / "cache", "--json", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    metrics = report["groups"][0]["metrics"]
    assert metrics["evidence_cited"]["n"] == 24
    assert metrics["quotes_exact"]["value"] == 1.0


def test_a_run_that_is_cut_off_keeps_the_answers_it_has(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    questions, corpus, cache = files
    settings = RunSettings(questions, corpus=corpus, cache=cache)
    answers = tmp_path / "answers.jsonl"
    answers.write_text("of an earlier run\n", "utf-8")

    def cut_off(_: Outcome) -> None:
        raise KeyboardInterrupt

    opened = settings.open()
    with opened.assistant, pytest.raises(KeyboardInterrupt):
        evaluate(opened, settings.read(), settings, answers=answers, asked=cut_off)
    assert [json.loads(line)["id"] for line in answers.read_text("utf-8").splitlines()] == ["who"]


def test_engines_are_compared_on_the_same_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that swaps the speaker and one that cites nothing: the drafts are counted, and no answer gets worse for them."""
    corpus, questions = _jsonl(tmp_path / "c.jsonl", CORPUS), _jsonl(tmp_path / "q.jsonl", QUESTIONS)
    report = tmp_path / "r.json"
    swapped = Reply.text("Captain Otto Brun said the harbour fee was agreed in principle. [S1]")
    with serving([swapped]) as one, serving([Reply.text("The fee is settled.")]) as two:
        engines = ["--engine", "extractive", "--engine", f"A@{one.url}", "--engine", f"B@{two.url}"]
        arguments = [questions, "--corpus", corpus, "--cache", tmp_path / "cache", *engines]
        assert _run(*arguments, "--json", report, "--html", tmp_path / "r.html", "--answers", tmp_path / "a.jsonl") == 0
    told = json.loads(report.read_text("utf-8"))["engines"]
    assert [engine["name"] for engine in told["engines"]] == ["extractive", "A", "B"]
    assert told["compared_with"] == "extractive"
    extractive, first, second = told["engines"]
    assert extractive["drafts"] is None
    assert first["drafts"]["failures"]["speaker"] >= 1
    assert first["drafts"]["rejected"] == 1.0
    assert second["drafts"]["failures"]["uncited"] >= 1
    for engine in (first, second):
        assert engine["metrics"]["quotes_exact"]["value"] == 1.0
        assert engine["differences"]["speaker"]["value"] == 0.0
    assert "Otto" not in (tmp_path / "a-A.jsonl").read_text("utf-8").split('"draft"')[0]
    assert "not shown as written" in capsys.readouterr().out
    assert "Engines" in (tmp_path / "r.html").read_text("utf-8")


def test_a_sample_is_the_same_each_time_and_part_of_a_larger_one(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": f"q{number}", "question": f"Who said {number}?"} for number in range(20)]
    corpus, questions = _jsonl(tmp_path / "c.jsonl", CORPUS), _jsonl(tmp_path / "q.jsonl", rows)

    def sampled(count: int, seed: int) -> list[str]:
        answers, report = tmp_path / "a.jsonl", tmp_path / "r.json"
        chosen = ["--sample", count, "--seed", seed, "--answers", answers, "--json", report]
        assert _run(questions, "--corpus", corpus, "--cache", tmp_path / "cache", *chosen) == 0
        assert json.loads(report.read_text("utf-8"))["settings"]["sample"] == {"questions": count, "seed": seed}
        return [json.loads(line)["id"] for line in answers.read_text("utf-8").splitlines()]

    five, eight = sampled(5, 1), sampled(8, 1)
    assert (len(five), len(eight)) == (5, 8)
    assert set(five) < set(eight)
    assert eight == sorted(eight, key=lambda name: int(name[1:]))
    assert sampled(5, 1) == five != sampled(5, 2)
    assert len(sampled(50, 1)) == 20


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_out_is_a_number_of_seconds(tmp_path: Path, seconds: str) -> None:
    with pytest.raises(SystemExit):
        _run(_jsonl(tmp_path / "q.jsonl", QUESTIONS), "--timeout", seconds)


@pytest.mark.parametrize("engine", ["gpt", "@", "model@"])
def test_what_names_no_engine_is_refused(tmp_path: Path, engine: str) -> None:
    questions = _jsonl(tmp_path / "q.jsonl", QUESTIONS)
    with pytest.raises(QuestionSetError, match="is no engine"):
        _run(questions, "--engine", engine)
