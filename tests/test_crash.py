"""A process killed at any moment leaves a library that opens at its last complete state."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parley import Assistant, Document
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder

KILLS = 10
_ADDING = """
import sys
from parley import Assistant, Document
from tests.fakes import HashingEmbedder
assistant = Assistant.open(sys.argv[1], embedding=HashingEmbedder())
print("ready", flush=True)
for round_number in range(1000):
    documents = [
        Document.from_text(
            f"The envoy of province {number} said in round {round_number} that quota {number} was rejected. "
            f"Minister Orla Venn told the Post that gate {number} will open. " * 8,
            id=f"report-{number}", title=f"Report {number}",
        )
        for number in range(round_number % 7, 40)
    ]
    assistant.add_documents(documents)
    assistant.remove(f"report-{20 + round_number % 15}")
"""


def _kill_while_adding(folder: Path, delay: float) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", _ADDING, str(folder)], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _assert_whole(folder: Path, asked: int) -> int:
    """Check every citation of some answers; returns how many citations were checked."""
    checked = 0
    with Assistant.open(folder, embedding=HashingEmbedder(), create=False) as assistant:
        assert assistant.doctor().ok
        stored = {document.id: document for document in assistant.documents()}
        for identifier, document in stored.items():
            passages = assistant.library.passages(identifier)
            assert "".join(document.text.split()) == "".join("".join(document.text[p.start : p.end].split()) for p in passages)
        for number in range(asked):
            answer = assistant.ask(f"Who said that quota {number % 40} was rejected?")
            for citation in (*answer.citations, *answer.nearest):
                assert stored[citation.document.id].text[citation.start : citation.end] == citation.quote
                checked += 1
    return checked


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    moments = random.Random(7)
    checked = 0
    # On a busy machine the first kills come before the first batch is stored; there is something to cite all the same.
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.add_documents([Document.from_text("The envoy said that quota 0 was rejected.", id="report-first")])
    for kill in range(KILLS):
        _kill_while_adding(folder, moments.uniform(0.0, 0.8))
        checked += _assert_whole(folder, 20 if kill == KILLS - 1 else 5)
    assert checked > 25


def test_an_interrupted_transaction_is_not_there(tmp_path: Path) -> None:
    """The state before is complete: same documents, same answer."""
    folder = tmp_path / "library"
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assistant.add_documents([Document.from_text("The envoy said quota 3 was rejected.", id="first")])
        before = assistant.ask("Who said quota 3 was rejected?")
    _kill_while_adding(folder, 0.0)
    with Assistant.open(folder, embedding=HashingEmbedder()) as assistant:
        assert "first" in {document.id for document in assistant.documents()}
        for document in assistant.documents():
            if document.id != "first":
                assistant.remove(document.id)
        after = assistant.ask("Who said quota 3 was rejected?")
    assert (after.text, after.status) == (before.text, before.status)
