"""The label of a turn and the signature below a post are nobody's words, so they are never cited as an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.assistant.evidence.candidates import is_heading, sentence_candidates
from parley.index.library import Library
from parley.index.types import Document
from tests.fakes import HashingEmbedder

RECORD = """Record of the meeting

ANA RUIZ
The port was not discussed today.

MAREK TOLL
We shall discuss it next week.

ANA RUIZ
Then we shall come back with a map.

MAREK TOLL
So shall we."""
POST = """Reactions to the second map

No deal is better than a bad deal.
— Marek Toll (@toll) June 3, 2031

Ruiz said that she trusts both sides."""


SAID = [(RECORD, "We shall discuss it next week."), (POST, "No deal is better than a bad deal.")]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_label_counts_as_a_heading_and_what_is_said_does_not(
    text: str, said: str, tmp_path: Path, fake_embedder: HashingEmbedder
) -> None:
    library = Library.open(tmp_path / "library", embedder=fake_embedder)
    library.add_documents([Document.from_text(text, id="record", language="en")])
    found = sentence_candidates(library, library.search("Who said that?", k=5))
    told = [item.text for item in found if not is_heading(item)]
    assert any(said in item for item in told)
    assert [item for item in told if item.strip() in {"ANA RUIZ", "MAREK TOLL", "— Marek Toll (@toll) June 3, 2031"}] == []
