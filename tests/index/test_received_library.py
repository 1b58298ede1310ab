"""A library that somebody else made: nothing in its folder leads what is written to another file of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.index.errors import LibraryError
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
