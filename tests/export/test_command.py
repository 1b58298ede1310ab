"""`--export` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.ui.cli import main
from tests.export.reading import read_export, table_rows

NOTE = "The envoy of Tarsia told the Harbour Post that her side would accept a lower flow. The minister demanded guarantees.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LIBRARY", raising=False)
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    assert main(["add", "note.txt"]) == 0
    return tmp_path


def test_asking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["ask", "What did the envoy of Tarsia say?", "--json", "--export", "a.jsonl", "--export-date", "2031-05-06"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = table_rows(folder / "a.jsonl")
    assert rows[0]["answer"] == answer["text"]
    assert [NOTE[item.start : item.end] for item in read_export(folder / "a.jsonl")] == [rows[1]["quote"]]
    assert (len(rows[0]["model_sha256"]), rows[0]["exported"]) == (64, "2031-05-06")


def test_several_questions_are_exported_as_a_conversation(folder: Path) -> None:
    main(["ask", "What did the envoy of Tarsia say?", "What did the minister demand?", "--export", "c.csv"])
    asked = [row["question"] for row in table_rows(folder / "c.csv") if row["record"] == "answer"]
    assert asked == ["What did the envoy of Tarsia say?", "What did the minister demand?"]


def test_statements(folder: Path) -> None:
    assert main(["statements", "--speaker", "envoy", "--export", "s.docx"]) == 0
    found = read_export(folder / "s.docx")
    assert [item.quote for item in found] == [NOTE[item.start : item.end] for item in found]
    assert "would accept a lower flow" in found[0].quote
    assert main(["statements", "--speaker", "envoy", "--export", "s.csv"]) == 0
    assert table_rows(folder / "s.csv")[0]["notices"] == "Only statements with speaker: envoy"


@pytest.mark.parametrize("options", [["--export", "a.pdf"], ["--export", "a.md", "--export-date", "soon"]])
def test_what_cannot_be_exported_is_told_before_asking(
    folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["ask", "Who?", *options]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("parley: 'a.pdf' does not say" if len(options) == 2 else "parley: 'soon' is not a day")
