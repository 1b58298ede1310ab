"""Exports of position tables, ledgers and timelines: every quotation at its offsets, every statement at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parley import (
    Assistant,
    CitedStatement,
    Ledger,
    ParleyError,
    PositionCell,
    PositionTable,
    StatementFilter,
    Timeline,
    export_view,
)
from tests.export.conftest import STRINGS
from tests.export.reading import markdown_parts, page_paragraphs, plain_markdown, read_export, table_rows, word_paragraphs
from tests.views.corpus import CORPUS, POST, library_of

View = PositionTable | Ledger | Timeline
DOCUMENTS = (".md", ".docx", ".html")
QUOTING = (".md", ".docx", ".html", ".csv", ".jsonl")
TEXTS = {document.id: document.text for document in CORPUS}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with library_of(tmp_path_factory.mktemp("views") / "library") as opened:
        yield opened


def _views(assistant: Assistant, **lists: object) -> dict[str, View]:
    return {
        "positions": assistant.positions(**lists),
        "ledger": assistant.ledger(**lists),
        "timeline": assistant.timeline(**lists),
    }


def _statements(view: View) -> list[CitedStatement]:
    """The statements in the order in which the view sets them out, each as often as it does."""
    if isinstance(view, PositionTable):
        return [*(item for cell in view.cells for item in cell.statements), *view.unfiled]
    if isinstance(view, Ledger):
        return [entry.cited for entry in view.entries]
    return [item.cited for item in (*view.stated, *view.by_document, *view.undated)]


def _wanted(view: View) -> list[tuple[int, str, int, int]]:
    return [
        (number, item.document.id, span.start, span.end)
        for number, item in enumerate(_statements(view), start=1)
        for span in item.statement.content
    ]


@pytest.mark.parametrize("suffix", QUOTING)
@pytest.mark.parametrize("name", ["positions", "ledger", "timeline"])
def test_every_quotation_stands_at_its_offsets(assistant: Assistant, name: str, suffix: str, tmp_path: Path) -> None:
    view = _views(
        assistant, issues={"exchange": ["exchange"], "talks": ["talks"], "water": ["water"], "truce": ["ceasefire", "truce"]}
    )[name]
    assert len(_statements(view)) > 10
    found = read_export(export_view(view, tmp_path / f"view{suffix}"))
    assert [(item.number, item.document_id, item.start, item.end) for item in found] == _wanted(view)
    for item in found:
        assert assistant.document(item.document_id).text[item.start : item.end] == item.quote


@pytest.mark.parametrize("suffix", QUOTING)
def test_hostile_documents_in_a_view(assistant: Assistant, suffix: str, tmp_path: Path) -> None:
    found = read_export(export_view(assistant.timeline(filter=StatementFilter(speaker="envoy")), tmp_path / f"view{suffix}"))
    for item in found:
        assert assistant.document(item.document_id).text[item.start : item.end] == item.quote
    assert len({text for text in STRINGS for item in found if text in item.quote}) >= 0.8 * len(STRINGS)


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_a_document_has_every_cell_and_says_where_nothing_was_found(small: Assistant, suffix: str, tmp_path: Path) -> None:
    table = small.positions()
    shown = _paragraphs(export_view(table, tmp_path / f"positions{suffix}"))
    headings = [text for kind, text in shown if kind and text != "Positions by party and issue"]
    expected = [heading for party in table.parties for heading in (party, *table.issues)]
    assert headings[: len(expected)] == expected
    empty = [cell for cell in table.cells if not cell.statements]
    assert empty
    assert [text for _, text in shown].count("no statement found") == len(empty)
    place = shown.index(next(item for item in shown if item[1] == empty[0].party))
    below = [text for _, text in shown[place:]]
    assert below[below.index(empty[0].issue) + 1] == "no statement found"


def test_positions_in_a_table_tell_party_and_issue(small: Assistant, tmp_path: Path) -> None:
    table = small.positions()
    rows = table_rows(export_view(table, tmp_path / "p.jsonl"))
    filed = [(row["filed_under"], row["issues"]) for row in rows if row["filed_under"]]
    assert filed == [(cell.party, [cell.issue]) for cell in table.cells for item in cell.statements for _ in item.parts]
    demand = next(row for row in rows if row["filed_under"] == "Norvia" and row["issues"] == ["fund"])
    assert (demand["quote"], demand["filed_status"], demand["section"]) == ("a compensation fund", "demanded", "Norvia: fund")
    assert demand["reported_by"] == list(table.cell("Norvia", "fund").statements[0].reported_by) != []
    unfiled = [row["quote"] for row in rows if not row["filed_under"]]
    assert unfiled == [part for item in table.unfiled for part in item.parts]


def test_the_ledger_tells_status_by_whom_and_since_when(small: Assistant, tmp_path: Path) -> None:
    ledger = small.ledger()
    rows = table_rows(export_view(ledger, tmp_path / "l.jsonl"))
    expected = [
        (part, entry.status, entry.cited.attribution, entry.since.isoformat() if entry.since else None)
        for entry in ledger.entries
        for part in entry.cited.parts
    ]
    assert [(row["quote"], row["filed_status"], row["attribution"], row["filed_date"]) for row in rows] == expected
    assert {row["date_basis"] for row in rows} == {"date of the document", None}
    text = "\n".join(text for _, text in _paragraphs(export_view(ledger, tmp_path / "l.md")))
    assert "Agreed in principle\nSince 2031-05-10 (date of the document), Norvia · " in text


def test_the_timeline_keeps_its_three_lists_apart(small: Assistant, tmp_path: Path) -> None:
    timeline = small.timeline()
    assert timeline.stated
    assert timeline.undated
    rows = table_rows(export_view(timeline, tmp_path / "t.jsonl"))
    lists = (
        ("By stated date", timeline.stated),
        ("By date of the document", timeline.by_document),
        ("Undated", timeline.undated),
    )
    expected = [
        (heading, item.date.isoformat() if item.date else None, item.basis, part)
        for heading, items in lists
        for item in items
        for part in item.cited.parts
    ]
    assert [(row["section"], row["filed_date"], row["date_basis"], row["quote"]) for row in rows] == expected


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_words_that_give_a_date_stand_at_their_offsets(small: Assistant, suffix: str, tmp_path: Path) -> None:
    timeline = small.timeline()
    rows = [row for row in table_rows(export_view(timeline, tmp_path / "t.jsonl")) if row["date_words"]]
    assert {row["section"] for row in rows} == {"By stated date"}
    assert "3 May 2031" in {row["date_words"] for row in rows}
    for row in rows:
        assert TEXTS[row["document_id"]][row["date_start"] : row["date_end"]] == row["date_words"]
    text = "\n".join(text for _, text in _paragraphs(export_view(timeline, tmp_path / f"t{suffix}")))
    shown = re.findall(r"; “([^”]*)”, characters (\d+)–(\d+)\)", text)
    assert len(shown) == len(timeline.stated)
    assert [POST.text[int(start) : int(end)] for _, start, end in shown] == [words for words, _, _ in shown]


def test_bibtex_has_each_document_of_the_view(small: Assistant, tmp_path: Path) -> None:
    for name, view in _views(small).items():
        text = export_view(view, tmp_path / f"{name}.bib").read_text(encoding="utf-8")
        assert re.findall(r"^@[a-z]+\{([^,]*),", text, re.MULTILINE) == list(
            dict.fromkeys(item.document.id for item in _statements(view))
        )


@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_a_view_with_nothing_in_it_says_so(small: Assistant, suffix: str, tmp_path: Path) -> None:
    nobody = StatementFilter(speaker="nobody at all")
    for view in (small.positions(filter=nobody), small.ledger(filter=nobody), small.timeline(filter=nobody)):
        path = export_view(view, tmp_path / f"v{suffix}", notices=nobody.conditions, exported=date(2031, 5, 6))
        shown = [text for _, text in _paragraphs(path)]
        assert "no statement found" in shown
        assert "Note: Only statements with speaker: nobody at all" in shown
        assert "Exported: 2031-05-06" in shown


@pytest.mark.parametrize("name", ["#", "flow #", "a ##", "\\#", *STRINGS])
def test_headings_show_any_name_as_it_is(name: str, tmp_path: Path) -> None:
    table = PositionTable(parties=(name,), issues=(name,), cells=(PositionCell(name, name, ()),))
    shown = _paragraphs(export_view(table, tmp_path / "p.md"))
    assert [text for kind, text in shown if kind == "heading"][1:] == [name, name]


def _paragraphs(path: Path) -> list[tuple[str, str]]:
    """Kind of heading, or nothing, and text; marks of footnotes left out."""
    if path.suffix == ".docx":
        return [(style if style.startswith(("Heading", "Title")) else "", text) for style, text in word_paragraphs(path)]
    if path.suffix == ".html":
        return page_paragraphs(path)
    body = re.sub(r"(?<!\\)\[\^\d+\]", "", markdown_parts(path)[0])
    blocks = []
    for block in re.split(r"\n(?=\n|- )", body):
        if block.strip():
            ((kind, text),) = plain_markdown(block.strip("\n"))
            blocks.append(("heading" if kind == "heading" else "", text))
    return blocks


def test_documents_of_other_suffixes_are_refused(small: Assistant, tmp_path: Path) -> None:
    with pytest.raises(ParleyError, match=r"'v\.pdf' does not say"):
        export_view(small.ledger(), tmp_path / "v.pdf")
