"""The README's Python examples run as they stand, in order, as a reader would type them; its commands and links exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from ui.cli.main import build_parser

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [content for name, content in blocks if name == language]


def test_the_python_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in _blocks("python"):
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "Velmark's minister rejected the offer, according to a person familiar with the talks." in printed
    assert "\nanswered\n" in printed
    assert "\nexact\n" in printed


def test_every_command_shown_is_understood() -> None:
    parser = build_parser()
    shown = [line.split("#")[0] for block in _blocks("") for line in block.splitlines()]
    commands = [part.strip() for line in shown for part in line.split(";") if part.strip().startswith("parley ")]
    assert len(commands) > 8
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        parser.parse_args(words[1:])


def test_every_make_target_shown_exists() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(_blocks("")))):
        assert f"make {target} " in listed


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/chat.md", "docs/eval.md", "examples/README.md"]
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{page} links to {target}"
