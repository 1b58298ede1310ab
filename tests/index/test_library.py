"""A library through its public surface: what goes in comes out at its offsets, incrementally and for several readers."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from parley.index.errors import (
    CancelledError,
    DocumentNotFoundError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryMismatchError,
)
from parley.index.library import Library
from parley.index.store.fulltext import FullTextIndex
from parley.index.types import Document, Progress, SearchFilter
from tests.fakes import HashingEmbedder
from tests.waiting import PATIENCE

WATER = "The river commission met in Velm. The delegation of Tarsia demanded forty cubic metres. Nothing was signed."
PORT = "The dockers' union rejected the wage offer. The employers said a second offer is possible next week."


def _documents() -> list[Document]:
    return [
        Document.from_text(WATER, id="water", title="River", outlet="Harbour Post", date=date(2031, 3, 2), language="en"),
        Document.from_text(PORT, id="port", title="Port", outlet="Quay Times", date=date(2032, 5, 9), language="en"),
        Document.from_text("Переговоры о реке продолжатся весной.", id="река", title="Река", language="ru"),
    ]


def _texts(library: Library, query: str, **options: object) -> list[str]:
    hits = library.search(query, **options)  # type: ignore[arg-type]
    return [library.document(hit.passage.document_id).text[hit.passage.start : hit.passage.end] for hit in hits]


def test_added_documents_come_back_whole(library: Library) -> None:
    report = library.add_documents(_documents())
    assert (report.added, report.passages) == (("water", "port", "река"), 3)
    assert library.documents() == _documents()


def test_search_finds_the_fitting_passage_first(library: Library) -> None:
    library.add_documents(_documents())
    hits = library.search("Who rejected the wage offer?")
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert hits[0].passage.document_id == "port"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == pytest.approx(1 / 6 + 1 / 6)


@pytest.mark.parametrize("engine", ["dense", "lexical"])
def test_one_engine_alone_ranks_by_itself(library: Library, engine: str) -> None:
    library.add_documents(_documents())
    hit = library.search("dockers wage offer", engines=(engine,))[0]
    assert hit.passage.document_id == "port"
    assert hit.score == pytest.approx(1 / 6)
    assert (hit.dense is None, hit.lexical is None) == ((False, True) if engine == "dense" else (True, False))


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (SearchFilter(document_ids=("water",)), {"water"}),
        (SearchFilter(outlets=("Quay Times", "Harbour Post")), {"water", "port"}),
        (SearchFilter(since=date(2032, 1, 1)), {"port"}),
        (SearchFilter(until=date(2031, 3, 2)), {"water"}),
        (SearchFilter(since=date(2031, 3, 3), until=date(2031, 12, 31)), set()),
        (SearchFilter(languages=("ru",)), {"река"}),
        (SearchFilter(document_ids=("nowhere",)), set()),
    ],
)
def test_filters(library: Library, allowed: SearchFilter, expected: set[str]) -> None:
    library.add_documents(_documents())
    assert {hit.passage.document_id for hit in library.search("talks offer река", filter=allowed)} == expected


@pytest.mark.parametrize("query", ["", "   ", "?!", "IN", "NOT (a AND", 'field:"x', "\\", "a\x00b", "💥"])
def test_strange_queries_do_no_harm(library: Library, query: str) -> None:
    library.add_documents(_documents())
    assert all(hit.passage.document_id in {"water", "port", "река"} for hit in library.search(query))


def test_words_are_counted_in_any_inflection(library: Library) -> None:
    library.add_documents(_documents())
    counted = {word: library.passage_frequency(word) for word in ("offers", "reject", "Lavrov", "wage offer", "offer wage", "")}
    assert counted == {"offers": 1, "reject": 1, "Lavrov": 0, "wage offer": 1, "offer wage": 0, "": 0}


def test_documents_with_a_word_in_text_or_title_follow_every_change(library: Library) -> None:
    library.add_documents(
        [
            Document(id="water", title="Gauges", text="Both sides offered data. Nobody rejected an offer."),
            Document(id="port", title="The wage offer", text="The union met on Monday."),
        ]
    )
    found = {word: library.documents_with(word) for word in ("offers", "wage offer", "gauge", "Lavrov", "")}
    assert found == {
        "offers": {"water", "port"},
        "wage offer": {"port"},
        "gauge": {"water"},
        "Lavrov": frozenset(),
        "": frozenset(),
    }
    library.remove("water")
    assert library.documents_with("offers") == {"port"}


def test_only_changed_files_are_embedded_again(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(f"Session {number} was held. Nothing was agreed there.", encoding="utf-8")
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    first = library.add([folder])
    assert (len(first.added), len(fake_embedder.embedded)) == (20, 20)
    (folder / "07.txt").write_text("Session 7 was cancelled.", encoding="utf-8")
    second = library.add([folder])
    assert (second.added, second.updated, len(second.unchanged)) == ((), ("07.txt",), 19)
    assert fake_embedder.embedded[20:] == ["Session 7 was cancelled."]
    assert _texts(library, "cancelled", engines=("lexical",)) == ["Session 7 was cancelled."]
    assert all("Session 7 was held" not in text for text in _texts(library, "Session 7 held", k=50))


def test_ids_are_never_used_twice(library: Library) -> None:
    library.add_documents(_documents())
    before = {passage.id for identifier in ("water", "port", "река") for passage in library.passages(identifier)}
    library.remove("река")
    library.add_documents([Document.from_text("A quite different text about salmon.", id="salmon")])
    assert not before & {passage.id for passage in library.passages("salmon")}
    assert _texts(library, "salmon")[0] == "A quite different text about salmon."


def test_removing_leaves_no_trace_on_disk(library: Library) -> None:
    library.add_documents([*_documents(), Document.from_text("The word zyzzogeton is a secret.", id="secret")])
    assert _bytes_found(library.path, b"zyzzogeton")
    removed = library.remove("secret")
    assert removed.id == "secret"
    assert library.search("zyzzogeton", engines=("lexical",)) == []
    assert library.passage_frequency("zyzzogeton") == 0
    assert not _bytes_found(library.path, b"zyzzogeton")
    assert "secret" not in {hit.passage.document_id for hit in library.search("secret", k=50)}
    library.close()
    assert not _bytes_found(library.path, b"zyzzogeton")


def _bytes_found(folder: Path, needle: bytes) -> list[str]:
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and needle in path.read_bytes()]


def test_removing_by_path(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A note.", encoding="utf-8")
    library.add([path])
    assert library.remove(path).id == "note.txt"
    assert library.documents() == []


def test_what_is_not_there_cannot_be_removed(library: Library) -> None:
    with pytest.raises(DocumentNotFoundError, match=r"'nowhere'.*parley list"):
        library.remove("nowhere")


def test_several_documents_are_forgotten_in_one_step_or_none(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add_documents(_documents())
    made: list[FullTextIndex] = []
    plain = FullTextIndex.beside_forgotten
    monkeypatch.setattr(FullTextIndex, "beside_forgotten", lambda index: made.append(index) or plain(index))
    with pytest.raises(DocumentNotFoundError, match="'nowhere'"):
        library.remove_all(["water", "nowhere"])
    assert [document.id for document in library.documents()] == ["water", "port", "река"]
    before = library.change
    assert [document.id for document in library.remove_all(["река", "water", "река"])] == ["река", "water"]
    assert ([document.id for document in library.documents()], library.change) == (["port"], before + 1)
    assert (len(made), library.passage_frequency("Tarsia")) == (1, 0)
    assert library.remove_all([]) == []
    assert library.change == before + 1


def test_files_of_one_name_get_different_ids(tmp_path: Path, library: Library) -> None:
    for folder in ("a", "b", "c/b"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "note.txt").write_text(f"A note from {folder}.", encoding="utf-8")
    report = library.add([tmp_path / "a", tmp_path / "b", tmp_path / "c"])
    assert report.added == ("note.txt", "b/note.txt", "note.txt (2)")


def test_a_refused_file_stops_nothing(tmp_path: Path, library: Library) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Good text.", encoding="utf-8")
    report = library.add([tmp_path / "empty.txt", tmp_path / "good.txt", tmp_path / "gone.txt"])
    assert report.added == ("good.txt",)
    assert sorted(Path(refusal.path).name for refusal in report.refused) == ["empty.txt", "gone.txt"]


def test_progress_and_cancelling(library: Library) -> None:
    steps: list[Progress] = []
    documents = [Document.from_text(f"Text number {n}. " * 3000, id=f"d{n}") for n in range(12)]
    with pytest.raises(CancelledError, match="are kept"):
        library.add_documents(documents, progress=steps.append, cancelled=lambda: len(steps) > 9)
    kept = [document.id for document in library.documents()]
    assert kept == [f"d{n}" for n in range(len(kept))]
    assert 0 < len(kept) < 12
    assert {step.stage for step in steps} == {"read", "embed", "stored"}
    assert {hit.passage.document_id for hit in library.search("text number", k=500)} == set(kept)
    report = library.add_documents(documents)
    assert (list(report.unchanged), len(report.added)) == (kept, 12 - len(kept))


def test_reopening_gives_the_same_hits(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    library.add_documents(_documents())
    before = library.search("wage offer river")
    library.close()
    with_caches = Library.open(tmp_path / "library", embedder=fake_embedder)
    assert with_caches.search("wage offer river") == before


@pytest.mark.parametrize("damage", ["dense.faiss", "fulltext", "both", "garbage"])
def test_caches_are_made_again(tmp_path: Path, fake_embedder: HashingEmbedder, damage: str) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=fake_embedder)
    library.add_documents(_documents())
    before = library.search("wage offer river")
    library.close()
    if damage in ("dense.faiss", "both"):
        (folder / "dense.faiss").unlink()
    if damage in ("fulltext", "both"):
        for path in (folder / "fulltext").iterdir():
            path.unlink()
    if damage == "garbage":
        (folder / "dense.faiss").write_bytes(b"garbage")
        (folder / "fulltext" / "meta.json").write_text("garbage", encoding="ascii")
    reopened = Library.open(folder, embedder=fake_embedder)
    assert reopened.search("wage offer river") == before
    assert reopened.doctor(mend=False).ok


def test_doctor_tells_and_mends(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    library.add_documents(_documents())
    assert [(check.name, check.ok, check.mended) for check in library.doctor().checks] == [
        ("catalogue", True, False),
        ("stored documents", True, False),
        ("stored vectors", True, False),
        ("statements", True, False),
        ("filing of statements", True, False),
        ("vectors cache", True, False),
        ("full text cache", True, False),
        ("embedding model", True, False),
        ("who may read it", True, False),
    ]
    (tmp_path / "library" / "dense.faiss").unlink()
    looked = {check.name: check for check in library.doctor(mend=False).checks}
    assert (looked["vectors cache"].ok, looked["vectors cache"].detail[:20]) == (False, "3 passages missing, ")
    mended = {check.name: check for check in library.doctor().checks}
    assert (mended["vectors cache"].ok, mended["vectors cache"].mended) == (True, True)
    assert library.doctor(mend=False).ok


def test_another_model_is_refused_with_the_way_out(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    Library.open(tmp_path / "library", embedder=fake_embedder).close()
    with pytest.raises(LibraryMismatchError, match=r"made with the embedding model hashing, not other.*parley add --library NEW"):
        Library.open(tmp_path / "library", embedder=HashingEmbedder(name="other"))


def test_other_weights_under_the_same_name_are_refused(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    library.add_documents(_documents())
    fake_embedder.sha256 = "0" * 64
    with pytest.raises(LibraryMismatchError, match="000000000000"):
        library.search("water")
    assert [check.name for check in library.doctor().checks if not check.ok] == ["embedding model"]


def test_another_format_is_refused(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    Library.open(tmp_path / "library", embedder=fake_embedder).close()
    connection = sqlite3.connect(tmp_path / "library" / "catalog.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = replace(value, '\"format\": 1', '\"format\": 999') WHERE key = 'manifest'")
    connection.close()
    with pytest.raises(LibraryMismatchError, match="format 999"):
        Library.open(tmp_path / "library", embedder=fake_embedder)


def test_places_that_are_no_library(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    with pytest.raises(LibraryError, match="is a file"):
        Library.open(tmp_path / "file", embedder=fake_embedder)
    with pytest.raises(LibraryError, match="There is no library in"):
        Library.open(tmp_path / "none", embedder=fake_embedder, create=False)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "catalog.sqlite").write_bytes(b"not a database at all, whatever its name says" * 100)
    with pytest.raises(LibraryDamagedError, match="cannot be read"):
        Library.open(tmp_path / "broken", embedder=fake_embedder)


def _hold_lock(folder: Path, held: object, release: object) -> None:
    from filelock import FileLock

    with FileLock(folder / "write.lock"):
        held.set()  # type: ignore[attr-defined]
        release.wait(PATIENCE)  # type: ignore[attr-defined]


def test_the_second_writer_is_told_and_readers_go_on(library: Library) -> None:
    library.add_documents(_documents())
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold_lock, args=(library.path, held, release))
    other.start()
    assert held.wait(PATIENCE)
    try:
        with pytest.raises(LibraryBusyError, match="Another process is writing"):
            library.add_documents([Document.from_text("More.", id="more")])
        assert library.search("wage offer")[0].passage.document_id == "port"
    finally:
        release.set()
        other.join()
    assert library.add_documents([Document.from_text("More.", id="more")]).added == ("more",)


def test_a_reader_sees_what_another_writes(tmp_path: Path) -> None:
    writer = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    reader = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    assert reader.search("salmon") == []
    writer.add_documents([Document.from_text("Salmon quotas were discussed.", id="salmon")])
    assert [hit.passage.document_id for hit in reader.search("salmon")] == ["salmon"]
    assert [hit.passage.document_id for hit in reader.search("salmon", engines=("lexical",))] == ["salmon"]
    writer.remove("salmon")
    assert reader.search("salmon") == []
