"""The commands and snippets in docs/ do what the pages say: each is run, and the output shown is what comes."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from parley import Assistant
from parley.ui.cli.main import build_parser, main
from parley.ui.library.libraries import Libraries
from parley.ui.library.multipart import UploadLimits
from parley.ui.server.api.chat_completions import completion_routes
from parley.ui.server.api.routes import api_routes
from tests.conftest import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))


def _blocks(page: str) -> list[tuple[str, str]]:
    """Language and content of each block of code on a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    sources = {file: (ROOT / file).read_text(encoding="utf-8") for file in {file for file, _ in named}}
    assert [name for file, name in named if name and f"def {name}(" not in sources[file]] == []


def test_the_architecture_names_every_package() -> None:
    """By its path within the room, or in the row of the package above it: "`quotes/`"."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [ROOT / name for name in ("assistant", "eval", "index", "ui")]
    packages = [path.parent.relative_to(room) for room in rooms for path in room.rglob("__init__.py") if path.parent != room]
    missing = [package for package in packages if f"{package.as_posix()}/" not in page and f"`{package.name}/`" not in page]
    assert missing == []


@pytest.mark.parametrize("page", ["tutorial.md", "how-to.md"])
def test_every_command_runs_and_prints_what_is_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_LIBRARY", raising=False)
    shutil.copytree(ROOT / "examples" / "talks", "talks")
    printed, commands = "", 0
    for language, content in _blocks(page):
        if language == "sh":
            printed = ""
            for line in content.splitlines():
                command, _, remark = line.partition("#")
                _, *arguments = shlex.split(command)
                code = main(arguments)
                printed += capsys.readouterr().out
                assert code == (1 if "exit code 1" in remark else 0), line
                commands += 1
        else:
            shown = [" ".join(line.split()) for line in content.splitlines()]
            assert [line for line in shown if line not in " ".join(printed.split())] == []
    assert commands > 8


def test_every_command_on_a_page_is_understood() -> None:
    parser = build_parser()
    for page in PAGES:
        lines = [line for _, content in _blocks(page.name) for line in content.splitlines()]
        for line in lines:
            # An ellipsis or a word in capitals stands for something of the reader's own.
            if line.startswith("parley ") and "…" not in line and not re.search(r"\[|\bFILE\b.*\bFILE\b|[<|]", line):
                for command in line.partition(" #")[0].split(";"):
                    if command.strip().startswith("parley "):
                        parser.parse_args(shlex.split(command)[1:])


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server over the sample talks, as far as programs call it."""
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(ROOT / "examples" / "talks")
        libraries = Libraries(assistant)
        application = FastAPI()
        application.include_router(api_routes(libraries, UploadLimits()))
        application.include_router(completion_routes(libraries))
        server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
        libraries.close()


def test_the_snippets_for_programs_run(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = [(language, content.replace("http://127.0.0.1:7860", address)) for language, content in _blocks("http.md")]
    curl = next(content for language, content in blocks if content.startswith("curl "))
    done = subprocess.run(
        ["bash", "-c", curl], capture_output=True, text=True, check=True, env={**os.environ, "PARLEY_TOKEN": "none"}
    )
    assert '"status":"answered"' in done.stdout
    (python,) = [content for language, content in blocks if language == "python"]
    exec(compile(python, "docs/http.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "**Sources**" in printed
    assert "url_citation" in printed


def test_the_pages_make_a_site_without_warnings(tmp_path: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    reference = (tmp_path / "site" / "reference.html").read_text(encoding="utf-8")
    assert 'id="parley.assistant.assistant.Assistant.ask"' in reference
    sources = re.findall(r'(?:src|href)="(https?://[^"]+)"', (tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    assert [source for source in sources if not source.startswith("https://squidfunk.github.io/mkdocs-material")] == []
