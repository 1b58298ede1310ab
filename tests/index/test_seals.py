"""One bit that changes in what is stored of a document is noticed by whoever reads it and by the doctor, and mended or told."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from parley import Assistant
from parley.index.errors import DocumentNotFoundError, LibraryDamagedError
from parley.index.library import Library
from parley.index.store import seals
from parley.index.store.stored_statements import StatementConditions
from parley.index.types import Document
from tests.fakes import HashingEmbedder

TEXT = "Envoy Orla Venn said that quota {0} was rejected. “Gate {0} will open”, said Minister Ana Ruiz.\n\nProvince {0} waits."


def open_library(folder: Path) -> Library:
    return Library.open(folder, embedder=HashingEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = open_library(tmp_path / "library")
    library.add_documents([Document.from_text(TEXT.format(number), id=f"note-{number}", outlet="Post") for number in range(4)])
    library.close()
    return tmp_path / "library"


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement
    connection.close()


ONE_STATEMENT = "WHERE id = (SELECT min(id) FROM statements WHERE document = 3)"
ONE_PASSAGE = "WHERE id = (SELECT min(id) FROM passages WHERE document = 3)"
CHANGES = {
    "text": "UPDATE documents SET text = replace(text, 'rejected', 'rijected') WHERE id = 'note-2'",
    "pages": "UPDATE documents SET pages = '[ ]' WHERE id = 'note-2'",
    "title": "UPDATE documents SET title = 'Another' WHERE id = 'note-2'",
    "outlet": "UPDATE documents SET outlet = NULL WHERE id = 'note-2'",
    "kind": "UPDATE documents SET text = CAST(text AS BLOB) WHERE id = 'note-2'",
    "vector": f"UPDATE passages SET vector = zeroblob(length(vector)) {ONE_PASSAGE}",
    "offset": f"UPDATE passages SET start = start + 1 {ONE_PASSAGE}",
    "statement": f"UPDATE statements SET record = replace(record, 'Venn', 'Vinn') {ONE_STATEMENT}",
    "lost statement": f"DELETE FROM statements {ONE_STATEMENT}",
}
MENDED_FROM_TEXT = {"vector", "offset", "statement", "lost statement"}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_that_nobody_made_is_noticed_and_mended_or_told(folder: Path, kind: str) -> None:
    change(folder, CHANGES[kind])
    library = open_library(folder)
    assert "note-2" not in {hit.passage.document_id for hit in library.search("quota 2 rejected", k=9)}
    assert library.damaged == ("note-2",)
    looked = {check.name: check for check in library.doctor(mend=False).checks}["stored documents"]
    assert not looked.ok
    assert "note-2" in looked.detail
    mended = {check.name: check for check in library.doctor().checks}["stored documents"]
    assert (mended.ok, mended.mended) == ((True, True) if kind in MENDED_FROM_TEXT else (False, False))
    if kind in MENDED_FROM_TEXT:
        assert library.document("note-2").text == TEXT.format(2)
        assert {hit.passage.document_id for hit in library.search("quota 2 rejected", k=9)} >= {"note-2"}
        assert library.damaged == ()
    else:
        with pytest.raises(LibraryDamagedError, match=r"note-2 is damaged.*parley doctor"):
            library.document("note-2")
        library.remove("note-2")
        with pytest.raises(DocumentNotFoundError):
            library.document("note-2")
    library.close()


def test_nothing_is_quoted_from_a_damaged_document_and_answers_say_so(folder: Path) -> None:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        before = assistant.ask("Who said that quota 2 was rejected?")
        assert before.citations[0].document.id == "note-2"
        assert not any("damaged" in notice for notice in before.notices)
    change(folder, CHANGES["text"])
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        answer = assistant.ask("Who said that quota 2 was rejected?")
        assert "note-2" not in {citation.document.id for citation in (*answer.citations, *answer.nearest)}
        assert any("damaged: note-2" in notice for notice in answer.notices)
        with pytest.raises(LibraryDamagedError, match="note-2 is damaged"):
            assistant.check_quote("quota 2 was rejected")
        assert assistant.check_quote("quota 2 was rijected").verdict == "not_found", "what was never stored is nobody's words"
        with pytest.raises(LibraryDamagedError, match="note-2 is damaged"):
            assistant.edit_metadata("note-2", title="Sound again?")
        assistant.library.renew_statements()
        assert assistant.library.damaged == ("note-2",), "nothing else makes it look whole"


@pytest.mark.parametrize("kind", ["statement", "text", "title"])
def test_views_leave_a_damaged_document_out_and_tell(folder: Path, kind: str) -> None:
    change(folder, CHANGES[kind])
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assert assistant.notices == ()
        views = [
            [item.document.id for item in assistant.statements()],
            [item.document.id for item in assistant.cited_statements()],
            [entry.cited.document.id for entry in assistant.ledger().entries],
            [item.cited.document.id for item in assistant.timeline().undated],
        ]
        assert [sorted(set(view)) for view in views] == [["note-0", "note-1", "note-3"]] * 4
        assert any("damaged: note-2" in notice for notice in assistant.notices)
        assert any("damaged: note-2" in notice for notice in assistant.brief().notices)


def test_a_statement_filed_under_another_name_is_found_by_the_doctor_and_filed_anew(folder: Path) -> None:
    change(folder, f"UPDATE statements SET speaker = 'somebody else' {ONE_STATEMENT}")
    library = open_library(folder)
    looked = {check.name: check for check in library.doctor(mend=False).checks}["filing of statements"]
    assert (looked.ok, looked.detail[:12]) == (False, "1 statements")
    mended = {check.name: check for check in library.doctor().checks}["filing of statements"]
    assert (mended.ok, mended.mended) == (True, True)
    found = library.statements_narrowed(StatementConditions(speaker="Venn", documents=("note-2",)))
    assert [(name, statement.speaker) for name, statement in found] == [("note-2", "Orla Venn")]
    assert library.doctor(mend=False).ok
    library.close()


def test_a_damaged_document_is_made_anew_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "talks" / "note.txt"
    path.parent.mkdir()
    path.write_text(TEXT.format(7), encoding="utf-8")
    library = open_library(tmp_path / "library")
    library.add([path.parent])
    library.edit_metadata("note.txt", {"author": "Ana Ruiz"})
    damage = "UPDATE documents SET text = replace(text, 'rejected', 'rijected') WHERE id = 'note.txt'"
    change(tmp_path / "library", damage)
    assert library.add([path]).updated == ("note.txt",)
    assert library.document("note.txt").text == TEXT.format(7)
    assert library.document("note.txt").author == "Ana Ruiz"
    assert library.add([path]).unchanged == ("note.txt",)
    change(tmp_path / "library", damage)
    report = library.doctor()
    assert [(check.name, check.mended) for check in report.checks if check.mended] == [("stored documents", True)]
    assert library.document("note.txt").text == TEXT.format(7)
    library.close()


def test_corrections_and_new_statements_are_sealed_too(folder: Path) -> None:
    library = open_library(folder)
    library.edit_metadata("note-1", {"title": "The gates", "outlet": None})
    library.renew_statements()
    assert {check.name: check.ok for check in library.doctor(mend=False).checks}["stored documents"]
    assert library.document("note-1").title == "The gates"
    library.close()


def test_documents_of_an_earlier_version_are_watched_once_the_doctor_has_seen_them(folder: Path) -> None:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    with connection:
        connection.execute("DROP TABLE seals")
    connection.close()
    library = open_library(folder)
    assert library.document("note-2").title == TEXT.format(2).splitlines()[0][:100]
    detail = {check.name: check.detail for check in library.doctor().checks}["stored documents"]
    assert "those of 4 documents of an earlier version are watched from now on" in detail
    library.close()
    change(folder, CHANGES["text"])
    library = open_library(folder)
    with pytest.raises(LibraryDamagedError):
        library.document("note-2")
    library.close()


def test_every_flipped_bit_in_the_words_of_a_document_is_noticed(folder: Path) -> None:
    content = (folder / "catalog.sqlite").read_bytes()
    words = b"quota 2 was rejected"
    places = [at for at in range(len(content)) if content.startswith(words, at)]
    assert len(places) >= 2, "in the text and in a statement"
    moments = random.Random(3)
    for _ in range(40):
        at = moments.choice(places) + moments.randrange(len(words))
        damaged = bytearray(content)
        damaged[at] ^= 1 << moments.randrange(8)
        (folder / "catalog.sqlite").write_bytes(damaged)
        library = open_library(folder)
        assert not library.doctor(mend=False).ok
        library.close()


def test_a_document_removed_while_it_is_looked_at_is_not_taken_for_damaged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, other = open_library(folder), open_library(folder)
    digest = seals._digest

    def removed_first(run: seals.Run, row: int, part: seals.Part) -> bytes:
        if any(entry.id == "note-2" for entry in other.entries()):
            other.remove("note-2")
        return digest(run, row, part)

    monkeypatch.setattr(seals, "_digest", removed_first)
    with pytest.raises(DocumentNotFoundError):
        library.document("note-2")
    library.close()
    other.close()
