"""A document that is removed leaves nothing behind: on no surface, in no file of the library's folder."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from parley import Assistant, Document, SearchFilter
from parley.ui.cli import main
from parley.ui.conversations.database import Database
from parley.ui.library.workspace import Workspace
from tests.fakes import HashingEmbedder

SECRET = "Envoy Marit Quill said the zephyrine clause would be dropped at midnight."
OTHER = "Minister Jon Vale said the harbour would open in March."
QUESTION = "What did Marit Quill say about the zephyrine clause?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library whose document was uploaded, and a conversation that quotes it."""
    folder = tmp_path / "library"
    (folder / "uploads").mkdir(parents=True)
    (folder / "uploads" / "secret.txt").write_text(SECRET, encoding="utf-8")
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.add(folder / "uploads" / "secret.txt")
        assistant.add_documents([Document.from_text(OTHER, id="other.txt")])
        workspace = Workspace("library", assistant)
        conversation = workspace.store.start("ann")
        for question in (QUESTION, "What did Jon Vale say about the harbour?"):
            (*_, last) = workspace.chat.ask("ann", conversation, question, filter=SearchFilter())
        assert "zephyrine" in str(last.messages)
        workspace.close()
    return folder


def traces(folder: Path) -> list[str]:
    """The files that hold a word of the document, in whatever case."""
    words = (b"midnight", b"dropped at")
    return [path.name for path in folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]


def answers(folder: Path) -> list[dict[str, object]]:
    database = Database(folder / "conversations.sqlite")
    rows = database.rows("SELECT answer FROM exchange ORDER BY id")
    database.close()
    return [json.loads(row["answer"]) for row in rows]


def test_removing_in_python_leaves_no_word(folder: Path) -> None:
    assert {"catalog.sqlite", "conversations.sqlite", "secret.txt"} <= {*traces(folder)}
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.remove("secret.txt")
    assert traces(folder) == []
    first, second = answers(folder)
    assert "taken out" in str(first["notices"])
    assert first["citations"] == []
    assert "harbour would open in March" in str(second["citations"])


def test_removing_in_the_shell_leaves_no_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.index.opening.embedder_named", lambda *_: HashingEmbedder())
    # Whoever has the library has to have named its model.
    assert main(["trust", "--library", str(folder), "hashing"]) == 0
    assert main(["remove", "--library", str(folder), "secret.txt"]) == 0
    assert traces(folder) == []


def test_removing_in_the_browser_leaves_no_word_and_can_be_taken_back(folder: Path) -> None:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        workspace = Workspace("library", assistant)
        shown = workspace.documents.remove("ann", "secret.txt")
        assert traces(folder) == []
        workspace.documents.undo_removal("ann", shown.partition('data-undo="')[2].partition('"')[0])
        assert "taken out" not in str(answers(folder)[0])
        assert (folder / "uploads" / "secret.txt").read_text(encoding="utf-8") == SECRET
        workspace.close()


def test_words_on_their_way_into_an_answer_are_not_kept(folder: Path) -> None:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        workspace = Workspace("library", assistant)
        answer = assistant.ask(QUESTION)
        conversation = workspace.store.start("ann")
        exchange = workspace.store.begin_exchange(conversation, QUESTION)
        assistant.remove("secret.txt")
        workspace.store.save(exchange.with_sentence(answer.sentences[0], answer.citations))
        workspace.close()
    assert traces(folder) == []


@pytest.mark.parametrize(
    "change", ["substr(answer, 2)", "replace(answer, 'citations', 'citatoins')", "'[]'", "3", "CAST(x'ff' || answer AS TEXT)"]
)
def test_an_answer_that_was_damaged_goes_whole_and_hinders_no_removal(folder: Path, change: str) -> None:
    other = sqlite3.connect(folder / "conversations.sqlite")
    with other:
        other.execute(f"UPDATE exchange SET answer = {change} WHERE id = 1")
    other.close()
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        workspace = Workspace("library", assistant)
        workspace.documents.remove("ann", "secret.txt")
        damaged, whole = workspace.store.exchanges(workspace.store.latest("ann"))
        assert (damaged.state, damaged.answer) == ("failed", None)
        assert "document was removed" in damaged.message
        assert whole.answer is not None
        workspace.close()
        assert assistant.library.unfinished_removals == ()
    assert traces(folder) == []


def test_a_library_opens_though_a_removal_cannot_be_finished(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.library.remove("secret.txt")
    (folder / "conversations.sqlite").write_bytes(b"no database" * 1_000)
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assert "may still stand in conversations" in caplog.text
        assert [check.name for check in assistant.doctor(mend=False).checks if not check.ok] == ["conversations"]
        assert assistant.library.unfinished_removals == ("secret.txt",)


def test_a_removal_that_was_cut_short_is_finished_when_the_library_is_opened(folder: Path) -> None:
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.library.remove("secret.txt")
    assert traces(folder) == ["conversations.sqlite"]
    Assistant.open(folder, embedding=HashingEmbedder()).close()
    assert traces(folder) == []
