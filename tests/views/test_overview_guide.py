"""The guide to overviews: its example runs, its commands are understood."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from parley.ui.cli.main import build_parser
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "overview.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    exec(compile(block, "docs/overview.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Who met ['The delegations of Tarsia and Norvia met in Hask on 4 May 2031.']" in printed
    assert "What is told as agreed ['The parties agreed in principle on a joint gauge.']" in printed
    assert (tmp_path / "river.docx").stat().st_size > 0


def test_the_commands_are_understood() -> None:
    commands = [shlex.split(line.split("#")[0])[1:] for line in GUIDE.splitlines() if line.startswith("parley ")]
    assert len(commands) == 7
    for command in commands:
        build_parser().parse_args(command)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists()
