"""A library under odd input, damage, crowds and crashes: nothing wrong is cited, nothing is lost, messages say what to do."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from parley.index.discovery import discover
from parley.index.errors import CancelledError, DocumentNotFoundError, LibraryDamagedError, LibraryError, LibraryMismatchError
from parley.index.library import Library
from parley.index.store.dense import DenseIndex
from parley.index.store.fulltext import FullTextIndex
from parley.index.store.passage_text import PassageText
from parley.index.types import Document, FloatMatrix, SearchFilter
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder
from tests.waiting import PATIENCE

HALF = "\ud800"


def _note(identifier: str, text: str) -> Document:
    return Document.from_text(text, id=identifier)


def _ids(library: Library, query: str, *, k: int = 10, engines: Sequence[str] = ("dense", "lexical")) -> list[str]:
    return [hit.passage.document_id for hit in library.search(query, k=k, engines=engines)]


def test_full_text_forgets_what_it_is_told_to_forget(tmp_path: Path) -> None:
    index = FullTextIndex(tmp_path / "fulltext")
    index.update([PassageText(1, "river", ""), PassageText(2, "salmon", "")])
    index.update([PassageText(3, "wage", "")], [2])
    assert index.ids.tolist() == [1, 3]
    assert (index.frequency("salmon"), index.search("salmon", 5)) == (0, [])


def test_words_of_a_replaced_document_are_not_counted_any_more(library: Library) -> None:
    library.add_documents([_note("a", "The salmon quota was raised."), _note("b", "Nothing was signed.")])
    library.add_documents([_note("a", "The wage offer was raised.")])
    assert (library.passage_frequency("salmon"), library.passage_frequency("wage")) == (0, 1)
    assert library.doctor(mend=False).ok


def test_a_restored_backup_never_meets_leftovers_under_reused_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=HashingEmbedder())
    library.add_documents([_note("a", "The first text.")])
    library.close()
    shutil.copy(folder / "catalog.sqlite", tmp_path / "backup")
    library = Library.open(folder, embedder=HashingEmbedder())
    library.add_documents([_note("b", "Secret salmon quota.")])
    library.close()
    shutil.copy(tmp_path / "backup", folder / "catalog.sqlite")
    library = Library.open(folder, embedder=HashingEmbedder())
    library.add_documents([_note("c", "Dockers' wage offer.")])
    assert _ids(library, "salmon", engines=("lexical",)) == []
    assert _ids(library, "dockers", engines=("lexical",)) == ["c"]
    assert _ids(library, "dockers' wage offer", engines=("dense",))[0] == "c"


def test_a_removal_that_was_cut_short_is_finished_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=HashingEmbedder())
    library.add_documents([_note("a", "The first text."), _note("secret", "The word zyzzogeton.")])

    def fail(*_: object, **__: object) -> None:
        message = "cut short"
        raise KeyboardInterrupt(message)

    monkeypatch.setattr(FullTextIndex, "beside_forgotten", fail)
    with pytest.raises(KeyboardInterrupt):
        library.remove("secret")
    monkeypatch.undo()
    library.close()
    library = Library.open(folder, embedder=HashingEmbedder())
    assert _ids(library, "first") == ["a"]
    library.close()
    assert [path.name for path in folder.rglob("*") if path.is_file() and b"zyzzogeton" in path.read_bytes()] == []


def test_the_lock_is_given_back_when_the_caches_cannot_be_written(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What was stored is told as stored, and can be asked about."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(DenseIndex, "save", fail)
        assert library.add_documents([_note("a", "The first text.")]).added == ("a",)
        assert _ids(library, "first") == ["a"]
    assert "No space left on device). The documents are stored" in caplog.text
    done: list[tuple[str, ...]] = []
    other = threading.Thread(target=lambda: done.append(library.add_documents([_note("b", "Another text.")]).added))
    other.start()
    other.join(30)
    assert done == [("b",)]
    assert sorted(_ids(library, "text")) == ["a", "b"]


_FILLING = """
import resource, sys
from parley.index.errors import LibraryError
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder
library = Library.open(sys.argv[1], embedder=HashingEmbedder())
size = 600_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    for number in range(200):
        library.add_documents([Document.from_text(f"Text {number}. " + ("z" * 390 + ". ") * 60, id=f"d{number}")])
