"""Changes cost what changed: the log tells what came and went, caches and memory follow it, and end up equal to the catalogue."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest

from parley.index.errors import DocumentNotFoundError
from parley.index.library import Library
from parley.index.store import caches, database
from parley.index.store.catalog import Catalog, PreparedDocument
from parley.index.store.change_log import State
from parley.index.store.fulltext import FullTextIndex
from parley.index.store.stored_statements import StatementConditions
from parley.index.types import Document, SearchFilter
from tests.fakes import HashingEmbedder

IN_STEP = {"vectors": (0, 0), "full text": (0, 0)}


def _documents(first: int, last: int) -> list[Document]:
    return [
        Document.from_text(
            f"The envoy said that gate number{number} stays open.", id=f"note-{number}", date=Date(2030, 1, number)
        )
        for number in range(first, last)
    ]


def _open(folder: Path) -> Library:
    return Library.open(folder, embedder=HashingEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def writer(folder: Path) -> Iterator[Library]:
    with_documents = _open(folder)
    with_documents.add_documents(_documents(1, 11))
    yield with_documents
    with_documents.close()


@pytest.fixture
def reader(folder: Path, writer: Library) -> Iterator[Library]:
    """Another one over the same folder, which has read all there is."""
    opened = _open(folder)
    assert len(opened.entries()) == 10
    assert opened.search("gate number3", k=1)[0].passage.document_id == "note-3"
    yield opened
    opened.close()


def _found(library: Library, number: int, **conditions: Date) -> str:
    return library.search(f"gate number{number}", k=1, filter=SearchFilter(**conditions))[0].passage.document_id


def test_the_log_tells_what_came_and_went(writer: Library) -> None:
    log = writer._catalog.log
    before = log.state
    old = {passage.id for passage in writer.passages("note-3")}
    writer.add_documents(_documents(11, 12))
    writer.remove("note-3")
    changes = log.since(before)
    assert changes is not None
    assert set(changes.added) == {passage.id for passage in writer.passages("note-11")}
    assert set(changes.removed) == old
    assert changes.state == log.state
    assert log.since(changes.state) is not None
    assert log.since(changes.state).added == ()  # type: ignore[union-attr]


def test_a_state_of_another_history_is_not_known(writer: Library) -> None:
    """One that counts alike is told from the library's own by its mark."""
    log = writer._catalog.log
    assert log.since(State(log.number, "0" * 16)) is None
    assert log.since(State(log.number + 5, log.state.mark)) is None
    assert log.since(None) is None


