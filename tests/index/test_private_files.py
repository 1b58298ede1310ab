"""What Parley writes is for nobody else on the machine to read, unless somebody shares its folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Assistant, Document, back_up, restore
from parley.index.files import others_may_read
from parley.ui.library.workspace import Workspace
from tests.fakes import HashingEmbedder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps the rights of files in another way")


@pytest.fixture(autouse=True)
def _usual_rights() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def filled(folder: Path) -> Path:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.add_documents([Document.from_text("Toll said the port is open.", id="note")])
        workspace = Workspace("", assistant)
        workspace.conversations.open("ana", "")
        (workspace.uploads.incoming_folder() / "a.txt").write_text("Toll", encoding="utf-8")
        workspace.close()
    return folder


def readable_by_others(folder: Path) -> list[str]:
    """What in a folder others may read, where nothing above it keeps them out."""
    found = []
    for path in folder.iterdir():
        if path.is_file() and rights(path) & 0o077 and path.name != "write.lock":
            found.append(path.name)
        if path.is_dir() and rights(path) & 0o077:
            found.append(path.name)
    return sorted(found)


def test_a_library_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    folder = filled(tmp_path / "library")
    assert rights(folder) == 0o700
    assert readable_by_others(folder) == []
    assert {"catalog.sqlite", "conversations.sqlite", "uploads"} <= {path.name for path in folder.iterdir()}


def test_a_folder_made_before_keeps_its_rights_and_what_comes_into_it_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir(mode=0o755)
    filled(folder)
    assert rights(folder) == 0o755
    assert readable_by_others(folder) == []


def test_a_folder_that_a_group_may_write_to_is_shared_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    folder.chmod(0o770)
    os.umask(0o002)
    filled(folder)
    assert [rights(folder / name) for name in ("catalog.sqlite", "conversations.sqlite")] == [0o660, 0o660]


def test_a_backup_is_private_and_what_is_restored_is_as_open_as_what_it_replaces(tmp_path: Path) -> None:
    folder = filled(tmp_path / "library")
    back_up(folder, tmp_path / "kept.zip")
    assert rights(tmp_path / "kept.zip") == 0o600
    restore(tmp_path / "kept.zip", tmp_path / "again")
    assert rights(tmp_path / "again") == 0o700
    folder.chmod(0o750)
    restore(tmp_path / "kept.zip", folder, replace=True)
    assert rights(folder) == 0o750


def test_the_doctor_tells_who_may_read_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filled(tmp_path / "library")
    told = {}
    for mode in (0o700, 0o755):
        folder.chmod(mode)
        with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
            # Where the folders of tests lie, others may not look in at all.
            monkeypatch.setattr("parley.index.doctor.others_may_read", lambda path: bool(rights(path) & 0o004))
            told[mode] = next(check for check in assistant.doctor(mend=False).checks if check.name == "who may read it")
    assert told[0o700].detail == "you, and whom you let in"
    assert f"chmod 700 {folder}" in told[0o755].detail
    assert told[0o755].ok
    tmp_path.chmod(0o700)
    assert not others_may_read(folder)
