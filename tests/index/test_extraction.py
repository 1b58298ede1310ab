"""Which extractor a library uses, and that it never keeps another version's statements without saying so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from parley.index.confined.reading import DirectReader
from parley.index.errors import CancelledError, ExtraMissingError, LibraryError
from parley.index.library import Library
from parley.index.statements import extractors, make_extractor
from parley.index.types import Document, Statement, Turn
from tests.fakes import HashingEmbedder

DOCUMENTS = [
    Document.from_text("Ana Ruiz said the port was full.", id="one"),
    Document.from_text("Marta Lind said that ships must wait.", id="two"),
]


class Silent:
    """An extractor that finds nothing."""

    name = "default"
    version = "silent"

    def extract(self, _: Document, _turns: Sequence[Turn] | None = None) -> tuple[Statement, ...]:
        return ()


@pytest.fixture
def outdated(tmp_path: Path, fake_embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library whose statements are those of an earlier version, which found none."""
    folder = tmp_path / "library"
    with monkeypatch.context() as patched:
        patched.setattr(extractors, "RuleExtractor", Silent)
        library = Library.open(folder, embedder=fake_embedder)
        library.add_documents(DOCUMENTS)
        assert library.manifest.statements == "silent"
        assert library.has_current_statements
        library.close()
    return folder


def _speakers(library: Library) -> list[str | None]:
    return [one.speaker for document in ("one", "two") for one in library.statements(document)]


def test_statements_of_another_version_are_told_and_extracted_anew(outdated: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(outdated, embedder=fake_embedder)
    assert (library.has_current_statements, _speakers(library)) == (False, [])
    looked = {check.name: check for check in library.doctor(mend=False).checks}["statements"]
    assert (looked.ok, looked.mended) == (False, False)
    assert "parley extract" in looked.detail
    assert library.renew_statements() == 2
    assert library.has_current_statements
    assert _speakers(library) == ["Ana Ruiz", "Marta Lind"]
    assert library.manifest.statements.startswith("rules ")


def test_the_doctor_extracts_anew(outdated: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(outdated, embedder=fake_embedder)
    mended = {check.name: check for check in library.doctor().checks}["statements"]
    assert (mended.ok, mended.mended) == (True, True)
    assert _speakers(library) == ["Ana Ruiz", "Marta Lind"]


def test_adding_extracts_the_others_anew(outdated: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(outdated, embedder=fake_embedder)
    report = library.add_documents([Document.from_text("Oduya said no.", id="three")])
    assert report.added == ("three",)
    assert _speakers(library) == ["Ana Ruiz", "Marta Lind"]
    assert library.has_current_statements


def test_a_job_that_is_stopped_leaves_the_library_marked_as_old(outdated: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(outdated, embedder=fake_embedder)
    with pytest.raises(CancelledError, match="0 of 2 documents"):
        library.renew_statements(cancelled=lambda: True)
    assert not library.has_current_statements
    assert len(library.entries()) == 2


def test_a_library_older_than_the_record_counts_as_outdated(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    library.add_documents(DOCUMENTS)
    library._catalog.store_manifest(replace(library.manifest, statements=""))
    assert not library.has_current_statements


def test_an_unknown_extractor_is_refused_with_the_names_there_are(tmp_path: Path, fake_embedder: HashingEmbedder) -> None:
    with pytest.raises(LibraryError, match=r"'other'.*default, spacy"):
        Library.open(tmp_path / "library", embedder=fake_embedder, extractor="other")


def test_a_missing_extra_is_told_with_its_command(
    tmp_path: Path, fake_embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    library = Library.open(folder, embedder=fake_embedder)
    library._catalog.store_manifest(replace(library.manifest, extractor="spacy"))
    library.close()
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ExtraMissingError, match=r'pip install -e "\.\[spacy\]".*--extractor default'):
        Library.open(folder, embedder=fake_embedder)
    with pytest.raises(ExtraMissingError):
        make_extractor("spacy")
    # The way out that the message names.
    again = Library.open(folder, embedder=fake_embedder, extractor="default")
    again.renew_statements()
    again.close()
    assert Library.open(folder, embedder=fake_embedder).manifest.extractor == "default"


class Breaking(Silent):
    """An extractor that breaks down over one text."""

    version = "breaking"

    def extract(self, document: Document, _turns: Sequence[Turn] | None = None) -> tuple[Statement, ...]:
        if "Ruiz" in document.text:
            raise RecursionError
        return ()


def test_a_text_that_extraction_breaks_down_over_is_refused_and_the_others_are_added(
    tmp_path: Path, fake_embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(extractors, "RuleExtractor", Breaking)
    (tmp_path / "one.txt").write_text(DOCUMENTS[0].text, encoding="utf-8")
    (tmp_path / "two.txt").write_text(DOCUMENTS[1].text, encoding="utf-8")
    library = Library.open(tmp_path / "library", embedder=fake_embedder, file_reader=DirectReader())
    for report in (library.add_documents(DOCUMENTS), library.add([tmp_path / "one.txt", tmp_path / "two.txt"])):
        assert [Path(name).stem for name in report.added] == ["two"]
        (refused,) = report.refused
        assert "one" in refused.path
        assert "broke down over it (RecursionError)" in refused.reason
    assert "RecursionError" in caplog.text
    library.close()


def test_a_document_that_extraction_breaks_down_over_keeps_its_statements(
    outdated: Path, fake_embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library.open(outdated, embedder=fake_embedder)
    library.renew_statements()
    library.close()
    monkeypatch.setattr(extractors, "RuleExtractor", Breaking)
    library = Library.open(outdated, embedder=fake_embedder)
    library.renew_statements()
    assert _speakers(library) == ["Ana Ruiz"]
    library.close()


@pytest.mark.parametrize(("limit", "told"), [("MOST_CHARACTERS", "19 characters"), ("MOST_LINES", "3 lines")])
def test_a_text_made_in_memory_has_the_limits_of_a_file(
    tmp_path: Path, fake_embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    monkeypatch.setattr(f"parley.index.ingest.{limit}", 2)
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    (refused,) = library.add_documents([Document.from_text("Norland\nagrees.\n\nNo", id="long")]).refused
    assert told in refused.reason
    assert "Split it into parts" in refused.reason
    library.close()
