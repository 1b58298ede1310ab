"""The position table: who is filed where, what is marked as reported, and that names decide nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from parley import Document, IssueList, PositionTable, StatementFilter, TermListError
from parley.assistant.reports.views import selection
from parley.assistant.serialization import ledger_json, position_table_json, timeline_json
from tests.views.corpus import ALIASES, CORPUS, ISSUES, library_of


def quotes(table: PositionTable) -> dict[tuple[str, str], list[str]]:
    return {(cell.party, cell.issue): [item.quote for item in cell.statements] for cell in table.cells}


def test_cells_hold_what_each_party_said_on_each_issue(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions()
    assert (table.parties, table.issues) == (("Norvia", "Tarsia"), ("flow", "truce", "fund"))
    assert quotes(table) == {
        ("Norvia", "flow"): ["the flow was agreed in principle"],
        ("Norvia", "truce"): ["the truce", "a ceasefire"],
        ("Norvia", "fund"): ["a compensation fund"],
        ("Tarsia", "flow"): ['her side "could live with" a lower flow'],
        ("Tarsia", "truce"): ["Norvia demanded a ceasefire", "a truce", "the truce was possible"],
        ("Tarsia", "fund"): [],
    }


def test_a_cell_carries_its_citation(tmp_path: Path) -> None:
    cell = library_of(tmp_path / "library").positions().cell("Tarsia", "flow").statements[0]
    assert (cell.document.id, cell.document.date, cell.status) == ("post-1", date(2031, 5, 10), "none")
    assert cell.attribution == "Ana Dorr (Tarsia's minister), to the Harbour Post: partly quoted (“told”)"
    assert cell.passage.startswith("Tarsia's minister Ana Dorr told")
    assert cell.hedges == ("could",)


def test_who_passes_on_a_demand_is_marked_and_holds_no_status_of_it(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions()
    demand = table.cell("Norvia", "truce").statements[1]
    assert (demand.status, demand.reported_by, demand.reports) == ("demanded", ("A Tarsian official",), ())
    messenger = table.cell("Tarsia", "truce").statements[0]
    assert (messenger.status, messenger.reported_by, messenger.reports) == ("none", (), ("Norvia",))


def test_speakers_of_no_stated_party_stand_apart(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions()
    assert [(item.quote, item.party) for item in table.unfiled] == [
        ("Norvia demanded a compensation fund", None),
        ("the truce a mistake", None),
    ]
    assert table.unfiled[1].statement.former


def test_without_the_alias_list_spellings_stay_apart(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library", aliases=None).positions()
    assert table.parties == ("Norvia", "Tarsia", "Tarsian")
    assert [item.quote for item in table.cell("Tarsian", "truce").statements] == [
        "Norvia demanded a ceasefire",
        "the truce was possible",
    ]


def test_parties_that_say_nothing_on_the_issues_are_named_apart(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions(issues={"fund": ["compensation fund"]})
    assert (table.parties, table.silent) == (("Norvia",), ("Tarsia",))


def test_parties_asked_for_are_rows_even_where_nothing_is_found(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions(filter=StatementFilter(party=("belmor", "Orlania"), issue=("fund",)))
    assert (table.parties, table.issues, table.is_empty) == (("Orlania", "Tarsia"), ("fund",), True)


def test_a_term_without_a_list_is_an_issue(tmp_path: Path) -> None:
    assistant = library_of(tmp_path / "library", issues=None)
    table = assistant.positions(filter=StatementFilter(issue=("ceasefire",)))
    assert quotes(table)["Norvia", "ceasefire"] == ["a ceasefire"]


def test_without_a_list_the_issues_are_the_nouns_that_recur(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library", issues=None).positions()
    assert table.issues == ("truce", "compensation fund")
    assert quotes(table)["Tarsia", "truce"] == ["a truce", "the truce was possible"]
    assert all(any(table.cell(party, issue).statements for party in table.parties) for issue in table.issues)


def test_where_nothing_recurs_a_table_needs_issues(tmp_path: Path) -> None:
    documents = [Document.from_text("Tarsia's minister Ana Dorr proposed a truce.", id="d", language="en")]
    assistant = library_of(tmp_path / "library", documents, issues=None)
    with pytest.raises(TermListError, match="A position table needs issues"):
        assistant.positions()


def test_an_issue_that_nobody_speaks_of_is_no_column(tmp_path: Path) -> None:
    assistant = library_of(tmp_path / "library", issues=ISSUES + "fish\therring\n")
    assert assistant.positions().issues == ("flow", "truce", "fund")
    assert assistant.positions(filter=StatementFilter(issue=("fish",))).issues == ("fish",)


def test_a_table_keeps_to_the_documents_of_its_dossier(tmp_path: Path) -> None:
    table = library_of(tmp_path / "library").positions(filter=StatementFilter(documents=("note",)))
    assert (table.parties, table.issues) == (("Tarsia",), ("truce",))


def test_lists_can_be_given(tmp_path: Path) -> None:
    assistant = library_of(tmp_path / "library", issues="broken", aliases="broken")
    (tmp_path / "other.tsv").write_text("peace\ttruce\n", encoding="utf-8")
    (tmp_path / "names.tsv").write_text(ALIASES, encoding="utf-8")
    table = assistant.positions(issues=tmp_path / "other.tsv", aliases=tmp_path / "names.tsv")
    assert (table.issues, table.parties) == (("peace",), ("Norvia", "Tarsia"))
    with pytest.raises(TermListError, match=r"issues\.tsv, line 1"):
        assistant.positions()


_FIRSTHAND = [
    "the truce",
    "Norvia demanded a compensation fund",
    "the flow was agreed in principle",
    "Norvia demanded a ceasefire",
    "a truce",
    "the truce was possible",
    "the truce a mistake",
]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (StatementFilter(firsthand_only=True), _FIRSTHAND),
        (StatementFilter(since=date(2031, 5, 10)), "post"),
        (StatementFilter(until=date(2031, 5, 9)), []),
        (StatementFilter(outlet="harbour"), "post"),
        (StatementFilter(speaker="Ana Dorr"), ['her side "could live with" a lower flow', "a truce"]),
        (StatementFilter(speaker="Anna Dorr"), ['her side "could live with" a lower flow', "a truce"]),
        (StatementFilter(speaker="official"), ["Norvia demanded a ceasefire", "the truce was possible"]),
        (StatementFilter(status="rejected"), ["the truce"]),
        (StatementFilter(status="demanded"), ["a compensation fund", "a ceasefire"]),
        (StatementFilter(stance="propose"), ["a truce"]),
    ],
)
def test_filters_work_alike_in_all_views(tmp_path: Path, wanted: StatementFilter, kept: object) -> None:
    assistant = library_of(tmp_path / "library")
    table, ledger, timeline = (make(filter=wanted) for make in (assistant.positions, assistant.ledger, assistant.timeline))
    positions = {item.quote for cell in table.cells for item in cell.statements} | {item.quote for item in table.unfiled}
    in_time = {item.cited.quote for item in (*timeline.by_document, *timeline.undated)}
    assert positions == in_time
    assert {entry.item for entry in ledger.entries} <= positions
    if isinstance(kept, list):
        assert positions == set(kept)
    else:
        assert {item.document.id for cell in table.cells for item in cell.statements} == {"post-1"}


def test_names_of_parties_match_by_whole_words(tmp_path: Path) -> None:
    assistant = library_of(tmp_path / "library")
    assert assistant.positions(filter=StatementFilter(party=("via",))).parties == ("via",)
    assert [entry.item for entry in assistant.ledger(filter=StatementFilter(party=("norvia",))).entries] == [
        "the flow was agreed in principle",
        "a compensation fund",
        "a ceasefire",
        "the truce",
    ]


def test_the_unnamed_are_never_joined_with_the_named(tmp_path: Path) -> None:
    aliases = ALIASES + "Ana Dorr\tA Tarsian official\tperson\nAna Dorr\tTarsian official\tperson\n"
    table = library_of(tmp_path / "library", aliases=aliases).positions(filter=StatementFilter(speaker="Ana Dorr"))
    assert {item.statement.speaker for cell in table.cells for item in cell.statements} == {"Ana Dorr", "Anna Dorr"}


def test_every_text_shown_stands_at_its_offsets(tmp_path: Path, talks: Path) -> None:
    assistant = library_of(tmp_path / "library", aliases=None, issues=None)
    assistant.add(talks)
    texts = {document.id: document.text for document in assistant.documents()}
    issues = IssueList.from_file(talks.parent / "issues.tsv")
    aliases = talks.parent / "aliases.tsv"
    checked = 0

    def check(value: object, document: str) -> None:
        nonlocal checked
        if isinstance(value, dict):
            document = value.get("document_id") or value.get("statement", {}).get("document_id") or document
            if {"start", "end", "text"} <= value.keys():
                assert texts[document][value["start"] : value["end"]] == value["text"]
                checked += 1
            if "parts" in value:
                assert value["quote"] == " [...] ".join(part["text"] for part in value["parts"])
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner, document)

    check(position_table_json(assistant.positions(issues=issues, aliases=aliases)), "")
    check(ledger_json(assistant.ledger(issues=issues, aliases=aliases)), "")
    check(timeline_json(assistant.timeline(issues=issues, aliases=aliases)), "")
    assert checked > 1000


def swapping(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """What puts each name of a pair in place of the other, as a whole word."""
    other = {name: partner for pair in pairs for name, partner in (pair, pair[::-1])}
    return partial(re.compile(rf"\b(?:{'|'.join(other)})\b").sub, lambda match: other[match.group()])


def _without_offsets(value: object) -> object:
    """Names of other lengths move what follows them; the order of rows is that of the alphabet."""
    if isinstance(value, dict):
        return {key: _without_offsets(inner) for key, inner in value.items() if key not in {"start", "end"}}
    if isinstance(value, list):
        inner = [_without_offsets(one) for one in value]
        return (
            sorted(inner, key=lambda row: row["party"]) if inner and isinstance(inner[0], dict) and "cells" in inner[0] else inner
        )
    return value


INVENTED = (("Tarsia", "Norvia"), ("Tarsian", "Norvian"), ("Belmor", "Cardun"))
COUNTRIES = (("Ukraine", "Russia"), ("Ukrainian", "Russian"), ("Kyiv", "Moscow"))


@pytest.mark.parametrize("names", [INVENTED, COUNTRIES], ids=["invented", "countries"])
def test_swapping_two_parties_swaps_the_views_and_nothing_else(tmp_path: Path, names: tuple[tuple[str, str], ...]) -> None:
    renamed = str if names is INVENTED else _as_countries
    swap = swapping(*names)
    documents = [replace(item, text=renamed(item.text)) for item in (*CORPUS, *_MORE)]
    views = []
    for folder, change in ((tmp_path / "one", lambda text: text), (tmp_path / "two", swap)):
        assistant = library_of(folder, documents, issues=ISSUES, aliases=renamed(ALIASES), changed=change)
        table = assistant.positions()
        views.append(
            [position_table_json(table), ledger_json(assistant.ledger()), timeline_json(assistant.timeline())],
        )
        assert len(table.parties) >= 2
        assert list(table.parties) == sorted(table.parties)
    first = _without_offsets(json.loads(swap(json.dumps(views[0], ensure_ascii=False))))
    assert first == _without_offsets(json.loads(json.dumps(views[1], ensure_ascii=False)))


_as_countries = swapping(
    *((old, new) for left, right in zip(INVENTED, COUNTRIES, strict=True) for old, new in zip(left, right, strict=True))
)


_MORE = (
    Document.from_text(
        "Tarsia rejected the compensation fund, and Norvia offered a truce from 4 June 2031.\n\n"
        "The Norvian delegation demanded a ceasefire, a Tarsian diplomat said.\n\n"
        "“We never agreed to the flow,” said Norvia's minister. “Tarsia's demand for a truce is unacceptable,” he added.\n",
        id="more",
        title="More",
        date=date(2031, 6, 1),
    ),
)


@pytest.mark.parametrize(
    "wanted",
    [
        StatementFilter(party=("tarsia",)),
        StatementFilter(party=("the Norvia", "Nowhere")),
        StatementFilter(party=("Nowhere",)),
        StatementFilter(party=("Tar",), issue=("truce",)),
        StatementFilter(party=("Tarsia",), speaker="dórr"),
        StatementFilter(party=("—",)),
    ],
    ids=str,
)
def test_what_is_looked_up_by_party_and_speaker_is_what_looking_at_each_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: StatementFilter
) -> None:
    assistant = library_of(tmp_path / "library", aliases=None)
    table, found = assistant.positions(filter=wanted), assistant.cited_statements(filter=wanted)
    monkeypatch.setattr(selection, "_letters", lambda _: ())
    assert (table, found) == (assistant.positions(filter=wanted), assistant.cited_statements(filter=wanted))


def test_a_party_without_statements_costs_no_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = library_of(tmp_path / "library", aliases=None)
    read: list[str] = []
    plain = assistant.library.document
    monkeypatch.setattr(assistant.library, "document", lambda name: read.append(name) or plain(name))
    assert assistant.positions(filter=StatementFilter(party=("Nowhere",), issue=("truce",))).is_empty
    assert assistant.cited_statements(filter=StatementFilter(party=("Nowhere",))) == ()
    assert assistant.cited_statements(filter=StatementFilter(speaker="Nobody")) == ()
    assert read == []
