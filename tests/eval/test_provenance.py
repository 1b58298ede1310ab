"""A report says what it was made with, and a change of any of it shows."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from parley import Document
from parley.eval.runs import provenance
from tests.conftest import ROOT
from tests.eval.build import BULLETIN, GAZETTE

QUESTIONS = ROOT / "eval" / "questions" / "talks.jsonl"


def _made(**changed: object) -> dict:
    return provenance.made_with(**({"questions": QUESTIONS, "checks": None, "documents": [BULLETIN, GAZETTE]} | changed))


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small rooms in a checkout of their own instead of the real ones."""
    for room in (*provenance.ANSWERING, provenance.SCORING):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("A = 1\n")
    (tmp_path / "index" / "cues.tsv").write_text("said\n")
    (tmp_path / "assistant" / "reader.npz").write_bytes(b"1")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    monkeypatch.setattr(provenance, "_folder", lambda room: tmp_path / room)
    return tmp_path


def test_date_commit_and_digests_are_told() -> None:
    made = _made(checks=QUESTIONS)
    assert datetime.fromisoformat(made["date"]).tzinfo is not None
    assert set(made["digests"]) == {"code", "scorers", "weights", "tables", "questions", "checks", "library"}
    assert all(len(digest) == 64 for digest in made["digests"].values())
    assert made["digests"]["questions"] == made["digests"]["checks"]
    assert any(name.endswith(".npz") for name in made["files"])


@pytest.mark.parametrize(
    ("file", "digest"),
    [
        ("index/__init__.py", "code"),
        ("assistant/__init__.py", "code"),
        ("eval/__init__.py", "scorers"),
        ("index/cues.tsv", "tables"),
        ("assistant/reader.npz", "weights"),
    ],
)
def test_a_changed_file_changes_its_digest_alone(rooms: Path, file: str, digest: str) -> None:
    before = _made()
    (rooms / file).write_text("B = 2\n")
    after = _made()
    assert [name for name in before["digests"] if before["digests"][name] != after["digests"][name]] == [digest]
    assert (before["files"].get(file) != after["files"].get(file)) is (digest in ("tables", "weights"))


def test_a_changed_document_changes_the_digest_of_the_library_and_their_order_does_not() -> None:
    one, turned = _made(), _made(documents=[GAZETTE, BULLETIN])
    other = _made(documents=[BULLETIN, Document.from_text("Other words.", id=GAZETTE.id)])
    assert one["digests"]["library"] == turned["digests"]["library"]
    assert one["digests"]["library"] != other["digests"]["library"]


def test_the_commit_and_whether_files_were_changed_since(rooms: Path) -> None:
    head = subprocess.run(
        ["git", "-C", str(rooms), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert (_made()["commit"], _made()["dirty"]) == (head, False)
    (rooms / "notes.txt").write_text("not tracked")
    assert _made()["dirty"] is False
    (rooms / "index" / "cues.tsv").write_text("told\n")
    assert _made()["dirty"] is True


def test_a_library_installed_inside_anothers_checkout_has_no_commit(rooms: Path) -> None:
    subprocess.run(["git", "-C", str(rooms), "rm", "-rq", "--cached", "index"], check=True)
    assert (_made()["commit"], _made()["dirty"]) == (None, None)
