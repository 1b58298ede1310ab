"""The wheel, installed in a clean virtual environment, answers a question by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

TORCH = "torch==2.13.0"


def _run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of what git tracks, so that files left out of the package are noticed."""
    source = tmp_path_factory.mktemp("source")
    tracked = _run("git", "ls-files", "-z", cwd=ROOT).stdout.split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():  # the links in parley/ are left out: a wheel must not depend on them
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, source)
    return next(out.glob("parley_qa-*.whl"))


def test_the_wheel_holds_every_data_file(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    tracked = _run("git", "ls-files", "assistant", "index", "prompts", "ui", "eval", cwd=ROOT).stdout.split("\n")
    data = {".py", ".tsv", ".css", ".js", ".md", ".html", ".jsonl", ".json", ".npz", ".txt"}
    wanted = {f"parley/{name}" for name in tracked if Path(name).suffix in data} | {"parley/__init__.py", "parley/py.typed"}
    assert wanted - inside == set()


def test_nothing_but_parley_is_installed(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"parley"}


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_clean_environment_asks_a_question(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    _run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    # Of all that is installed little is imported, and so compiled.
    install = (python, "-m", "pip", "install", "--quiet", "--no-compile")
    _run(*install, TORCH)
    _run(*install, "--constraint", ROOT / "requirements.lock", wheel)
    _run(python, "-m", "pip", "check")
    note = tmp_path / "note.txt"
    note.write_text("The envoy of Tarsia said the dam gates will stay open until June.\n", encoding="utf-8")
    parley, library = environment / "bin" / "parley", tmp_path / "library"
    # Away from the checkout, so that only the installed packages can be imported.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    _run(parley, "add", "--library", library, note, cwd=tmp_path, env=clean)
    done = _run(parley, "ask", "--json", "--library", library, "Who said the dam gates will stay open?", cwd=tmp_path, env=clean)
    citation = json.loads(done.stdout)["citations"][0]
    assert citation["quote"] == "The envoy of Tarsia said the dam gates will stay open until June."
    assert citation["statement"]["speaker"] == "The envoy of Tarsia"


def test_every_direct_dependency_is_pinned_and_explained() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(project)["project"]
    locked = {line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "requirements.lock").read_text().splitlines()}
    extras = [item for extra in declared["optional-dependencies"].values() for item in extra]
    for requirement in [*declared["dependencies"], *(item for item in extras if not item.startswith("parley-qa["))]:
        name = requirement.split("[")[0].split("=")[0].split(">")[0].split("<")[0].strip()
        assert name.lower().replace("_", "-") in locked, f"{name} is not in requirements.lock: run make lock"
        line = next(item for item in project.splitlines() if item.strip().startswith(f'"{requirement}"'))
        assert "#" in line, f"{name} has no comment saying what it is for"
    assert TORCH in (ROOT / "requirements.lock").read_text()
