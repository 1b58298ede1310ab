"""Damaged conversations are set aside and told; one damaged answer costs itself alone."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from pathlib import Path

import pytest

from parley import Assistant, Document, LibraryError
from parley.index.doctor import Check
from parley.ui.conversations.database import NOT_KNOWN, Database
from parley.ui.conversations.store import ConversationStore
from parley.ui.conversations.turns import Exchange
from parley.ui.library.change_log import ChangeLog
from tests.fakes import HashingEmbedder

QUESTION = "Who said that the quota was rejected?"


@pytest.fixture
def assistant(tmp_path: Path):
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents([Document.from_text("The envoy said that the quota was rejected.", id="note")])
        yield opened


def kept(path: Path, assistant: Assistant) -> tuple[Database, ConversationStore, str]:
    database = Database(path)
    store = ConversationStore(database, assistant)
    conversation = store.start("me")
    exchange = store.begin_exchange(conversation, QUESTION)
    store.save(Exchange(exchange.id, QUESTION, QUESTION, "done", assistant.ask(QUESTION)))
    return database, store, conversation


def check_all(assistant: Assistant, path: Path) -> tuple[Check, ...]:
    """The doctor's checks with the conversations in the library's folder."""
    shutil.copy(path, assistant.library.path / "conversations.sqlite")
    return assistant.doctor(mend=False).checks


@pytest.mark.parametrize("damage", ["head", "middle", "other"])
def test_a_damaged_file_is_set_aside_and_told(
    tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    path = tmp_path / "conversations.sqlite"
    database, _, _ = kept(path, assistant)
    database.close()
    content = bytearray(path.read_bytes())
    if damage == "head":
        content[:100] = bytes(100)
    elif damage == "middle":
        content[4096 : 4096 * 3] = b"\xa5" * (4096 * 2)
    else:
        content = bytearray(b"not a database, whatever its name says" * 200)
    path.write_bytes(content)
    looked = {check.name: check for check in check_all(assistant, path)}["conversations"]
    assert not looked.ok
    assert "damaged" in looked.detail
    with caplog.at_level(logging.ERROR):
        database = Database(path)
    store = ConversationStore(database, assistant)
    assert store.entries("me") == []
    assert store.start("me")
    database.close()
    assert {check.name: check.ok for check in check_all(assistant, path)}["conversations"]
    aside = list(tmp_path.glob("conversations.damaged-*.sqlite"))
    assert [item.read_bytes() for item in aside] == [bytes(content)]
    assert f"were set aside as {aside[0].name}" in caplog.text


@pytest.mark.parametrize(
    "change", ["substr(answer, 2)", "replace(answer, 'citations', 'citatoins')", "'[]'", "3", "CAST(x'ff' AS TEXT) || answer"]
)
def test_one_damaged_answer_is_told_and_the_others_are_there(tmp_path: Path, assistant: Assistant, change: str) -> None:
    path = tmp_path / "conversations.sqlite"
    database, store, conversation = kept(path, assistant)
    second = store.begin_exchange(conversation, QUESTION)
    store.save(Exchange(second.id, QUESTION, QUESTION, "done", assistant.ask(QUESTION)))
    other = sqlite3.connect(path)
    with other:
        other.execute(f"UPDATE exchange SET answer = {change} WHERE id < {second.id}")
    other.close()
    damaged, whole = store.exchanges(conversation)
    assert (damaged.state, damaged.answer) == ("failed", None)
    assert "damaged on the disk" in damaged.message
    assert whole.answer is not None
    assert store.search("me", "quota")
    database.close()


def test_a_moment_that_was_damaged_is_told_as_not_known(tmp_path: Path, assistant: Assistant) -> None:
    database, store, _ = kept(tmp_path / "conversations.sqlite", assistant)
    changes = ChangeLog(database)
    changes.note("ann", "added", "note")
    for stored in ("20x1", "2031-03-04", b"\xff"):
        database.write("UPDATE conversation SET changed = ?", (stored,))
        database.write("UPDATE change SET at = ?", (stored,))
        assert [entry.changed for entry in store.entries("me")] == [NOT_KNOWN]
        assert [change.at for change in changes.latest()] == [NOT_KNOWN]
    database.close()


def test_faults_of_the_file_are_ours(tmp_path: Path, assistant: Assistant) -> None:
    database, store, conversation = kept(tmp_path / "conversations.sqlite", assistant)
    other = sqlite3.connect(tmp_path / "conversations.sqlite")
    with other:
        other.execute("DROP TABLE exchange")
    other.close()
    with pytest.raises(LibraryError, match="cannot be read or written"):
        store.exchanges(conversation)
    database.close()
