"""Correcting what is known about a document, and what happens to corrections when its file is added again."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from parley import Assistant
from parley.index.errors import DocumentNotFoundError, MetadataError
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder
from tests.ui.hostile import HOSTILE


@pytest.fixture
def library(tmp_path):
    opened = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "talks" / "note.txt"
    made.parent.mkdir()
    made.write_text("Ferry talks\n\n3 March 2031\n\nThe union rejected the timetable, said Ann Lee.", encoding="utf-8")
    return made


def facts(document):
    return document.title, document.outlet, document.author, document.date, document.language


def test_entries_are_the_documents_without_their_texts(library, file):
    library.add([file])
    library.add_documents([Document.from_text("Second.", id="b", outlet="Post", date=date(2031, 3, 4))])
    entries, documents = library.entries(), library.documents()
    assert [entry.id for entry in entries] == ["note.txt", "b"]
    for entry, document in zip(entries, documents, strict=True):
        assert facts(entry) == facts(document)
        assert (entry.source_path, entry.sha256, entry.basis) == (document.source_path, document.sha256, document.basis)
        assert entry.page_count == len(document.pages)


def test_a_correction_is_stored_with_its_basis(library, file):
    library.add([file])
    library.add_documents([Document.from_text("Later.", id="later")])
    before = library.document("note.txt")
    edited = library.edit_metadata("note.txt", {"outlet": " Quay\n Gazette ", "date": None})
    assert library.document("note.txt") == edited
    assert facts(edited) == (before.title, "Quay Gazette", before.author, None, before.language)
    assert (edited.basis_of("outlet"), edited.basis_of("date")) == ("user", "user")
    assert edited.basis_of("title") == before.basis_of("title")
    assert edited.text == before.text
    assert [entry.id for entry in library.entries()] == ["note.txt", "later"]


def test_what_stays_as_it_was_keeps_its_basis_and_changes_nothing(library, file):
    library.add([file])
    before, change = library.document("note.txt"), library.change
    assert library.edit_metadata("note.txt", {"title": before.title, "date": before.date}) == before
    assert library.change == change


def test_corrections_outlive_adding_the_file_again(library, file):
    library.add([file])
    library.edit_metadata("note.txt", {"title": "The ferry", "author": "Ben Ray"})
    assert library.add([file]).unchanged == ("note.txt",)
    assert (library.document("note.txt").title, library.document("note.txt").author) == ("The ferry", "Ben Ray")
    file.write_text("Ferry talks\n\n9 March 2031\n\nThe union agreed, said Ann Lee.", encoding="utf-8")
    assert library.add([file]).updated == ("note.txt",)
    changed = library.document("note.txt")
    assert (changed.title, changed.author, changed.date) == ("The ferry", "Ben Ray", date(2031, 3, 9))
    assert (changed.basis_of("title"), changed.basis_of("author")) == ("user", "user")


def test_corrections_outlive_giving_the_same_text_again(library):
    given = Document.from_text("The union agreed.", id="a", outlet="Post")
    library.add_documents([given])
    library.edit_metadata("a", {"outlet": "Gazette"})
    assert library.add_documents([given]).unchanged == ("a",)
    removed = library.remove("a")
    library.add_documents([removed])
    assert (library.document("a").outlet, library.document("a").basis_of("outlet")) == ("Gazette", "user")


def test_search_knows_the_new_title_and_not_the_old_one(library):
    library.add_documents([Document.from_text("The union agreed.", id="a", title="Zebra"), Document.from_text("Other.", id="b")])
    assert [hit.passage.document_id for hit in library.search("zebra", engines=("lexical",))] == ["a"]
    old = {passage.id for passage in library.passages("a")}
    library.edit_metadata("a", {"title": "Okapi"})
    assert library.search("zebra", engines=("lexical",)) == []
    assert [hit.passage.document_id for hit in library.search("okapi", engines=("lexical",))] == ["a"]
    passages = library.passages("a")
    assert old.isdisjoint(passage.id for passage in passages)
    assert [library.document("a").text[item.start : item.end] for item in passages] == ["The union agreed."]
    assert library.search("the union agreed", engines=("dense",), k=1)[0].passage == passages[0]
    assert library.doctor(mend=False).ok


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_as_it_is(library, text):
    library.add_documents([Document.from_text("The union agreed.", id="a")])
    edited = library.edit_metadata("a", {"outlet": text, "title": text})
    assert edited.outlet == edited.title == " ".join(text.split())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": " "}, "needs a title"),
        ({"date": "2031-03-04"}, "'2031-03-04' is not a day"),
        ({"date": datetime(2031, 3, 4, 5, 6)}, "is not a day"),  # noqa: DTZ001
        ({"language": "English"}, "'English' is not a language code"),
        ({"outlet": "x" * 501}, "has 501 characters, the most is 500"),
        ({"outlet": "half \ud800"}, "is not text"),
        ({"outlet": 7}, "is not text"),
        ({"sha256": "0"}, "no 'sha256' that could be corrected"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(library, changes, told):
    library.add_documents([Document.from_text("The union agreed.", id="a", outlet="Post")])
    before = library.document("a")
    with pytest.raises(MetadataError, match=told):
        library.edit_metadata("a", {"author": "Ann", **changes})
    assert library.document("a") == before


def test_an_unknown_document_cannot_be_corrected(library):
    with pytest.raises(DocumentNotFoundError, match="'nowhere'"):
        library.edit_metadata("nowhere", {"title": "T"})


def test_a_refused_file_names_its_earlier_version(library, file):
    library.add([file])
    file.write_text("", encoding="utf-8")
    (refusal,) = library.add([file]).refused
    assert refusal.kept == "note.txt"
    assert "Ann Lee" in library.document("note.txt").text
    file.unlink()
    (refusal,) = library.add([file]).refused
    assert (refusal.kept, "There is no such file" in refusal.reason) == ("note.txt", True)
    (refusal,) = library.add([file.with_name("never.txt")]).refused
    assert refusal.kept is None


def test_files_gone_from_a_folder_are_told_and_pruned_when_asked(library, file, tmp_path):
    other = tmp_path / "elsewhere" / "other.txt"
    other.parent.mkdir()
    for path in (file.with_name("second.txt"), other):
        path.write_text(f"Text of {path.name}, said Ann.", encoding="utf-8")
    library.add([file.parent, other.parent])
    library.add_documents([Document.from_text("In memory.", id="memory")])
    file.unlink()
    other.unlink()
    report = library.add([file.parent])
    assert (report.missing, report.removed, report.unchanged) == (("note.txt",), (), ("second.txt",))
    assert "note.txt" in [entry.id for entry in library.entries()]
    pruned = library.add([file.parent], prune=True)
    assert (pruned.missing, pruned.removed) == ((), ("note.txt",))
    assert [entry.id for entry in library.entries()] == ["second.txt", "other.txt", "memory"]


def test_an_emptied_folder_is_pruned_only_when_that_is_said(library, file):
    library.add([file.parent])
    file.unlink()
    report = library.add([file.parent], prune=True)
    assert (report.missing, report.removed) == (("note.txt",), ())
    assert [entry.id for entry in library.entries()] == ["note.txt"]
    assert library.add([file.parent], prune=True, prune_most=True).removed == ("note.txt",)
    assert library.entries() == []


@pytest.mark.parametrize(("there", "gone", "asked"), [(20, 4, False), (25, 5, True), (26, 5, False), (7, 3, False)])
def test_a_folder_that_lost_much_is_pruned_only_when_that_is_said(library, tmp_path, there, gone, asked):
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(there):
        (folder / f"note{number}.txt").write_text(f"The union rejected offer {number}, said Ann Lee.", encoding="utf-8")
    library.add([folder])
    for number in range(gone):
        (folder / f"note{number}.txt").unlink()
    report = library.add([folder], prune=True)
    assert (len(report.missing), len(report.removed)) == ((gone, 0) if asked else (0, gone))


def test_a_folder_that_is_not_there_prunes_nothing(library, file):
    library.add([file.parent])
    file.unlink()
    file.parent.rmdir()
    report = library.add([file.parent], prune=True)
    assert (report.removed, len(report.refused)) == ((), 1)
    assert [entry.id for entry in library.entries()] == ["note.txt"]


def test_paths_may_be_named_one_by_one_or_in_a_list(library, file):
    other = file.with_name("second.txt")
    other.write_text("The minister said no.", encoding="utf-8")
    assert library.add(str(file)).added == ("note.txt",)
    assistant = Assistant(library)
    assert assistant.add([file, str(other)]).added == ("second.txt",)
    assert assistant.add(file, [other]).unchanged == ("note.txt", "second.txt")
