"""The examples in README and docs run as they stand, in order, as a reader would type them; commands and links exist."""

from __future__ import annotations

import doctest
import re
import subprocess
from pathlib import Path

import pytest

from parley import Assistant
from parley.ui.cli.main import build_parser
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str, page: str = README) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [content for name, content in blocks if name == language]


def test_the_python_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in _blocks("python"):
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "Velmark's minister rejected the offer, according to a person familiar with the talks." in printed
    assert "\nanswered\n" in printed
    assert "\nexact " in printed


def test_the_examples_of_the_python_guide_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in _blocks("python", (ROOT / "docs" / "python.md").read_text(encoding="utf-8")):
        exec(compile(block, "docs/python.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "minutes.txt 2031-04-04 None" in printed
    assert "demanded" in printed
    assert "\nexact " in printed


@pytest.mark.slow
def test_the_example_in_the_docstring_runs(tmp_path: Path) -> None:
    found = doctest.DocTestFinder().find(Assistant, "Assistant", globs={"library_folder": tmp_path / "library"})
    runner = doctest.DocTestRunner()
    results = [runner.run(test) for test in found]
    assert sum(result.attempted for result in results) > 3
    assert sum(result.failed for result in results) == 0


def test_every_command_shown_is_understood() -> None:
    parser = build_parser()
    shown = [line.split("#")[0].split(" <")[0] for block in _blocks("") for line in block.splitlines()]
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
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/chat.md",
        "docs/eval.md",
        "docs/python.md",
        "examples/README.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))],
)
def test_places_named_exist(page: str) -> None:
    """`index/store/dense.py` or `ui/access/` in a text is a file or folder of that name."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:assistant|eval|examples|index|parley|prompts|tests|ui)/[\w./-]*)`", text)
    missing = [name for name in named if "*" not in name and "…" not in name and not (ROOT / name).exists()]
    assert missing == []
