"""What is installed: one package with all its files, that works beside a user's own folders, and a lock that fits it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

LOCKS = {
    "run.txt": ("chat", "standard"),
    "dev.txt": ("chat", "standard", "eval", "llm", "local-llm", "notes", "docs", "spacy", "dev"),
}
CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
"""Without a path to a checkout, whose Parley would count as installed."""
QUESTION = "Who said the dam gates will stay open?"


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
    data = {".py", ".tsv", ".css", ".js", ".md", ".html", ".jsonl", ".json", ".npz", ".txt", ".onnx"}
    kept = {name for name in tracked if name.startswith(("eval/fitting/passage_reader/questions/", "eval/questions/speakers/"))}
    wanted = {f"parley/{name}" for name in set(tracked) - kept if Path(name).suffix in data}
    assert (wanted | {"parley/__init__.py", "parley/py.typed"}) - inside == set()
    assert kept
    assert not inside & {f"parley/{name}" for name in kept}, "what only recipes and studies read would double the wheel"


def test_nothing_but_parley_is_installed(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"parley"}


def test_the_licences_travel_with_the_wheel(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    for name in ("LICENSE", "NOTICE"):
        assert any(entry.endswith(f".dist-info/licenses/{name}") for entry in inside), name


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone, which finds what Parley needs in the environment of these tests.

    The editable Parley of that environment stays hidden: its path file is not read from there.
    """
    environment = tmp_path_factory.mktemp("environment") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-compile", wheel, env=CLEAN)
    site = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment


def _folders_of_a_user(place: Path) -> None:
    """Modules that are named as our rooms are, and say so when they are imported."""
    (place / "index.py").write_text("NAME = 'of the user'\n", encoding="utf-8")
    for folder in ("prompts", "ui", "eval", "assistant"):
        (place / folder).mkdir()
        (place / folder / "__init__.py").write_text("NAME = 'of the user'\n", encoding="utf-8")


@pytest.mark.slow
def test_the_wheel_answers_beside_a_users_own_folders(installed: Path, tmp_path: Path) -> None:
    """In the shell and in a script, with `index.py`, `prompts/` and so on in the folder it is run from."""
    _folders_of_a_user(tmp_path)
    note = tmp_path / "note.txt"
    note.write_text("The envoy of Tarsia said the dam gates will stay open until June.\n", encoding="utf-8")
    (tmp_path / "script.py").write_text(
        "import assistant, eval, index, prompts, ui\n"
        "import parley\n"
        "from parley import Assistant\n"
        "assert {m.NAME for m in (assistant, eval, index, prompts, ui)} == {'of the user'}\n"
        "print(parley.__file__)\n"
        f"print(Assistant.open('library').ask({QUESTION!r}).citations[0].statement.speaker)\n",
        encoding="utf-8",
    )
    python, parley = installed / "bin" / "python", installed / "bin" / "parley"
    beside = CLEAN | {"PYTHONPATH": str(tmp_path)}  # even where a user has put the folder on the path
    _run(parley, "add", "--library", "library", note, cwd=tmp_path, env=beside)
    done = _run(parley, "ask", "--json", "--library", "library", QUESTION, cwd=tmp_path, env=beside)
    citation = json.loads(done.stdout)["citations"][0]
    assert citation["quote"] == "The envoy of Tarsia said the dam gates will stay open until June."
    assert citation["statement"]["speaker"] == "The envoy of Tarsia"
    where, speaker = _run(python, "script.py", cwd=tmp_path, env=CLEAN).stdout.splitlines()
    assert Path(where).is_relative_to(installed)
    assert speaker == "The envoy of Tarsia"


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def _direct(project: dict[str, object], *extras: str) -> set[str]:
    """The requirements of the base and these extras, those for our own extras left out."""
    optional = project["optional-dependencies"]
    lists = [project["dependencies"], *(optional[extra] for extra in extras)]  # type: ignore[index]
    return {item for requirements in lists for item in requirements if not item.startswith("parley-qa[")}  # type: ignore[attr-defined]


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def test_every_direct_dependency_says_what_it_is_for(project: dict[str, object]) -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for requirement in _direct(project, *LOCKS["dev.txt"]):
        line = next(item for item in lines if item.strip().startswith(f'"{requirement}"'))
        assert "#" in line, f"{requirement} has no comment saying what it is for"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_every_dependency_with_its_digest(lock: str, project: dict[str, object]) -> None:
    """All but torch, whose build for processors comes from another index; and nothing that graphics cards need."""
    text = (ROOT / "locks" / lock).read_text(encoding="utf-8")
    blocks = re.findall(r"^([a-z0-9][\w.-]*)==(\S+)((?:.*\\\n)(?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", text, re.MULTILINE)
    pinned = {name for name, _, _ in blocks}
    assert len(blocks) == len(re.findall(r"^[a-z0-9]\S*==", text, re.MULTILINE)), "some lines have no digest"
    assert {_name(item) for item in _direct(project, *LOCKS[lock])} - pinned == {"torch"}, "run make lock"
    assert not [name for name in pinned if re.match(r"nvidia|cuda|triton|torch$", name)]


def test_both_locks_hold_the_same_versions() -> None:
    pins = [set(re.findall(r"^[a-z0-9]\S*==\S+", (ROOT / "locks" / lock).read_text(), re.MULTILINE)) for lock in LOCKS]
    assert pins[0] < pins[1]


def test_the_makefile_installs_the_torch_that_was_resolved_for() -> None:
    resolved = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]["constraint-dependencies"]
    assert f"TORCH := {resolved[0]}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_sample_lists_are_copied_once_and_never_over_those_of_the_user(tmp_path: Path) -> None:
    told = _run("make", "-n", "chat", f"LIBRARY={tmp_path}", cwd=ROOT).stdout
    (line,) = [line for line in told.splitlines() if "examples/issues.tsv" in line]
    for _ in range(2):
        _run(sys.executable, *shlex.split(line)[1:], cwd=ROOT)
        assert (tmp_path / "aliases.tsv").is_file()
        (tmp_path / "issues.tsv").write_text("mine", encoding="utf-8")
    assert (tmp_path / "issues.tsv").read_text(encoding="utf-8") == "mine"


def test_make_help_lists_what_can_be_made() -> None:
    told = _run("make", "--no-print-directory", "help", cwd=ROOT).stdout.splitlines()
    targets = re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [line.split()[1] for line in told] == targets
    assert "awk" not in (ROOT / "Makefile").read_text(encoding="utf-8")
