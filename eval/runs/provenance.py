"""What a run was made with: when, from which commit, and digests of everything that its figures depend on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from parley import Document

ANSWERING = ("assistant", "index", "prompts")
"""The rooms whose code, weights and tables make an answer."""
SCORING = "eval"
WEIGHTS = frozenset({".npz", ".onnx", ".safetensors", ".bin"})
TABLES = frozenset({".tsv", ".txt", ".json", ".jsonl", ".md"})
SHORT = 12
"""Characters of a digest that tell single files apart."""


def made_with(*, questions: Path, checks: Path | None, documents: Iterable[Document]) -> dict[str, Any]:
    """The origin of a run as plain values.

    Returns:
        `date` (UTC, ISO), `commit` and `dirty` (`None` outside a checkout), `digests` (SHA-256 of code, scorers, weights,
        tables, questions, checks and library) and `files` (each file of weights and tables with the start of its digest).
    """
    code = [path for room in ANSWERING for path in _files(room, {".py"})]
    weights = [path for room in ANSWERING for path in _files(room, WEIGHTS)]
    tables = [path for room in ANSWERING for path in _files(room, TABLES)]
    commit, dirty = _checkout(_folder("index"))
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "dirty": dirty,
        "digests": {
            "code": _digest(code),
            "scorers": _digest(_files(SCORING, {".py"})),
            "weights": _digest(weights),
            "tables": _digest(tables),
            "questions": _of_file(questions),
            "checks": _of_file(checks) if checks else None,
            "library": _of_library(documents),
        },
        "files": {_name(path): _of_file(path)[:SHORT] for path in sorted([*weights, *tables], key=_name)},
    }


def _folder(room: str) -> Path:
    """Where a room's files lie, links followed."""
    return Path(next(iter(import_module(f"parley.{room}").__path__))).resolve()


def _files(room: str, suffixes: Iterable[str]) -> list[Path]:
    wanted = set(suffixes)
    return sorted(path for path in _folder(room).rglob("*") if path.suffix in wanted and path.is_file())


def _name(path: Path) -> str:
    """The file as "room/…", wherever Parley is installed."""
    room = next(room for room in (*ANSWERING, SCORING) if path.is_relative_to(_folder(room)))
    return f"{room}/{path.relative_to(_folder(room)).as_posix()}"


def _digest(paths: Iterable[Path]) -> str:
    total = sha256()
    for path in paths:
        total.update(f"{_name(path)}\0{_of_file(path)}\n".encode())
    return total.hexdigest()


def _of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _of_library(documents: Iterable[Document]) -> str:
    """Of the ids and texts that the library holds, in the order of the ids."""
    total = sha256()
    for document in sorted(documents, key=lambda document: document.id):
        text = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        total.update(f"{document.id}\0{text}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _checkout(folder: Path) -> tuple[str | None, bool | None]:
    """The commit that the folder's files belong to, and whether tracked files were changed since; `None` outside a checkout."""
    # A library installed somewhere inside another project's checkout is not of that project's commit.
    if _git(folder, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None, None
    commit, changed = _git(folder, "rev-parse", "HEAD"), _git(folder, "status", "--porcelain", "--untracked-files=no", ":/")
    return commit, None if changed is None else bool(changed)


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, stripped; `None` where it fails or there is none."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603, S607
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
