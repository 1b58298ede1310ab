"""The user's own list of names counts when questions are answered and quotations checked, and is said to be the ground."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Assistant
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder

PORT = "Ana Ruiz said the port should stay open. Bo Lind said the port must close."
FERRY = "The ferry was late. President Zelenskyy said the ferry would be repaired."
LIST = "Union\tAna Ruiz\tparty\nVolodymyr Zelensky\tZelenskyy\tperson\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    library = Library.open(tmp_path / "library", embedder=HashingEmbedder())
    library.add_documents([Document.from_text(PORT, id="port"), Document.from_text(FERRY, id="ferry")])
    yield Assistant(library)
    library.close()


def _write(assistant: Assistant, text: str = LIST) -> None:
    (assistant.library.path / "aliases.tsv").write_text(text, encoding="utf-8")


def test_a_side_is_asked_for_by_the_list(assistant: Assistant) -> None:
    before = assistant.ask("What did the Union say about the port?")
    assert before.status == "not_in_documents"
    _write(assistant)
    answer = assistant.ask("What did the Union say about the port?")
    assert answer.status == "answered"
    assert [item.quote for item in answer.citations] == ["Ana Ruiz said the port should stay open."]
    assert "Ana Ruiz stands for the Union by your own list, aliases.tsv." in answer.notices


def test_what_the_documents_say_themselves_needs_no_remark(assistant: Assistant) -> None:
    _write(assistant)
    answer = assistant.ask("What did Ana Ruiz say about the port?")
    assert answer.status == "answered"
    assert not [notice for notice in answer.notices if "aliases.tsv" in notice]


def test_a_person_is_asked_for_in_another_spelling(assistant: Assistant) -> None:
    _write(assistant)
    answer = assistant.ask("What did Volodymyr Zelensky say about the ferry?")
    assert answer.status == "answered"
    assert answer.citations[0].statement is not None
    assert answer.citations[0].statement.speaker == "Zelenskyy"


@pytest.mark.parametrize(
    ("quote", "speaker", "verdict"),
    [
        ("the port should stay open", "the Union", "exact"),
        ("the port must close", "the Union", "other_speaker"),
        ("the ferry would be repaired", "Volodymyr Zelensky", "exact"),
    ],
)
def test_a_quotation_is_checked_by_the_list(assistant: Assistant, quote: str, speaker: str, verdict: str) -> None:
    _write(assistant)
    assert assistant.check_quote(quote, speaker=speaker).verdict == verdict


def test_nothing_of_the_list_is_stored_and_its_changes_count_at_once(assistant: Assistant) -> None:
    _write(assistant)
    assistant.ask("What did the Union say about the port?")
    assert all(not (item.speaks_for or item.also_called) for item in assistant.library.statements("port"))
    _write(assistant, "Guild\tAna Ruiz\tparty\n")
    assert assistant.ask("What did the Union say about the port?").status == "not_in_documents"
    assert assistant.check_quote("the port should stay open", speaker="the Guild").verdict == "exact"


def test_a_wrong_line_keeps_no_question_from_being_answered(assistant: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    _write(assistant, "Union\tAna Ruiz\n")
    assert assistant.ask("What did Ana Ruiz say about the port?").status == "answered"
    assert "aliases.tsv, line 1" in caplog.text


def test_statements_are_found_by_the_names_of_the_list(assistant: Assistant) -> None:
    assert assistant.statements(party="Union") == assistant.statements(speaker="the Fox") == []
    _write(assistant, LIST + "Bo Lind\tthe Fox\tperson\n")
    assert [item.statement.speaker for item in assistant.statements(party="union")] == ["Ana Ruiz"]
    assert [item.statement.speaker for item in assistant.statements(speaker="the Fox")] == ["Bo Lind"]
    assert [item.statement.speaker for item in assistant.statements(speaker="Volodymyr Zelensky")] == ["Zelenskyy"]
    assert [item.statement.speaker for item in assistant.statements(speaker="Lind", issue="close")] == ["Bo Lind"]
    assert assistant.statements(speaker="Fo") == assistant.statements(party="Union", speaker="Lind") == []
