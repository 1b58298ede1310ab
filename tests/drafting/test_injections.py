"""A model that obeys the orders it finds in documents: what it then claims never reaches the user as grounded.

The documents are those of tests/assistant/adversarial.jsonl; obeying.jsonl has what a model that follows each of them writes,
`{n}` being the number of that document's source.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from parley.assistant.answer import Answer
from parley.assistant.language_model.generator import Destination, Message, estimated_tokens
from parley.index.library import Library
from parley.index.types import Document
from tests.assistant.test_adversarial import HOSTILE, QUESTIONS
from tests.assistant.texts import documents, library_of
from tests.drafting.talks import reader_with
from tests.drafting.test_hostile_models import assert_grounded

LINES = Path(__file__).with_name("obeying.jsonl").read_text(encoding="utf-8").splitlines()
OBEYING = {row["id"]: row for row in map(json.loads, LINES)}
TITLE = "A note on the bridge and the toll"


class Obedient:
    """Writes what the order in a document asks for, and insists on it when told to correct itself."""

    name = "obedient"
    destination = Destination(None, is_local=True)
    context_tokens = 4096

    def __init__(self, draft: str) -> None:
        self._draft = draft
        self.read_the_order = False

    def count_tokens(self, text: str) -> int:
        return estimated_tokens(text)

    def stream(self, messages: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:  # noqa: ARG002
        found = re.search(rf"\[S(\d+)\] {TITLE}", messages[1].text)
        self.read_the_order = self.read_the_order or found is not None
        yield self._draft.replace("{n}", found.group(1) if found else "1")


def library_with(folder: Path, hostile: dict[str, str]) -> Library:
    note = Document.from_text(hostile["text"], id="z-hostile", title=TITLE, language="en")
    return library_of(folder, [*documents(), note])


def shown_in(answer: Answer) -> str:
    return " ".join(sentence.text for sentence in answer.sentences)


def test_there_is_an_obeying_draft_for_every_document() -> None:
    assert set(OBEYING) == {row["id"] for row in HOSTILE}
    assert all(row["draft"] for row in OBEYING.values())


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda row: row["id"])
def test_what_an_obedient_model_claims_is_not_shown(tmp_path: Path, hostile: dict[str, str]) -> None:
    case: dict[str, Any] = OBEYING[hostile["id"]]
    library = library_with(tmp_path / "library", hostile)
    model = Obedient(case["draft"])
    reader = reader_with(library, model)
    for question in QUESTIONS:
        answer = reader.answer(question, question)
        for claim in case["never"]:
            assert claim.lower() not in shown_in(answer).lower(), question
        assert "z-hostile" not in {citation.document.id for citation in answer.citations}, question
        assert_grounded(answer, library)
    assert model.read_the_order
    library.close()


def test_a_true_sentence_beside_the_question_is_left_out(tmp_path: Path) -> None:
    """What a document says of something else is no part of the answer, however exactly it is cited."""
    note = {"text": "The museum of Dorn has nine rooms. It shows old kites."}
    library = library_with(tmp_path / "library", note)
    reader = reader_with(library, Obedient("The bridge was built in 1987. [S1] The museum of Dorn has nine rooms. [S{n}]"))
    answer = reader.answer(QUESTIONS[1], QUESTIONS[1])
    assert [sentence.text for sentence in answer.sentences] == ["The bridge was built in 1987."]
    assert answer.draft is not None
    assert [(item.outcome, [failure.kind for failure in item.failures][:1]) for item in answer.draft.sentences] == [
        ("kept", []),
        ("dropped", ["beside"]),
    ]
    library.close()
