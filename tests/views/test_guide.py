"""The guide to the views: its examples run, its commands are understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parley.ui.cli.main import build_parser
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "views.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    exec(compile(block, "docs/views.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Norvia flow no statement found\nNorvia fund ['a compensation fund']\n" in printed
    assert "demanded ('A Tarsian official',) Norvia, as relayed by an unnamed Tarsian official" in printed
    assert "agreed_in_principle a lower flow was agreed in principle 2031-05-10" in printed
    assert 'datetime.date(2031, 5, 9), "reckoned: “Friday”' in printed


def test_the_commands_are_understood() -> None:
    commands = [line.split("#")[0].split()[1:] for line in GUIDE.splitlines() if line.startswith("parley ")]
    assert len(commands) == 7
    for command in commands:
        build_parser().parse_args(command)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists()
