"""Dossiers: as listed, by folder, or proposed by the names that documents share."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Assistant, Document, TermListError
from parley.assistant.reports.dossiers.dossier import Dossier
from tests.fakes import HashingEmbedder


def test_the_sample_documents_fall_into_their_three_negotiations(tmp_path: Path, talks: Path) -> None:
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        assistant.add(talks)
        found = assistant.dossiers()
    assert {frozenset(name.split("-")[0] for name in one.documents) for one in found} == {
        frozenset({"istanbul"}),
        frozenset({"port"}),
        frozenset({"river"}),
    }
    assert sum(len(one.documents) for one in found) == 17
    assert {"wage round", "Yelva"} < {one.name for one in found}, "after what their titles share"
    assert all(one.basis == "proposed" and one.name for one in found)


def test_folders_part_documents(tmp_path: Path) -> None:
    for name, text in (("ferry/a", "Dorr"), ("ferry/b", "Imre"), ("glass/c", "Moll"), ("glass/d", "Kern")):
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text} spoke in the talks.", encoding="utf-8")
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as assistant:
        assistant.add(tmp_path / "ferry", tmp_path / "glass")
        assert [(one.name, len(one.documents), one.basis) for one in assistant.dossiers()] == [
            ("ferry", 2, "folder"),
            ("glass", 2, "folder"),
        ]


@pytest.fixture
def assistant(tmp_path: Path):
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents([Document.from_text(f"Minister {name} spoke.", id=name) for name in ("Dorr", "Imre", "Moll")])
        yield opened


def test_what_the_user_lists_is_kept_and_read_again(assistant: Assistant) -> None:
    assistant.keep_dossiers([Dossier("Bridge", ("Imre", "Dorr", "gone"), "proposed"), Dossier("Glass", ("Moll",), "proposed")])
    assert assistant.dossiers() == [Dossier("Bridge", ("Dorr", "Imre"), "listed"), Dossier("Glass", ("Moll",), "listed")]
    assert assistant.overview(dossier="BRIDGE").documents == ("Dorr", "Imre")


def test_what_cannot_be_kept_or_found_is_refused_with_what_to_do(assistant: Assistant) -> None:
    with pytest.raises(TermListError, match="cannot be the name of a dossier"):
        assistant.keep_dossiers([Dossier("a\tb", ("Dorr",), "listed")])
    with pytest.raises(TermListError, match="There is no dossier called 'Ferry'"):
        assistant.overview(dossier="Ferry")
    (assistant.library.path / "dossiers.tsv").write_text("Bridge Dorr\n", encoding="utf-8")
    with pytest.raises(TermListError, match=r"dossiers\.tsv, line 1"):
        assistant.dossiers()
