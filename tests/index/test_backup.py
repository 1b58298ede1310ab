"""A backup holds the library as it is, also while it is used; restored whole or not at all, and whoever has it open notices."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from parley.index import backup as backup_module
from parley.index.backup import MANIFEST, back_up, inspect_backup, restore
from parley.index.errors import LibraryDamagedError, LibraryError
from parley.index.library import Library
from parley.index.store import database
from parley.index.types import Document
from tests.fakes import HashingEmbedder


def note(number: int) -> Document:
    return Document.from_text(f"Envoy {number} said the harbour would open in month {number}.", id=f"note-{number}")


def opened(folder: Path) -> Library:
    return Library.open(folder, embedder=HashingEmbedder())


def names(library: Library) -> list[str]:
    return [entry.id for entry in library.entries()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    library = opened(folder)
    library.add_documents([note(number) for number in range(3)])
    library.close()
    (folder / "uploads").mkdir()
    (folder / "uploads" / "note.txt").write_text("An upload.", encoding="utf-8")
    (folder / "issues.tsv").write_text("harbour\tharbour\n", encoding="utf-8")
    return folder


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    back_up(folder, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_restored_library_is_the_one_that_was_backed_up(backup: Path, tmp_path: Path) -> None:
    assert inspect_backup(backup).files == 3
    assert restore(backup, tmp_path / "again") is None
    again = opened(tmp_path / "again")
    assert [item.text for item in again.documents()] == [note(number).text for number in range(3)]
    assert again.search("harbour")[0].passage.document_id.startswith("note-")
    assert (tmp_path / "again" / "uploads" / "note.txt").read_text(encoding="utf-8") == "An upload."
    again.close()


def test_backups_of_a_library_that_is_written_to_are_whole(folder: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(folder / "catalog.sqlite", timeout=30, isolation_level=None)) as connection:
            while not stop.is_set():
                connection.execute("INSERT OR REPLACE INTO meta SELECT 'filler', hex(randomblob(20000))")

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(3):
        back_up(folder, tmp_path / f"{number}.zip")
    stop.set()
    writer.join()
    for number in range(3):
        restore(tmp_path / f"{number}.zip", tmp_path / f"again-{number}")
        again = opened(tmp_path / f"again-{number}")
        assert (len(again.documents()), again.doctor(mend=True).ok) == (3, True)
        again.close()


def test_a_damaged_backup_touches_nothing(folder: Path, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0x10
    backup.write_bytes(content)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(LibraryError, match=r"damaged|does not hold|is not a backup"):
        restore(backup, folder, replace=True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with pytest.raises(LibraryError, match="is not a backup"):
        inspect_backup(folder / "issues.tsv")


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt"])
def test_a_backup_that_leads_out_of_its_folder_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(backup) as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        manifest = json.loads(good.read(MANIFEST))
        manifest["files"][name] = hashlib.sha256(b"x").hexdigest()
        for entry in good.namelist():
            bad.writestr(entry, json.dumps(manifest) if entry == MANIFEST else good.read(entry))
        bad.writestr(name, b"x")
    with pytest.raises(LibraryDamagedError, match="outside its folder"):
        restore(tmp_path / "bad.zip", tmp_path / "deep" / "again")
    assert list(tmp_path.rglob("outside.txt")) == []


def test_whatever_is_backed_up_can_be_restored(folder: Path, tmp_path: Path) -> None:
    (folder / "uploads" / "12:30 a\\b.txt").write_text("Names that other systems read otherwise.", encoding="utf-8")
    os.utime(folder / "issues.tsv", (0, 0))  # before the first year that archives know
    back_up(folder, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "again")
    for name in ("uploads/12:30 a\\b.txt", "issues.tsv"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_file_that_goes_meanwhile_is_left_out(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = backup_module._copied

    def copied(path: Path, target: Path) -> Path:
        (folder / "uploads" / "note.txt").unlink(missing_ok=True)
        return plain(path, target)

    monkeypatch.setattr(backup_module, "_copied", copied)
    assert back_up(folder, tmp_path / "b.zip").files == 2


def test_a_name_that_is_no_text_is_told(folder: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/uploads/\xff.txt")).write_text("x", encoding="utf-8")
    with pytest.raises(LibraryError, match="its name is not UTF-8"):
        back_up(folder, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("made", ["yesterday", 5, None])
def test_a_manifest_without_a_day_is_no_backup(backup: Path, tmp_path: Path, made: object) -> None:
    with zipfile.ZipFile(backup) as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        manifest = json.loads(good.read(MANIFEST)) | {"made": made}
        for entry in good.namelist():
            bad.writestr(entry, json.dumps(manifest) if entry == MANIFEST else good.read(entry))
    with pytest.raises(LibraryError, match="is not a backup"):
        inspect_backup(tmp_path / "bad.zip")


def test_a_backup_that_would_fill_the_disk_is_refused_first(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(LibraryError, match="0 MB free"):
        restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_library_in_the_way_is_kept_aside_only_when_that_is_said(folder: Path, backup: Path) -> None:
    with pytest.raises(LibraryError, match="not empty"):
        restore(backup, folder)
    aside = restore(backup, folder, replace=True)
    assert aside is not None
    assert (aside / "catalog.sqlite").is_file()
    with pytest.raises(LibraryError, match="exists already"):
        back_up(folder, backup)


def test_what_lies_beside_a_library_is_left_alone(folder: Path, backup: Path, tmp_path: Path) -> None:
    neighbour = tmp_path / "again.restoring" / "minutes.txt"
    neighbour.parent.mkdir()
    neighbour.write_text("Nobody else has these minutes.", encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}
    restore(backup, tmp_path / "again")
    assert neighbour.read_text(encoding="utf-8") == "Nobody else has these minutes."
    assert {path.name for path in tmp_path.iterdir()} == {*before, "again"}


def test_a_library_stays_where_the_restored_one_cannot_come(
    folder: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    plain = Path.replace

    def replace(source: Path, target: Path) -> Path:
        if ".restoring-" in str(source):
            raise OSError(5, "Input/output error")
        return plain(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(LibraryError, match="cannot be restored"):
        restore(backup, folder, replace=True)
    assert (folder / "catalog.sqlite").is_file()
    assert {path.name for path in tmp_path.iterdir()} == before


def test_an_open_library_notices_that_it_was_restored(folder: Path, backup: Path) -> None:
    library = opened(folder)
    library.add_documents([Document.from_text("Later words about a zeppelin.", id="later")])
    assert library.search("zeppelin")[0].passage.document_id == "later"
    restore(backup, folder, replace=True)
    assert names(library) == ["note-0", "note-1", "note-2"]
    assert "later" not in {hit.passage.document_id for hit in library.search("zeppelin")}
    library.add_documents([note(7)])
    library.close()
    again = opened(folder)
    assert names(again) == ["note-0", "note-1", "note-2", "note-7"]
    again.close()


def test_a_library_whose_catalogue_is_gone_says_so(folder: Path) -> None:
    library = opened(folder)
    (folder / "catalog.sqlite").unlink()
    with pytest.raises(LibraryError, match="is gone"):
        library.add_documents([note(9)])
    library.close()


def test_a_library_on_media_that_cannot_be_written_to_can_be_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.os, "access", lambda *_: False)
    library = opened(folder)
    assert library.search("harbour")
    assert library.doctor(mend=False).checks[0].ok
    with pytest.raises(LibraryError, match="readonly"):
        library.remove("note-0")
    library.close()
