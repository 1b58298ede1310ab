"""The status ledger: the text's own grades, nothing firmer, and each with its source."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from parley import Document, Statement, StatementFilter
from parley.assistant.reports.views.ledger import status_ledger
from parley.index.store import stored_statements
from tests.views.corpus import CORPUS, library_of


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


def test_the_ledger_is_made_of_what_is_graded_and_reads_little_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weather = Document.from_text("Norvia's envoy described the weather. " * 30, id="weather", date=date(2031, 5, 11))
    assistant = library_of(tmp_path / "library", (*CORPUS, weather))
    expected = status_ledger(assistant.cited_statements())
    read: list[Statement] = []
    load = stored_statements.load_statement
    monkeypatch.setattr(stored_statements, "load_statement", lambda record: read.append(load(record)) or read[-1])
    assert assistant.ledger() == expected
    assert expected.entries
    assert all(item.status != "none" or item.relay for item in read)


@pytest.mark.parametrize("wanted", [{"firsthand_only": True}, {"party": ("Norvia",)}, {"status": "demanded"}], ids=str)
def test_a_narrowed_ledger_is_that_of_the_narrowed_statements(tmp_path: Path, wanted: dict[str, Any]) -> None:
    assistant = library_of(tmp_path / "library")
    narrowed = StatementFilter(**wanted)
    assert assistant.ledger(filter=narrowed) == status_ledger(assistant.cited_statements(filter=narrowed))
