from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from parley.eval.reports.page import render_page
from parley.eval.reports.report import Report
from parley.eval.reports.tables import print_report
from parley.eval.runs.suite import assess
from parley.eval.scorers.metrics import METRICS
from parley.eval.scorers.outcome import Outcome
from tests.eval.build import BULLETIN, GAZETTE, ScriptedAssistant, answer, citation, outcome, question

SETTINGS = {"questions": "set <1>.jsonl", "versions": {"python": "3.11"}, "limit": None}
LIND = "Envoy Lind said the fee was agreed in principle."


def _outcomes() -> list[Outcome]:
    cited = answer("Lind: agreed in principle.", citation(BULLETIN, LIND, speaker="Lind"))
    fact = {"kind": "fact", "gold_doc_ids": ["bulletin"], "gold_answers": ["in principle"], "answerable": True}
    return [
        outcome(question(id="a", **fact), cited, ranking=["gazette", "bulletin"], seconds=0.1),
        outcome(question(id="b", **fact), answer("No fee.", citation(GAZETTE, "No fee")), ranking=["gazette"], seconds=0.3),
        outcome(question(id="c", kind="none", answerable=False), answer("No.", status="not_in_documents"), seconds=0.2),
        outcome(question(id="d", kind="none", answerable=False, question="<script>alert('&')</script>"), cited, seconds=0.2),
    ]


@pytest.fixture
def report() -> Report:
    return assess(ScriptedAssistant({}), _outcomes(), settings=dict(SETTINGS), notices=["Mind <this>."])


def test_figures_of_all_questions_and_of_each_kind(report: Report) -> None:
    assert [(group.name, group.size, group.answerable, group.unanswerable) for group in report.groups] == [
        ("all", 4, 2, 2),
        ("fact", 2, 2, 0),
        ("none", 2, 0, 2),
    ]
    whole = report.groups[0].estimates
    # One of two answerable questions contains its gold; both unanswerable ones are unscored.
    assert (whole["contains_gold"].value, whole["contains_gold"].n, whole["contains_gold"].unscored) == (0.5, 2, 2)
    # Gold at rank 2 and not at all: recall@1 0, recall@5 1/2, MRR (1/2 + 0) / 2.
    assert (whole["recall@1"].value, whole["recall@5"].value, whole["mrr@10"].value) == (0.0, 0.5, 0.25)
    # Abstained once, from an unanswerable question; one of the two unanswerable ones was answered.
    assert (whole["abstention_precision"].value, whole["abstention_recall"].value) == (1.0, 0.5)
    assert whole["quotes_exact"].value == 1.0
    assert (report.citations, report.all_quotes_exact) == ({"shown": 3, "exact": 3}, True)
    assert report.latency["p50"] == pytest.approx(0.2)


def test_abstention_is_left_out_where_a_class_is_missing(report: Report) -> None:
    for group in report.groups[1:]:
        assert group.estimates["abstention_recall"].value is None
        assert group.estimates["abstention_precision"].value is None
        assert "answerable and unanswerable" in group.notes["abstention_recall"]
    assert report.groups[1].estimates["false_refusals"].value == 0.0


def test_an_inexact_quotation_is_counted_and_told() -> None:
    false = replace(citation(BULLETIN, LIND), quote="Lind said no.")
    found = assess(ScriptedAssistant({}), [outcome(question(), answer("So.", false))], settings=dict(SETTINGS))
    assert found.citations == {"shown": 1, "exact": 0}
    assert not found.all_quotes_exact
    assert found.notices == ("1 quotations are not exact",)


def test_json_holds_everything_and_no_nan(report: Report) -> None:
    data = json.loads(json.dumps(report.as_json(), allow_nan=False))
    assert data["settings"] == SETTINGS
    assert [group["name"] for group in data["groups"]] == ["all", "fact", "none"]
    assert set(data["groups"][0]["metrics"]) == {metric.name for metric in METRICS}
    recall = data["groups"][0]["metrics"]["recall@5"]
    assert recall.keys() == {"value", "low", "high", "n", "unscored", "method", "clusters", "interval"}
    first = data["items"][0]
    assert first["scores"]["contains_gold"] == {"value": 1.0, "explanation": "contains 'in principle'"}
    assert first["answer"]["citations"][0]["quote"] == LIND
    assert "contains_gold" in data["items"][2]["unscored"]


def test_the_table_shows_figures_intervals_and_notices(report: Report) -> None:
    console = Console(width=120, record=True, file=StringIO())
    print_report(report, console)
    text = console.export_text()
    assert re.search(r"answer contains a gold answer +│ +0\.500 │ +│ +2 │ +2", text)
    assert "no interval: fewer than 5 items" in text
    assert re.search(r"fact │ 2 │ +0\.50 │ +0\.50 │ +0\.00 │", text)
    assert "Quotations shown: 3, exact: 3" in text
    assert "Note: Mind <this>." in text


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_asks_for_nothing_and_escapes_everything(report: Report) -> None:
    page = render_page(report)
    elements = _Elements()
    elements.feed(page)
    names = {name for name, _ in elements.found}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "base", "form"})
    assert all(not {"src", "href", "srcset", "style", "onclick"} & attributes.keys() for _, attributes in elements.found)
    assert "url(" not in page
    assert "@import" not in page
    assert "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;" in page
    assert "set &lt;1&gt;.jsonl" in page
    assert "Mind &lt;this&gt;." in page


def test_the_page_shows_headings_in_order_and_every_question(report: Report) -> None:
    page = render_page(report)
    first_table = page[: page.index("</table>")]
    headings = re.findall(r'scope="colgroup">([^<]+)<', first_table)
    assert headings == [
        "Retrieval of gold documents",
        "Answers",
        "SQuAD 2.0",
        "Evidence",
        "Abstention",
        "By stretches of the documents",
        "Checks",
    ]
    # Four questions and two kinds, each folded.
    assert page.count("<details") == 6
    assert LIND in page
