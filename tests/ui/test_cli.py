"""The `parley` command as a script sees it: output, JSON and exit codes."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from parley.ui.cli import main
from parley.ui.cli.main import build_parser, commands
from tests.conftest import ROOT

NOTE = (
    'The envoy of Tarsia told the Harbour Post that her side "could live with" a lower flow. The minister demanded guarantees.\n'
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LIBRARY", raising=False)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def filled(run, tmp_path: Path):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    code, out, _ = run("add", "note.txt")
    assert code == 0
    assert out.startswith("1 added, 0 updated, 0 unchanged, 0 refused; 1 new passages")
    return run


def test_adding_again_costs_nothing_and_refusals_are_told(filled, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    code, out, _ = filled("add", "note.txt", "empty.txt", "gone.txt", "--json")
    report = json.loads(out)
    assert (code, report["unchanged"], report["added"]) == (1, ["note.txt"], [])
    assert [Path(item["path"]).name for item in report["refused"]] == ["gone.txt", "empty.txt"]


def test_asking(filled) -> None:
    code, out, _ = filled("ask", "What did the envoy of Tarsia say?")
    assert code == 0
    assert "could live with" in out
    assert "[1]" in out
    assert "undated" in out


def test_asking_in_json(filled) -> None:
    code, out, _ = filled("ask", "--json", "What did the envoy of Tarsia say?")
    answer = json.loads(out)
    citation = answer["citations"][0]
    assert (code, answer["status"], citation["marker"]) == (0, "answered", 1)
    assert NOTE[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["statement"]["speaker"] == "The envoy of Tarsia"
    assert citation["document"]["basis"]["language"]


def test_several_questions_are_one_conversation(filled) -> None:
    _, out, _ = filled("ask", "--json", "What did the envoy of Tarsia say?", "To which outlet?")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["question"] for answer in answers] == ["What did the envoy of Tarsia say?", "To which outlet?"]
    assert "Tarsia" in answers[1]["standalone_question"]


def test_questions_from_standard_input_are_answered_one_a_line(filled, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"What did the envoy of Tarsia say?\n\nTo which outlet?\n{'x' * 5000}\nWhat did the envoy of Tarsia say?\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code, out, _ = filled("ask", "-", "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer.get("status") for answer in answers][0::3] == ["answered", "answered"]
    assert "Tarsia" not in answers[1]["standalone_question"], "each line is asked for itself"
    assert "5000 characters" in answers[2]["error"]
    assert code == 3
    monkeypatch.setattr("sys.stdin", io.StringIO("What did the envoy of Tarsia say?\nTo which outlet?\n"))
    _, out, _ = filled("ask", "-", "--json", "--conversation")
    assert "Tarsia" in json.loads(out.splitlines()[1])["standalone_question"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_the_shell_can_complete(run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "check-quote" in out
    assert "firsthand" in out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_completion_completes_in_bash(run, tmp_path: Path) -> None:
    (tmp_path / "completion").write_text(run("completion", "bash")[1], encoding="utf-8")
    script = (
        "source completion; COMP_WORDS=(parley che); COMP_CWORD=1; COMP_LINE='parley che'; _shtab_parley; echo ${COMPREPLY[@]}"
    )
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "check-quote", done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_completion_completes_files_and_folders(run, tmp_path: Path) -> None:
    (tmp_path / "completion").write_text(run("completion", "bash")[1], encoding="utf-8")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talk.txt").touch()

    def completed(*words: str) -> list[str]:
        line = " ".join(words)
        script = (
            f"source completion; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; _shtab_parley; "
            "echo ${COMPREPLY[@]}"
        )
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
        return sorted(done.stdout.split())

    assert completed("parley", "add", "tal") == ["talk.txt", "talks"]
    assert completed("parley", "list", "--library", "tal") == ["talks"]


def test_a_question_without_quotation_marks_is_one_question(filled) -> None:
    _, out, _ = filled("ask", "--json", "Who", "told", "the", "Harbour", "Post", "about", "a", "lower", "flow?")
    assert json.loads(out)["question"] == "Who told the Harbour Post about a lower flow?"


def test_what_is_not_there_exits_with_one(filled) -> None:
    code, out, _ = filled("ask", "Who piloted the zeppelin over Quebec?")
    assert code == 1
    assert "Searched" in out or "No document" in out


@pytest.mark.parametrize(
    ("words", "code", "verdict"),
    [
        ("could live with", 0, "exact"),
        ("Could  live with", 0, "same_words"),
        ("could live without", 1, "altered"),
        ("never agreed anything of the sort", 1, "not_found"),
    ],
)
def test_checking_quotes(filled, words: str, code: int, verdict: str) -> None:
    found, out, _ = filled("check-quote", words)
    assert (found, out.split(":")[0]) == (code, verdict)


def test_checking_quotes_in_json(filled) -> None:
    code, out, _ = filled("check-quote", "--json", "could live with", "--speaker", "the minister")
    assert (code, json.loads(out)["verdict"]) == (1, "words_found_speaker_unknown")


def test_searching(filled) -> None:
    code, out, _ = filled("search", "--json", "guarantees")
    hit = json.loads(out)[0]
    assert (code, hit["document_id"], hit["rank"]) == (0, "note.txt", 1)
    assert NOTE[hit["start"] : hit["end"]] == hit["text"]


def test_statements_in_three_forms(filled) -> None:
    _, text, _ = filled("statements", "--speaker", "envoy")
    assert text.startswith("The envoy of Tarsia (told)")
    _, as_json, _ = filled("statements", "--speaker", "envoy", "--format", "json")
    assert json.loads(as_json)[0]["outlet"] == "the Harbour Post" or "Harbour Post" in json.loads(as_json)[0]["outlet"]
    _, as_csv, _ = filled("statements", "--speaker", "envoy", "--format", "csv")
    assert as_csv.splitlines()[0].startswith("document,date,outlet,start,end,speaker")
    assert len(as_csv.splitlines()) == 2


def test_tables_hold_no_formula_of_a_documents(run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("“The harbour will open on 3 May 2031,” said Ida Roe of Brenn.\n", encoding="utf-8")
    run("add", "note.txt")
    run("edit", "note.txt", "--title", "=1+cmd|calc", "--outlet", "@SUM(calc)")
    for command in ("statements", "timeline"):
        _, out, _ = run(command, "--format", "csv")
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert "'@SUM(calc)" in cells
        assert [cell for cell in cells if cell.startswith(("=", "@"))] == []


def test_listing_removing_and_the_doctor(filled) -> None:
    code, out, _ = filled("list")
    assert (code, out.split()[:2]) == (0, ["note.txt", "undated"])
    code, out, _ = filled("doctor")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["ok"] * 9)
    assert filled("remove", "note.txt", "none.txt")[:2] == (3, "")
    assert filled("remove", "note.txt")[:2] == (0, "removed: note.txt\n")
    assert filled("list")[1] == ""
    code, _, error = filled("remove", "note.txt")
    assert code == 3
    assert "No document has the id or path 'note.txt'" in error


def test_editing_and_pruning(filled, tmp_path: Path) -> None:
    code, out, _ = filled("edit", "note.txt", "--outlet", "Harbour Post", "--date", "2031-04-05")
    assert code == 0
    assert "outlet:    Harbour Post  (from: user)" in out
    assert "date:      2031-04-05  (from: user)" in out
    assert "note.txt  2031-04-05  Harbour Post" in filled("list")[1]
    assert filled("edit", "note.txt", "--date", "")[1].splitlines()[3] == "date:      -  (from: user)"
    assert filled("edit", "note.txt", "--title", "")[0] == 3
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "gone.txt").write_text(NOTE, encoding="utf-8")
    filled("add", "talks")
    (tmp_path / "talks" / "gone.txt").unlink()
    assert "file gone: gone.txt stays in the library" in filled("add", "talks")[1]
    code, out, error = filled("add", "--prune", "talks")
    assert "removed: gone.txt" not in out
    assert "Is its drive mounted?" in error
    assert "removed: gone.txt, whose file is gone" in filled("add", "--prune", "--yes", "talks")[1]
    assert "gone.txt" not in filled("list")[1]


def test_errors_say_what_to_do(run) -> None:
    code, _, error = run("ask", "Anything?")
    assert code == 3
    assert error.startswith("parley: There is no library in library. Make one with `parley add")
    assert "Traceback" not in error


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["ask"])
    assert stopped.value.code == 2


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    names = {command.name for command in commands()}
    assert names >= {"add", "ask", "chat", "check-quote", "statements", "list", "remove", "doctor", "serve", "eval"}
    for name in sorted(names):
        with pytest.raises(SystemExit) as stopped:
            build_parser().parse_args([name, "--help"])
        assert stopped.value.code == 0
        assert f"parley {name}" in capsys.readouterr().out


def test_the_installed_command_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parley.ui.cli", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("parley ")


def _shell(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "parley.ui.cli", *arguments], capture_output=True, timeout=120, check=False, **options
    )


def test_a_terminal_that_lacks_letters_still_gets_the_answer(tmp_path: Path) -> None:
    (tmp_path / "réunion.txt").write_text("Some text.", encoding="utf-8")
    (tmp_path / "пусто.txt").write_bytes(b"")
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    added = _shell("add", "--library", "lib", "réunion.txt", "пусто.txt", cwd=tmp_path, env=environment)
    assert (added.returncode, added.stderr) == (1, b"")
    assert b"1 added" in added.stdout
    listed = _shell("list", "--library", "lib", cwd=tmp_path, env=environment)
    assert (listed.returncode, listed.stdout.split()[0]) == (0, b"r\\xe9union.txt")


def test_a_reader_of_the_output_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    _shell("add", "--library", "lib", "note.txt", cwd=tmp_path, env=environment)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "parley.ui.cli", "list", "--library", "lib"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        timeout=120,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_would_steer_the_terminal_is_shown(filled, tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "a\x1b[2Jb.txt").write_text("Ann said \x1b]0;owned\x07 it.", encoding="utf-8")
    (tmp_path / "talks" / "c\u202etxt.md").write_text("Ben said so.", encoding="utf-8")
    printed = filled("add", "talks")[1] + filled("list")[1] + filled("list", "--json")[1] + filled("search", "Ann said it")[1]
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
    assert "a\\x1b[2Jb.txt" in printed
    assert "c\\u202etxt.md" in printed


def test_what_is_told_on_standard_error_steers_no_terminal_either(
    filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "a\x1b[2Jb[bold].txt"
    hostile.write_text("Ann said it.", encoding="utf-8")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr("sys.stdin", io.StringIO("x" * 30_000 + "\x1b[2J\n"))
    told = filled("add", hostile.name)[2]
    assert "\x1b[2J" not in told
    assert "a\\x1b[2Jb[bold].txt" in told
    assert "\x1b" not in filled("ask", "-")[2]
    with log_of_its_own():
        logging.getLogger("parley").warning("The file %s was not added.", hostile.name)
    assert "The file a\\x1b[2Jb[bold].txt was not added." in capsys.readouterr().err


@contextmanager
def log_of_its_own() -> Iterator[None]:
    """The log as a process of its own has it: pytest's handlers stand in the way of those of the command."""
    root = logging.getLogger()
    kept, root.handlers[:] = root.handlers[:], []
    try:
        main(["list"])
        yield
    finally:
        root.handlers[:] = kept


