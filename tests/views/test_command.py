"""`parley positions`, `parley ledger` and `parley timeline` as a script sees them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from parley import Assistant, Document
from parley.assistant.reports.dossiers.dossier import Dossier
from parley.ui.cli import main
from tests.export.reading import read_export, table_rows
from tests.fakes import HashingEmbedder
from tests.views.corpus import CORPUS, library_of

TEXTS = {document.id: document.text for document in CORPUS}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    library_of(tmp_path / "library").close()
    opened = Assistant.open

    def open_small(folder: str, **_: object) -> Assistant:
        return opened(folder, embedding=HashingEmbedder())

    monkeypatch.setattr("parley.assistant.Assistant.open", open_small)
    monkeypatch.setenv("PARLEY_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("COLUMNS", "60")

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def test_positions_as_a_table(run) -> None:
    code, out, _ = run("positions")
    lines = out.splitlines()
    assert code == 0
    assert lines[:4] == [
        "party   flow  truce        fund",
        "------  ----  -----------  ------------------",
        "Norvia  [1]   [2] [3]      [4]",
        "Tarsia  [5]   [6] [7] [8]  no statement found",
    ]
    at = lines.index("[3] Norvia, truce [demanded]")
    assert lines[at + 1 : at + 4] == [
        "    “a ceasefire”",
        "    Norvia, as relayed by an unnamed Tarsian official: indirect speech (“demanded”)",
        "    reported by A Tarsian official; party from the alias list",
    ]
    assert "    reports what was said by Norvia; party from the text: “Tarsian”" in lines
    assert "On these issues, by speakers whose party neither the text nor the alias list gives:" in lines


def test_wide_tables_are_set_in_several(run) -> None:
    _, out, _ = run("positions", "--issue", "flow", "--issue", "truce", "--issue", "fund", "--party", "Orlania")
    assert out.splitlines()[:7] == [
        "party    flow                truce",
        "-------  ------------------  ------------------",
        "Orlania  no statement found  no statement found",
        "",
        "party    fund",
        "-------  ------------------",
        "Orlania  no statement found",
    ]
    assert run("positions", "--party", "Orlania")[0] == 1


def test_positions_in_json(run) -> None:
    code, out, _ = run("positions", "--format", "json", "--issue", "fund")
    table = json.loads(out)
    assert (code, table["issues"], [row["party"] for row in table["rows"]]) == (0, ["fund"], ["Norvia"])
    statement = table["rows"][0]["cells"][0]["statements"][0]
    assert statement["issues"][0]["text"] == "compensation fund"
    assert statement["passage"]["text"] == "A source familiar with the talks said Norvia demanded a compensation fund."
    assert (table["nothing_on_these_issues"], len(table["no_party_stated"])) == (["Tarsia"], 1)


def test_csv_can_be_traced_back(run) -> None:
    for command in ("positions", "ledger", "timeline"):
        _, out, _ = run(command, "--format", "csv")
        found = [row for row in rows(out) if row["quote"]]
        assert len(found) >= 5
        for row in found:
            spans = [tuple(map(int, span.split("-"))) for span in row["offsets"].split("; ")]
            assert " [...] ".join(TEXTS[row["document"]][start:end] for start, end in spans) == row["quote"]
    assert [row["finding"] for row in rows(run("positions", "--format", "csv")[1]) if row["party"] == "Tarsia"] == [
        "statement",
        "statement",
        "statement",
        "statement",
        "no statement found",
    ]


def test_the_ledger(run) -> None:
    _, out, _ = run("ledger", "--party", "Norvia")
    assert [line for line in out.splitlines() if line and not line.startswith((" ", "-"))] == [
        "agreed in principle",
        "demanded",
        "rejected",
    ]
    assert "- since 2031-05-10 (date of the document), Norvia\n    “the truce”\n" in out
    assert "hedged “in principle”" in out
    assert "- undated, Tarsia\n    “a truce”\n" in run("ledger", "--status", "proposed")[1]
    assert run("ledger", "--status", "withdrawn")[:2] == (1, "No statement with a status was found.\n")
    assert json.loads(run("ledger", "--json")[1])["entries"][1]["since"] is None


def test_the_timeline(run) -> None:
    _, out, _ = run("timeline", "--outlet", "harbour")
    lines = out.splitlines()
    assert [line for line in lines if line.startswith(("By", "Undated"))] == [
        "By stated date",
        "By date of the document",
        "Undated: none",
    ]
    assert "    “3 May 2031”, stated beside what was said" in lines
    assert [row["list"] for row in rows(run("timeline", "--format", "csv", "--speaker", "Dorr")[1])] == [
        "stated",
        "by_document",
        "undated",
    ]
    item = json.loads(run("timeline", "--json")[1])["stated"][0]
    assert (item["on"], item["words"]["text"]) == ("2031-05-03", "3 May 2031")


def test_mistakes_are_told(run, tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("one\n", encoding="utf-8")
    code, _, error = run("positions", "--issues", str(tmp_path / "bad.tsv"))
    assert code == 3
    assert "bad.tsv, line 1: 'one' has 1 filled columns, not 2." in error
    assert run("ledger", "--since", "soon")[0] == 3


@pytest.mark.parametrize("view", ["positions", "ledger", "timeline"])
def test_a_view_is_printed_and_exported(run, view: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{view}{suffix}" for suffix in (".md", ".docx", ".html", ".csv", ".jsonl")]
    for file in files:
        code, out, _ = run(view, "--export", str(file), "--party", "Norvia", "--party", "Tarsia", "--export-date", "2031-05-06")
        assert (code, "Norvia" in out) == (0, True)
    found = [read_export(file) for file in files]
    assert found == [found[0]] * len(files) != [[]] * len(files)
    assert all(TEXTS[item.document_id][item.start : item.end] == item.quote for item in found[0])
    row = table_rows(files[-1])[0]
    assert (row["view"], row["notices"], row["exported"]) == (view, ["Only statements with party: Norvia; Tarsia"], "2031-05-06")
    assert len(row["model_sha256"]) == 64


def test_a_format_that_is_none_is_told_before_anything_is_read(run) -> None:
    code, out, err = run("ledger", "--export", "ledger.pdf")
    assert (code, out) == (3, "")
    assert err.startswith("parley: 'ledger.pdf' does not say")


QUAY = Document.from_text(
    "Norvia's minister Ola Rin demanded a rise in pay. A Tarsian official said that pay was too low.", id="quay", title="The quay"
)


@pytest.fixture
def two_dossiers(tmp_path: Path) -> Path:
    assistant = library_of(tmp_path / "two")
    assistant.add_documents([QUAY])
    assistant.keep_dossiers([Dossier("River", ("post-1", "note"), "listed"), Dossier("Quay", ("quay",), "listed")])
    assistant.close()
    (tmp_path / "two" / "issues.tsv").write_text("flow\tflow\npay\tpay\n", encoding="utf-8")
    return tmp_path / "two"


def test_positions_are_set_out_by_dossier(run, two_dossiers: Path) -> None:
    code, out, _ = run("positions", "--library", str(two_dossiers))
    assert code == 0
    river, quay = out.split("Quay\n\n")
    assert river.startswith("River\n\n")
    assert "flow" in river
    assert "pay" not in river
    assert "pay" in quay
    assert "flow" not in quay


def test_a_view_is_of_the_dossier_that_is_named(run, two_dossiers: Path) -> None:
    _, out, _ = run("positions", "--library", str(two_dossiers), "--dossier", "Quay", "--format", "json")
    assert json.loads(out)["issues"] == ["pay"]
    code, _, told = run("ledger", "--library", str(two_dossiers), "--dossier", "Lake")
    assert code == 3
    assert "Lake" in told


def test_the_tables_of_dossiers_hold_only_what_belongs_together(two_dossiers: Path) -> None:
    with Assistant.open(two_dossiers, embedding=HashingEmbedder()) as assistant:
        tables = assistant.positions_by_dossier()
    assert [(name, table.issues) for name, table in tables] == [("River", ("flow",)), ("Quay", ("pay",))]
