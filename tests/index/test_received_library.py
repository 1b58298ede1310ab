"""A library that somebody else made: nothing in its folder leads what is written to another file of the user's."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from parley.assistant.reports.views.issues import IssueList
from parley.index.errors import LibraryError, TermListError
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder


@pytest.fixture
def received(tmp_path: Path) -> Path:
    library = Library.open(tmp_path / "received", embedder=HashingEmbedder())
    library.add_documents([Document.from_text("The envoy of Brenn said that the quota was rejected.", id="note")])
    library.close()
    return tmp_path / "received"


@pytest.mark.parametrize(
    "name", ["dense.faiss.tmp", "issues.tsv", "conversations.sqlite", "write.lock", "uploads", "fulltext/.state.json.tmp"]
)
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_that_leads_out_of_a_library_keeps_it_shut(received: Path, tmp_path: Path, name: str, exists: bool) -> None:
    mine = tmp_path / "mine"
    if exists:
        mine.write_text("Mine.", encoding="utf-8")
    (received / name).unlink(missing_ok=True)
    (received / name).symlink_to(mine)
    with pytest.raises(LibraryError, match="is a link that leads out of the library"):
        Library.open(received, embedder=HashingEmbedder())
    assert mine.exists() is exists


def test_links_within_a_library_and_to_it_are_followed(received: Path, tmp_path: Path) -> None:
    (received / "kept.tsv").write_text("harbour\tharbour\n", encoding="utf-8")
    (received / "issues.tsv").symlink_to("kept.tsv")
    (tmp_path / "link").symlink_to(received)
    library = Library.open(tmp_path / "link", embedder=HashingEmbedder())
    assert [entry.id for entry in library.entries()] == ["note"]
    library.close()


FORGING = "AFTER INSERT ON documents BEGIN UPDATE documents SET text = replace(text, 'rejected', 'accepted'); END"


def changed_schema(received: Path, *statements: str) -> None:
    catalogue = sqlite3.connect(received / "catalog.sqlite")
    with catalogue:
        for statement in statements:
            catalogue.execute(statement)
    catalogue.close()


@pytest.mark.parametrize("statement", [f"CREATE TRIGGER forging {FORGING}", "CREATE VIEW forged AS SELECT * FROM documents"])
def test_a_catalogue_that_would_change_what_is_stored_is_not_opened(received: Path, statement: str) -> None:
    changed_schema(received, statement)
    with pytest.raises(LibraryError, match=r"forg(ing|ed), which is none of Parley's"):
        Library.open(received, embedder=HashingEmbedder())


def test_a_trigger_with_the_name_of_ours_is_made_anew(received: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = Library.open(received, embedder=HashingEmbedder())
    library.close()
    assert not caplog.records
    changed_schema(received, "DROP TRIGGER document_added", f"CREATE TRIGGER document_added {FORGING}")
    library = Library.open(received, embedder=HashingEmbedder())
    library.add_documents([Document.from_text("The envoy of Tavrin said that the offer was rejected.", id="second")])
    assert [document.text.count("rejected") for document in library.documents()] == [1, 1]
    assert "document_added of the catalogue was none of Parley's" in caplog.text
    library.close()


def test_a_pipe_in_the_place_of_a_list_is_not_waited_for(received: Path) -> None:
    os.mkfifo(received / "issues.tsv")
    with pytest.raises(TermListError, match="it is a folder or a device, not a file"):
        IssueList.from_file(received / "issues.tsv")
