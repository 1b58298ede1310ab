"""`parley overview`, `parley brief`, `parley dossiers` and `parley issues` as a script sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley import Assistant
from parley.ui.cli import main
from tests.assistant.test_overview import documents
from tests.fakes import HashingEmbedder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        assistant.add_documents(documents())
    (tmp_path / "library" / "dossiers.tsv").write_text("Bridge\tcommunique\nBridge\treport\nGlass\tclaim\n", encoding="utf-8")
    return tmp_path / "library"


@pytest.fixture
def run(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    opened = Assistant.open
    monkeypatch.setattr("parley.assistant.Assistant.open", lambda folder, **_: opened(folder, embedding=HashingEmbedder()))
    monkeypatch.setenv("PARLEY_LIBRARY", str(library))

    def run_command(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        return code, capsys.readouterr().out

    return run_command


def test_an_overview_has_a_line_for_each_heading_and_sentence(run) -> None:
    code, out = run("overview", "--dossier", "bridge")
    lines = out.splitlines()
    assert code == 0
    assert "What Tarsia wants:" in lines
    assert any(line.startswith("- ") and "agreed to reopen the Lune bridge" in line and line.endswith("]") for line in lines)
    assert "An extract, not a summary" in out
    assert "six per cent" not in out


def test_one_part_as_json(run) -> None:
    code, out = run("overview", "glass", "--part", "agreed", "--json")
    told = json.loads(out)
    assert code == 0
    assert [item["text"] for item in told["sentences"] if item["heading"]] == ["What is told as agreed:"]
    assert "new gloves" in told["text"]


def test_a_document_that_is_not_there_is_an_error_and_nothing_is_written(run, tmp_path: Path) -> None:
    assert run("overview", "--document", "none", "--part", "agreed") == (3, "")
    assert run("brief", str(tmp_path / "none.md"), "--document", "none")[0] == 3
    assert not (tmp_path / "none.md").exists()


def test_a_brief_is_written(run, tmp_path: Path) -> None:
    code, out = run("brief", str(tmp_path / "bridge.md"), "--dossier", "Bridge", "--export-date", "2031-05-07")
    text = (tmp_path / "bridge.md").read_text(encoding="utf-8")
    assert (code, "footnotes" in out) == (0, True)
    assert text.startswith("# Brief: Bridge")
    assert "2031-05-07" in text
    assert run("brief", str(tmp_path / "bridge.doc"))[0] == 3


def test_dossiers_and_issues_are_listed_and_kept(run, library: Path) -> None:
    code, out = run("dossiers")
    assert (code, out.splitlines()[0]) == (0, "Bridge (2, listed)")
    assert run("issues", "--keep")[0] == 0
    assert "bridge toll\tbridge toll" in (library / "issues.tsv").read_text(encoding="utf-8")
