"""What is damaged is mended or told, never taken for something else."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from parley.index.errors import LibraryDamagedError, ParleyError
from parley.index.library import Library
from parley.index.store.database import Database
from parley.index.types import Document
from tests.fakes import HashingEmbedder

NOTES = {f"note-{number}": f"The envoy said that quota {number} was rejected by province {number}." for number in range(12)}


def open_library(folder: Path, *, create: bool = True) -> Library:
    return Library.open(folder, embedder=HashingEmbedder(), create=create)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with_notes = open_library(tmp_path / "library")
    with_notes.add_documents([Document.from_text(text, id=name) for name, text in NOTES.items()])
    with_notes.close()
    return tmp_path / "library"


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("remove", [True, False])
def test_caches_beside_an_empty_or_missing_catalogue_are_a_damaged_library(folder: Path, create: bool, remove: bool) -> None:
    for path in folder.glob("catalog.sqlite*"):
        path.unlink()
    if not remove:
        (folder / "catalog.sqlite").touch()
    with pytest.raises(LibraryDamagedError, match=r"Restore\s+that file from a backup"):
        open_library(folder, create=create)
    assert (folder / "dense.faiss").exists(), "nothing was made anew over what is left"


def test_the_database_of_another_program_is_left_as_it_is(folder: Path) -> None:
    for path in folder.glob("catalog.sqlite*"):
        path.unlink()
    connection = sqlite3.connect(folder / "catalog.sqlite")
    connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    with pytest.raises(LibraryDamagedError, match="another program, with the table invoices"):
        open_library(folder)
    connection = sqlite3.connect(folder / "catalog.sqlite")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]
    connection.close()


def test_a_flipped_bit_in_the_full_text_is_noticed_and_mended(folder: Path) -> None:
    before = found(folder)
    for kind in ("fieldnorm", "idx", "term", "pos", "fast"):
        path = next((folder / "fulltext").glob(f"*.{kind}"))
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 4
        # Under a new file: tantivy keeps mapped what it has opened in this process.
        path.with_suffix(".new").write_bytes(content)
        path.with_suffix(".new").replace(path)
        library = open_library(folder)
        assert [check.name for check in library.doctor(mend=False).checks if not check.ok] == ["full text cache"], kind
        library.close()
        assert found(folder) == before, kind
        library = open_library(folder)
        assert library.doctor(mend=False).ok, kind
        library.close()


@pytest.mark.parametrize("kind", ["fieldnorm", "idx", "term", "pos", "fast", "store"])
def test_a_missing_file_of_the_full_text_is_noticed_and_mended(folder: Path, kind: str) -> None:
    before = found(folder)
    next((folder / "fulltext").glob(f"*.{kind}")).unlink()
    assert found(folder) == before
    library = open_library(folder)
    assert library.doctor(mend=False).ok
    library.close()


def test_a_schema_that_is_no_text_any_more_is_told(folder: Path) -> None:
    content = (folder / "catalog.sqlite").read_bytes()
    (folder / "catalog.sqlite").write_bytes(content.replace(b"CREATE TABLE passages", b"CREATE TABLE passag\xc1s", 1))
    with pytest.raises(LibraryDamagedError):
        open_library(folder).documents()


def found(folder: Path) -> list[list[tuple[str, float | None]]]:
    library = open_library(folder)
    questions = ("quota 3 rejected", "province 7", "envoy")
    hits = [[(hit.passage.document_id, hit.lexical) for hit in library.search(text, k=5)] for text in questions]
    library.close()
    return hits


def test_left_over_files_of_a_killed_writer_are_written_over(folder: Path) -> None:
    """tantivy names the file of deletions by a number that the next writer takes as well."""
    library = open_library(folder)
    library.add_documents([Document.from_text("The quota was rejected again.", id="note-0")])
    library.close()
    before = {path.name for path in (folder / "fulltext").iterdir()}
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    library = open_library(copy)
    library.add_documents([Document.from_text("The quota was rejected once more.", id="note-1")])
    library.close()
    written = {path.name for path in (copy / "fulltext").iterdir()} - before
    assert any(name.endswith(".del") for name in written)
    for name in written:
        shutil.copy(copy / "fulltext" / name, folder / "fulltext" / name)
    library = open_library(folder)
    library.add_documents([Document.from_text("The quota was rejected once more.", id="note-1")])
    assert library.passage_frequency("once more") == 1
    assert library.doctor(mend=False).ok
    library.close()


def test_what_was_stored_is_told_as_stored_where_no_cache_can_be_written(folder: Path) -> None:
    shutil.rmtree(folder / "fulltext")
    (folder / "fulltext").write_text("in the way", encoding="ascii")
    library = open_library(folder)
    report = library.add_documents([Document.from_text("The walrus was counted.", id="walrus")])
    assert report.added == ("walrus",)
    assert [hit.passage.document_id for hit in library.search("walrus", k=1, engines=("lexical",))] == ["walrus"]
    (folder / "fulltext").unlink()
    library.add_documents([Document.from_text("The seal was counted.", id="seal")])
    library.close()
    library = open_library(folder)
    assert library.doctor(mend=False).ok
    assert library.passage_frequency("counted") == 2
    library.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statements SET record = replace(record, 'speaker', 'speakir')",
        "UPDATE statements SET record = substr(record, 2)",
        "UPDATE turns SET record = '3'",
        "UPDATE passages SET headings = '[1]'",
        "UPDATE passages SET headings = CAST(x'ff' AS TEXT)",
        "UPDATE passages SET vector = x'00'",
        "UPDATE documents SET pages = '{'",
        "UPDATE documents SET date = 'yesterday'",
        "UPDATE documents SET text = CAST(x'ff' AS TEXT)",
        "UPDATE documents SET basis = '[[1]]'",
        "UPDATE meta SET value = 'many' WHERE key = 'change'",
    ],
)
def test_every_fault_of_what_is_stored_is_told_as_one_of_our_errors(folder: Path, change: str) -> None:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    with connection:
        assert connection.execute(change).rowcount or "turns" in change
    connection.close()
    (folder / "dense.faiss").unlink()
    told = 0
    for use in (
        lambda library: library.documents(),
        lambda library: library.entries(),
        lambda library: library.document("note-3"),
        lambda library: library.statements("note-3"),
        lambda library: library.passages("note-3"),
        lambda library: library.search("quota"),
        lambda library: library.doctor(mend=False),
        lambda library: library.remove("note-3"),
    ):
        try:
            library = open_library(folder)
            use(library)
            library.close()
        except ParleyError:
            told += 1
    assert told or "turns" in change


def test_an_index_that_differs_from_its_rows_is_made_anew(folder: Path) -> None:
    """Filters look at indexes alone; what is missing from one would be left out without a word."""
    connection = sqlite3.connect(folder / "catalog.sqlite")
    connection.execute("PRAGMA writable_schema = ON")
    (entry,) = connection.execute("SELECT * FROM sqlite_master WHERE name = 'documents_by_outlet'").fetchall()
    connection.execute("DELETE FROM sqlite_master WHERE name = 'documents_by_outlet'")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(folder / "catalog.sqlite")
    connection.execute("UPDATE documents SET outlet = 'Post' WHERE id = 'note-3'")
    connection.execute("UPDATE documents SET outlet = NULL WHERE id = 'note-3'")
    connection.execute("DELETE FROM documents WHERE id = 'note-4'")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
    connection.commit()
    connection.close()
    library = open_library(folder)
    assert not {check.name: check for check in library.doctor(mend=False).checks}["catalogue"].ok
    report = library.doctor()
    assert report.ok
    assert {check.name for check in report.checks if check.mended} >= {"catalogue"}
    library.close()


def test_what_is_told_as_stored_is_on_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "catalog.sqlite")
    assert database.one("PRAGMA synchronous") == (2,)  # FULL
    database.close()