def test_a_reader_sees_every_kind_of_change(writer: Library, reader: Library) -> None:
    writer.edit_metadata("note-2", {"title": "The second note"})
    assert reader.document("note-2").title == "The second note"
    assert [entry.title for entry in reader.entries()][1] == "The second note"
    writer.remove("note-3")
    with pytest.raises(DocumentNotFoundError):
        reader.document("note-3")
    assert [entry.id for entry in reader.entries()] == [f"note-{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10)]
    assert _found(reader, 3) != "note-3"
    assert reader.passage_frequency("number3") == 0
    writer.add_documents(_documents(11, 12))
    assert [entry.id for entry in reader.entries()][-2:] == ["note-10", "note-11"]
    assert _found(reader, 11) == "note-11"
    assert reader._caches.differences() == IN_STEP


def test_what_did_not_change_is_not_read_again(writer: Library, reader: Library) -> None:
    kept, replaced = reader.document("note-1"), reader.document("note-2")
    writer.edit_metadata("note-2", {"title": "Another"})
    assert reader.document("note-1") is kept
    assert reader.document("note-2") is not replaced


@pytest.mark.parametrize("small", [20_000, 3], ids=["small", "large"])
def test_caches_follow_many_changes(folder: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large library writes its snapshot and makes its full text anew only now and then; what is found is the same."""
    monkeypatch.setattr(caches, "_SMALL", small)
    monkeypatch.setattr(caches, "_CHANGED_SHARE", 0.5)
    monkeypatch.setattr(caches, "_REMOVED_SHARE", 0.5)
    with_documents = _open(folder)
    with_documents.add_documents(_documents(1, 21))
    for number in (4, 9, 14):
        with_documents.remove(f"note-{number}")
        with_documents.add_documents(_documents(number + 1, number + 2))
        assert _found(with_documents, number) != f"note-{number}"
        assert _found(with_documents, number + 1) == f"note-{number + 1}"
        assert with_documents._caches.differences() == IN_STEP
        late = _open(folder)
        assert _found(late, number) != f"note-{number}"
        assert len(late.search("gate", k=50)) == late.passage_count == with_documents.passage_count
        late.close()
    with_documents.close()


def test_what_is_removed_from_a_large_library_is_hidden_at_once_and_purged_when_it_is_closed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_SMALL", 3)
    monkeypatch.setattr(caches, "_REMOVED_SHARE", 0.5)
    library = _open(folder)
    library.add_documents([*_documents(1, 11), Document.from_text("The zanzibarite is gone.", id="secret")])
    library.remove("secret")
    assert library.passage_frequency("zanzibarite") == 0
    assert "num_deleted_docs" in (folder / "fulltext" / "meta.json").read_text(), "the terms are still there, and hidden"
    library.finish_removals(["secret"])
    library.close()
    assert "num_deleted_docs" not in (folder / "fulltext" / "meta.json").read_text()
    again = Catalog(folder / "catalog.sqlite")
    assert again.removed_count == 0
    assert not _bytes_of(folder, b"secret")
    again.close()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries of a few passages work as large ones do."""
    monkeypatch.setattr(caches, "_SMALL", 3)
    monkeypatch.setattr(caches, "_REMOVED_SHARE", 0.5)


def _removed_count(folder: Path) -> int:
    catalog = Catalog(folder / "catalog.sqlite")
    count = catalog.removed_count
    catalog.close()
    return count


@pytest.mark.usefixtures("large")
def test_a_purge_writes_only_those_parts_of_the_full_text_anew_that_hold_what_was_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = _open(folder)
    for first in (1, 8, 15, 22):
        library.add_documents(_documents(first, first + 7))
    written: list[int] = []
    texts = library._catalog.passage_texts
    monkeypatch.setattr(library._catalog, "passage_texts", lambda ids: (written.extend(ids), texts(ids))[1])
    library.remove("note-18")
    library.purge()
    assert len(written) == len(range(15, 22)) - 1
    assert "num_deleted_docs" not in (folder / "fulltext" / "meta.json").read_text()
    assert library._caches.differences() == IN_STEP
    assert [_found(library, number) for number in (3, 17, 28)] == ["note-3", "note-17", "note-28"]
    assert library.passage_frequency("number18") == 0
    library.close()


@pytest.mark.usefixtures("large")
def test_documents_whose_files_are_gone_are_purged_when_the_library_is_closed(folder: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(8):
        (files / f"note-{number}.txt").write_text(f"The note number{number} tells of the gate.", encoding="utf-8")
    library = _open(folder)
    library.add([files])
    library.close()
    (files / "note-3.txt").unlink()
    again = _open(folder)
    assert again.add([files], prune=True).removed == ("note-3.txt",)
    again.close()
    assert _removed_count(folder) == 0
    assert "num_deleted_docs" not in (folder / "fulltext" / "meta.json").read_text()


@pytest.mark.usefixtures("large")
def test_what_a_killed_process_removed_is_purged_by_whoever_writes_next(folder: Path) -> None:
    killed = _open(folder)
    killed.add_documents(_documents(1, 11))
    killed.remove("note-4")
    killed._catalog.close()  # without closing the library
    reader = _open(folder)
    assert _found(reader, 4) != "note-4"
    reader.close()
    assert _removed_count(folder) == 1
    writer = _open(folder)
    writer.add_documents(_documents(11, 12))
    writer.close()
    assert _removed_count(folder) == 0
    assert "num_deleted_docs" not in (folder / "fulltext" / "meta.json").read_text()


def _bytes_of(folder: Path, wanted: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and wanted in path.read_bytes()]


def test_a_restored_backup_is_not_taken_for_the_library_that_went_on(folder: Path, tmp_path: Path) -> None:
    """Both have made the same number of changes since, with the same ids for other passages."""
    library = _open(folder)
    library.add_documents(_documents(1, 4))
    library.close()
    backup = tmp_path / "backup.sqlite"
    _backup(folder / "catalog.sqlite", backup)
    library = _open(folder)
    library.add_documents(_documents(5, 7))
    library.close()
    shutil.copy(backup, folder / "catalog.sqlite")
    connection = sqlite3.connect(folder / "catalog.sqlite")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    catalog = Catalog(folder / "catalog.sqlite")  # written to without its caches, as by a process that was killed
    other = _open(tmp_path / "other")
    other.add_documents(_documents(1, 4))
    other.add_documents(_documents(8, 10))
    catalog.replace(list(_prepared(other, ("note-8", "note-9"))))
    catalog.close()
    other.close()
    restored = _open(folder)
    assert _found(restored, 8) == "note-8"
    assert restored.passage_frequency("number5") == 0
    assert restored._caches.differences() == IN_STEP
    restored.close()


def _prepared(library: Library, ids: tuple[str, ...]) -> Iterator[PreparedDocument]:
    for name in ids:
        passages = library.passages(name)
        _, vectors = library._catalog.vectors([passage.id for passage in passages])
        yield PreparedDocument(library.document(name), tuple(passages), library.statements(name), vectors, library.turns(name))


def _backup(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as connection, sqlite3.connect(target) as copy:
        connection.backup(copy)
    connection.close()
    copy.close()


def test_a_writer_killed_after_the_full_text_was_committed_leaves_nothing_twice(folder: Path, writer: Library) -> None:
    """What it had not yet written down is done again."""
    before = (folder / "fulltext" / "state.json").read_bytes()
    writer.add_documents(_documents(11, 13))
    (folder / "fulltext" / "state.json").write_bytes(before)
    late = _open(folder)
    assert late.passage_frequency("number11") == 1
    assert FullTextIndex(folder / "fulltext").state == late._catalog.log.state
    assert late._caches.differences() == IN_STEP
    late.close()


@pytest.mark.parametrize("told", ["", "{}", '{"number": "x", "mark": 1, "passages": 10}', "[1]"])
def test_a_full_text_whose_state_cannot_be_read_is_compared(folder: Path, writer: Library, told: str) -> None:
    writer.add_documents(_documents(11, 12))
    (folder / "fulltext" / "state.json").write_text(told)
    late = _open(folder)
    assert late.passage_frequency("number11") == 1
    assert late._caches.differences() == IN_STEP
    late.close()


def test_a_full_text_whose_words_were_folded_otherwise_is_made_anew(folder: Path, writer: Library) -> None:
    writer.close()
    path = folder / "fulltext" / "state.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps({name: value for name, value in told.items() if name != "folding"}))
    late = _open(folder)
    assert late.search("gate number5", k=1)[0].passage.document_id == "note-5"
    assert json.loads(path.read_text()) == told
    assert late._caches.differences() == IN_STEP
    late.close()


def test_a_catalogue_of_an_earlier_version_goes_on(folder: Path, writer: Library) -> None:
    """Without the log, the columns and the indexes of this one."""
    writer.close()
    _as_before_the_log(folder)
    later = _open(folder)
    assert _found(later, 5) == "note-5"
    later.add_documents(_documents(11, 12))
    later.remove("note-5")
    assert _found(later, 11) == "note-11"
    assert _found(later, 5) != "note-5"
    assert later._caches.differences() == IN_STEP
    assert later.doctor(mend=False).ok
    later.close()


def _as_before_the_log(folder: Path) -> None:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    for trigger in ("passage_removed", "document_added", "document_edited", "document_removed"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for name in ("documents_by_date", "documents_by_outlet", "passages_by_change", "statements_narrow"):
        connection.execute(f"DROP INDEX {name}")
    for table in ("changes", "removed_passages", "changed_documents"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("ALTER TABLE passages DROP COLUMN change")
    for column in ("speaker", "party", "outlet", "stance", "status", "relayed"):
        connection.execute(f"ALTER TABLE statements DROP COLUMN {column}")
    connection.commit()
    connection.close()


def test_a_catalogue_of_an_earlier_version_on_media_that_cannot_be_written_to_is_read(
    folder: Path, writer: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked as it is, again and again, without making anything anew."""
    writer.close()
    _as_before_the_log(folder)
    monkeypatch.setattr(database.os, "access", lambda *_: False)
    later = _open(folder)
    assert _found(later, 5) == "note-5"
    dense = later._caches.dense
    later._caches._retry_at = 0.0
    assert _found(later, 6) == "note-6"
    assert later._caches.dense is dense
    assert {item for item, _ in later.statements_narrowed(StatementConditions(speaker="envoy"))} >= {"note-5", "note-6"}
    later.close()


def test_filters_find_the_same_however_many_documents_they_allow(folder: Path) -> None:
    library = _open(folder)
    library.add_documents(_documents(1, 31))
    for since, until in ((1, 30), (2, 30), (10, 20), (29, 30), (30, 30)):
        hits = library.search("gate envoy", k=40, filter=SearchFilter(since=Date(2030, 1, since), until=Date(2030, 1, until)))
        assert sorted(hit.passage.document_id for hit in hits) == sorted(f"note-{number}" for number in range(since, until + 1))
        for engine in ("dense", "lexical"):
            allowed = SearchFilter(since=Date(2030, 1, since), until=Date(2030, 1, until))
            plain = library.search(f"gate number{until}", k=30, engines=[engine])
            wanted = [hit.passage.id for hit in plain if since <= int(hit.passage.document_id[5:]) <= until]
            found = [hit.passage.id for hit in library.search(f"gate number{until}", k=30, filter=allowed, engines=[engine])]
            assert found == wanted
    library.close()
