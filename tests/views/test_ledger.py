"""The status ledger: the text's own grades, nothing firmer, and each with its source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from parley import Document, StatementFilter
from tests.views.corpus import library_of


def test_entries_stand_by_grade_and_date(tmp_path: Path) -> None:
    ledger = library_of(tmp_path / "library").ledger()
    assert [(entry.status, entry.item, entry.since, entry.cited.party) for entry in ledger.entries] == [
        ("agreed_in_principle", "the flow was agreed in principle", date(2031, 5, 10), "Norvia"),
        ("proposed", "a truce", None, "Tarsia"),
        ("demanded", "a compensation fund", date(2031, 5, 10), "Norvia"),
        ("demanded", "a ceasefire", date(2031, 5, 10), "Norvia"),
        ("rejected", "the truce", date(2031, 5, 10), "Norvia"),
    ]
    assert (
        ledger.entries[3].cited.attribution == "Norvia, as relayed by an unnamed Tarsian official: indirect speech (“demanded”)"
    )


def test_grades_are_never_raised(tmp_path: Path) -> None:
    documents = [
        Document.from_text("Norvia's envoy said the fund was agreed in principle.", id="b", date=date(2031, 2, 2)),
        Document.from_text("Norvia's envoy said the fund was agreed.", id="c", date=date(2031, 2, 1)),
        Document.from_text("Norvia's envoy described the weather.", id="d"),
        Document.from_text("Norvia's envoy proposed a fund.", id="a"),
        Document.from_text("Norvia's envoy proposed a fund.", id="e", date=date(2031, 2, 3)),
    ]
    assistant = library_of(tmp_path / "library", documents)
    entries = assistant.ledger().entries
    assert [(entry.cited.document.id, entry.status) for entry in entries] == [
        ("c", "agreed"),
        ("b", "agreed_in_principle"),
        ("e", "proposed"),
        ("a", "proposed"),
    ]
    stored = {id_: statement.status for id_ in "abce" for statement in assistant.document_statements(id_)}
    assert {entry.cited.document.id: entry.status for entry in entries} == stored


def test_issues_narrow_the_ledger(tmp_path: Path) -> None:
    assistant = library_of(tmp_path / "library")
    assert [entry.item for entry in assistant.ledger(filter=StatementFilter(issue=("Truce",))).entries] == [
        "a truce",
        "a ceasefire",
        "the truce",
    ]
    assert [entry.item for entry in assistant.ledger(filter=StatementFilter(issue=("fund", "principle"))).entries] == [
        "the flow was agreed in principle",
        "a compensation fund",
    ]
