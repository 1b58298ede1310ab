"""Python, shell, HTTP, MCP, LlamaIndex, the exports and the eval suite tell the same answer.

That the page in the browser shows it too, and that a server passes these values on, is tested in tests/browser.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from parley import Answer, Assistant, export_answer
from parley.assistant.serialization import answer_json
from parley.eval.reports.answer_file import answer_record
from parley.eval.scorers.outcome import Outcome
from parley.eval.sets.gold import Gold
from parley.eval.sets.question_set import Question
from parley.ui.cli.main import main
from parley.ui.library.libraries import Libraries
from parley.ui.page.endpoints import Endpoints

QUESTION = "How many tonnes does Orla Brandt want to catch?"


@pytest.fixture
def answer(answers: dict[str, Answer]) -> Answer:
    return answers[QUESTION]


def _without_times(value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name != "timings"}


def test_the_json_holds_text_status_and_every_quotation(answer: Answer) -> None:
    told = answer_json(answer)
    assert (told["text"], told["status"]) == (answer.text, answer.status)
    assert [item["quote"] for item in told["citations"]] == [item.quote for item in answer.citations]
    assert [item["attribution"] for item in told["citations"]] == [item.attribution for item in answer.citations]


def test_the_shell_tells_the_same(lake: Assistant, answer: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(lake.library.path, tmp_path / "library")
    assert main(["ask", QUESTION, "--library", str(folder), "--json"]) == 0
    assert _without_times(json.loads(capsys.readouterr().out)) == _without_times(json.loads(json.dumps(answer_json(answer))))


def test_http_and_mcp_tell_the_same(lake: Assistant, answer: Answer) -> None:
    told = Endpoints(Libraries(lake)).ask(QUESTION)
    assert _without_times(told) == _without_times(answer_json(answer))


def test_llamaindex_tells_the_same(lake: Assistant, answer: Answer) -> None:
    told = lake.as_query_engine().query(QUESTION)
    assert str(told) == answer.text
    assert [node.node.get_content() for node in told.source_nodes] == [item.quote for item in answer.citations]


def test_an_export_tells_the_same(answer: Answer, tmp_path: Path) -> None:
    export_answer(answer, tmp_path / "answer.md")
    page = (tmp_path / "answer.md").read_text(encoding="utf-8")
    for item in answer.citations:
        assert item.quote in page


def test_the_eval_suite_is_told_the_same(answer: Answer) -> None:
    record = answer_record(Outcome(Question(id="q", question=QUESTION), Gold(), answer, (), 0.1))
    assert record["status"] == answer.status
    assert [item["quote"] for item in record["citations"]] == [item.quote for item in answer.citations]
    assert record["answer"] == " ".join(sentence.text for sentence in answer.sentences)