def test_every_message_of_the_shell_goes_through_what_makes_it_harmless() -> None:
    for path in sorted((ROOT / "ui" / "cli").rglob("*.py")):
        if path.name != "terminal.py":
            assert "stderr.write" not in path.read_text(encoding="utf-8"), f"{path.name}: use tell()"


def test_quotations_and_speakers_stand_out_on_a_terminal_only(filled, monkeypatch: pytest.MonkeyPatch) -> None:
    question = ("ask", "What did the envoy of Tarsia say?")
    _, plain, _ = filled(*question)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert filled(*question)[1] == plain
    monkeypatch.delenv("NO_COLOR")
    _, marked, _ = filled(*question)
    assert "\x1b[1m" in marked
    assert marked.replace("\x1b[1m", "").replace("\x1b[22m", "") == plain
    assert "\x1b[1m“her side" in marked


def test_the_help_of_each_command_has_an_example_that_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    for command in commands():
        if not type(command).__module__.startswith("parley.ui."):
            continue
        with pytest.raises(SystemExit):
            build_parser().parse_args([command.name, "--help"])
        told = capsys.readouterr().out
        example = told.partition("Example:\n  ")[2].partition("\n")[0]
        assert build_parser().parse_args(shlex.split(example)[1:]).command.name == command.name
        assert "Exit codes:\n  0 done" in told
