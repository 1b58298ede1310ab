"""A short soak: nothing mixed, nothing lost; `python -m tests.soak` does it for long and with figures."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from parley import Assistant, Document
from tests.soak.clients import soak
from tests.soak.server import served

TEXTS = {
    "port": "“We will reopen the northern port in June,” Harbour Minister Petra Nowak of Tarsia said on Monday.",
    "dam": "Otto Brandl, the envoy of Osk, said the dam gates will stay shut.",
}
QUESTIONS = ["Who said the northern port will reopen?", "What did Otto Brandl say about the dam?"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process takes is read as Linux tells it")
def test_programs_that_ask_at_once_are_answered_each_for_itself(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with Assistant.open(library) as assistant:
        assistant.add_documents([Document.from_text(text, id=name) for name, text in TEXTS.items()])
    with served(library, ["one", "two", "writer", "hostile"]) as server:
        soaked = asyncio.run(soak(server, QUESTIONS, 8, ["one", "two"], writer="writer", hostile="hostile"))
    assert soaked.faults == []
    assert (len(soaked.waits), soaked.other_than_alone) == (8, 0)
    assert soaked.changes >= 2
    assert set(soaked.hostile) <= {200, 429}
    assert soaked.taken[0].memory > 0
