"""Whatever is made of documents is made of those that are left, where one is removed in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parley import Assistant, Document, DocumentNotFoundError
from parley.assistant.serialization import hits_json
from tests.fakes import HashingEmbedder

SAID = "Envoy Orla Venn said that quota {0} was rejected on 3 May 2031."


@pytest.fixture
def assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """An assistant whose first document is removed at the moment when it is read for the first time."""
    with Assistant.open(tmp_path / "library", embedding=HashingEmbedder()) as opened:
        opened.add_documents([Document.from_text(SAID.format(number), id=f"note-{number}") for number in range(3)])
        plain, gone = opened.library.document, []

        def document(name: str) -> Document:
            if name == "note-0" and not gone:
                gone.append(name)
                opened.library.remove(name)
            return plain(name)

        monkeypatch.setattr(opened.library, "document", document)
        yield opened


MADE: dict[str, Callable[[Assistant], set[str]]] = {
    "statements": lambda assistant: {item.document.id for item in assistant.statements()},
    "cited statements": lambda assistant: {item.document.id for item in assistant.cited_statements()},
    "ledger": lambda assistant: {entry.cited.document.id for entry in assistant.ledger().entries},
    "timeline": lambda assistant: {item.cited.document.id for item in assistant.timeline().stated},
    "brief": lambda assistant: {item.document.id for item in assistant.brief().citations},
    "check of a quotation": lambda assistant: {item.document.id for item in assistant.check_quote("was rejected on").citations},
    "hits": lambda assistant: {
        told["document_id"] for told in hits_json(assistant.search("quota rejected"), assistant.library.document)
    },
}


@pytest.mark.parametrize("kind", MADE)
def test_a_document_that_is_removed_in_the_middle_is_left_out(assistant: Assistant, kind: str) -> None:
    found = MADE[kind](assistant)
    # An overview tells what two documents have alike once.
    assert found == {"note-1", "note-2"} or (kind == "brief" and found == {"note-1"})


def test_a_document_that_was_never_there_is_told(assistant: Assistant) -> None:
    with pytest.raises(DocumentNotFoundError):
        assistant.document("note-9")