except LibraryError as error:
    print(error)
"""


def test_a_full_disk_is_told_and_costs_nothing_that_was_stored(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    done = subprocess.run(
        [sys.executable, "-c", _FILLING, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "room on the disk" in done.stdout
    with_room = Library.open(folder, embedder=HashingEmbedder())
    assert with_room.documents()
    assert with_room.doctor().ok
    assert len(with_room.add_documents([_note("more", "One more.")]).added) == 1


@pytest.mark.parametrize(
    "document",
    [
        Document.from_text("Text.", id=f"a{HALF}"),
        Document.from_text("Text.", id="a", title=f"T{HALF}"),
        Document.from_text("Text.", id="a", outlet=f"O{HALF}"),
        Document.from_text("Text.", id="a", author=f"A{HALF}"),
        Document.from_text("Text.", id="a", date=datetime(2031, 3, 2, 9)),  # noqa: DTZ001
        Document.from_text("Text.", id=""),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused_and_the_others_go_in(library: Library, document: Document) -> None:
    report = library.add_documents([document, _note("good", "Good text.")])
    assert (report.added, [refusal.path for refusal in report.refused]) == (("good",), [document.id])
    assert [kept.id for kept in library.documents()] == ["good"]


def test_a_document_given_twice_counts_once(library: Library) -> None:
    report = library.add_documents([_note("a", "First version."), _note("a", "Second version.")])
    assert (report.added, report.updated) == (("a",), ("a",))
    assert [document.text for document in library.documents()] == ["Second version."]


def test_a_file_name_that_is_no_text_is_refused_and_the_others_go_in(tmp_path: Path, library: Library) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "good.txt").write_text("Good text.", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path / "talks") + b"/b\xff.txt")).write_text("Text.", encoding="utf-8")
    report = library.add([tmp_path / "talks"])
    assert report.added == ("good.txt",)
    assert [(Path(item.path).name, item.reason) for item in report.refused] == [
        ("b\ufffd.txt", "Its name is not written in UTF-8. Rename the file or its folder.")
    ]


def test_a_file_is_known_by_one_path_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("talks", "project"):
        (tmp_path / name).mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "talks")
    (tmp_path / "talks" / "a.txt").write_text("Some text.", encoding="utf-8")
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add([tmp_path / "talks"])
    monkeypatch.chdir(tmp_path / "project")
    for name in ("../talks", "../project/../talks/a.txt", tmp_path / "alias"):
        assert library.add([name]).unchanged == ("a.txt",)
    assert library.remove("../talks/a.txt").id == "a.txt"


def test_an_accented_name_is_found_in_either_form(tmp_path: Path, library: Library) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "réunion.txt")
    path.write_text("Some text.", encoding="utf-8")
    assert library.add([path]).added == (unicodedata.normalize("NFC", "réunion.txt"),)
    assert library.add([path]).unchanged == (unicodedata.normalize("NFC", "réunion.txt"),)
    library.remove(unicodedata.normalize("NFD", "réunion.txt"))
    assert library.documents() == []


def test_a_library_opened_by_a_relative_path_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    library = Library.open("library", embedder=HashingEmbedder())
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    library.add_documents([_note("a", "Some text.")])
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (tmp_path / "library" / "dense.faiss").exists()


@pytest.mark.parametrize("text", [HALF, f"salmon {HALF}", "\0", "﷽" * 3000])
def test_no_question_or_name_is_too_odd(library: Library, text: str) -> None:
    library.add_documents([_note("a", "The salmon quota.")])
    assert set(_ids(library, text)) <= {"a"}
    assert library.passage_frequency(text) in (0, 1)
    assert library.search("salmon", filter=SearchFilter(document_ids=(text,), outlets=(text,))) == []
    assert library.passages(text) == []
    with pytest.raises(DocumentNotFoundError):
        library.document(text)
    with pytest.raises(DocumentNotFoundError):
        library.remove(text)


@pytest.mark.parametrize(("k", "found"), [(-30, 0), (0, 0), (1, 1), (70, 50), (10**9, 50)])
def test_any_number_of_hits_may_be_asked_for(library: Library, k: int, found: int) -> None:
    library.add_documents([_note(f"d{number}", f"Salmon quota {number}.") for number in range(50)])
    assert len(library.search("salmon", k=k)) == found


def test_a_filter_may_name_any_number_of_documents(library: Library) -> None:
    library.add_documents([_note("a", "The salmon quota."), _note("b", "The salmon quota.")])
    allowed = SearchFilter(document_ids=(*(str(number) for number in range(300_000)), "a"))
    assert [hit.passage.document_id for hit in library.search("salmon", filter=allowed)] == ["a"]


@pytest.mark.parametrize("value", ['{"format": 2, "model": "x", "something": "new"}', "{", "[]", "3"])
def test_a_manifest_of_another_version_is_refused_with_the_way_out(tmp_path: Path, value: str) -> None:
    Library.open(tmp_path / "library", embedder=HashingEmbedder()).close()
    connection = sqlite3.connect(tmp_path / "library" / "catalog.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'manifest'", (value,))
    connection.close()
    with pytest.raises(LibraryMismatchError, match="new library folder"):
        Library.open(tmp_path / "library", embedder=HashingEmbedder())


def test_a_damaged_catalogue_is_told_by_every_way_in(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=HashingEmbedder())
    library.add_documents([_note(f"d{number}", f"Text {number}. " + "z" * 4000) for number in range(50)])
    library.close()
    content = bytearray((folder / "catalog.sqlite").read_bytes())
    content[40_960:163_840] = b"\xa5" * (163_840 - 40_960)
    (folder / "catalog.sqlite").write_bytes(content)
    library = Library.open(folder, embedder=HashingEmbedder())
    checks = library.doctor().checks
    assert [(check.name, check.ok) for check in checks] == [("catalogue", False), ("embedding model", True)]
    assert "Restore" in checks[0].detail
    with pytest.raises(LibraryDamagedError, match="Restore it from a backup"):
        library.documents()


def test_a_catalogue_in_use_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "library" / "catalog.sqlite").mkdir(parents=True)
    with pytest.raises(LibraryError, match="cannot be used") as caught:
        Library.open(tmp_path / "library", embedder=HashingEmbedder())
    assert not isinstance(caught.value, LibraryDamagedError)


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library.open(tmp_path / "file" / "library", embedder=HashingEmbedder())


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_folder_that_may_not_be_looked_into_costs_only_itself(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith(("pytest-", "popen-", tmp_path.name)):
            folder.chmod(0o755)
    (tmp_path / "talks" / "closed").mkdir(parents=True)
    (tmp_path / "talks" / "good.txt").write_text("Good text.", encoding="utf-8")
    (tmp_path / "talks" / "closed").chmod(0)
    os.seteuid(65534)
    try:
        found, refused = discover([tmp_path / "talks"])
    finally:
        os.seteuid(0)
    assert [item.path.name for item in found] == ["good.txt"]
    assert [Path(item.path).name for item in refused] == ["closed"]


def test_a_large_document_can_be_stopped_while_it_is_embedded(library: Library) -> None:
    text = "\n\n".join(f"Point {number} {'z' * 390}." for number in range(900))
    stages: list[str] = []
    with pytest.raises(CancelledError):
        library.add_documents(
            [_note("large", text)],
            progress=lambda step: stages.append(step.stage),
            cancelled=lambda: stages.count("embed") == 1,
        )
    assert library.documents() == []


class _SlowEmbedder(HashingEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        time.sleep(0.05)
        return super().embed_passages(texts)


def _ask_until(stop: threading.Event, library: Library, wrong: list[object]) -> None:
    while not stop.is_set():
        hits = library.search("salmon", k=20)
        # A document may be replaced between two calls; the steady one may not.
        for hit in (hit for hit in hits if hit.passage.document_id == "steady"):
            text = library.document("steady").text
            if text[hit.passage.start : hit.passage.end] != text:
                wrong.append(hit)
        if "steady" not in {hit.passage.document_id for hit in hits} or library.passage_frequency("salmon") < 1:
            wrong.append("the steady document was lost")


def test_threads_ask_while_one_adds_and_removes(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=_SlowEmbedder())
    library.add_documents([_note("steady", "Salmon, salmon, salmon.")])
    stop = threading.Event()
    wrong: list[object] = []
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(_ask_until, stop, library, wrong) for _ in range(4)]
        try:
            for turn in range(8):
                library.add_documents([_note(f"d{turn}-{part}", f"Note {turn} {part} about salmon. " * 30) for part in range(4)])
                library.remove(f"d{turn}-0")
                library.add_documents([_note(f"d{turn}-1", f"Changed {turn} about salmon.")])
        finally:
            stop.set()
    for asked in asking:
        asked.result(PATIENCE)
    assert wrong == []
    assert library.passage_frequency("salmon") == sum(len(library.passages(item.id)) for item in library.documents())
    assert library.doctor(mend=False).ok


def test_nothing_learnt_before_the_caches_caught_up_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.index.store.caches._RETRY_SECONDS", 0.0)
    writer = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    reader = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    seen: list[int] = []

    def look(_: object) -> None:
        seen.append(reader.passage_frequency("salmon"))

    writer.add_documents([_note("a", "The salmon quota.")], progress=look)
    assert seen == [0, 0, 0]
    assert reader.passage_frequency("salmon") == 1


def _read_all_the_time(folder: Path, begun: object, stop: object) -> None:
    while not stop.is_set():  # type: ignore[attr-defined]
        library = Library.open(folder, embedder=HashingEmbedder())
        try:
            for hit in library.search("salmon"):
                assert "salmon" in library.document(hit.passage.document_id).text[hit.passage.start : hit.passage.end]
        except DocumentNotFoundError:
            pass
        finally:
            library.close()
        begun.set()  # type: ignore[attr-defined]


def test_another_process_reads_while_one_removes(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([_note("steady", "The steady text about salmon.")])
    context = multiprocessing.get_context("spawn")
    begun, stop = context.Event(), context.Event()
    other = context.Process(target=_read_all_the_time, args=(library.path, begun, stop))
    other.start()
    try:
        assert begun.wait(PATIENCE), "the reader did not begin; its traceback is on standard error"
        for turn in range(25):
            library.add_documents([_note(f"d{turn}", f"Note {turn} about salmon.")])
            library.remove(f"d{turn}")
    finally:
        stop.set()
        other.join(PATIENCE)
    assert other.exitcode == 0, "the reader failed; its traceback is on standard error"
    assert _ids(library, "salmon") == ["steady"]
    assert library.doctor(mend=False).ok


def test_removed_words_are_on_no_page_of_the_catalogue(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([_note(f"idq{n}w", f"Zqx{n}w marker. " + "filler text. " * (n * 7 % 90)) for n in range(40)])
    for number in range(0, 40, 4):
        library.remove(f"idq{number}w")
    library.finish_removals(library.unfinished_removals)
    stored = b"".join(path.read_bytes() for path in library.path.rglob("*") if path.is_file()).lower()
    left = [n for n in range(40) if f"zqx{n}w".encode() in stored or f"idq{n}w".encode() in stored]
    assert left == [n for n in range(40) if n % 4]
