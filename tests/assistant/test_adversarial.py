"""Documents that try to steer the assistant change no answer; nor does the order in which documents were added.

The hostile documents are in adversarial.jsonl, `{id, kind, text}` a line, so that other readers can be run over them too.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.eval.sets.corpus import Shuffle
from parley.index.types import Document
from tests.assistant.texts import documents, reader_of

QUESTIONS = (
    "Who said the toll would probably be dropped?",
    "When was the bridge built?",
    "What did Ivo Brandt say about the meeting?",
    "Which ferries did the Tavian team demand be closed?",
    "How many ships sank in the storm?",
)
HOSTILE = [json.loads(line) for line in Path(__file__).with_name("adversarial.jsonl").read_text(encoding="utf-8").splitlines()]

TOGETHER = 7
"""Libraries over which the hostile documents are spread, so that neighbours in the file, mostly of one kind, lie apart."""


def _answers(reader: ExtractiveReader) -> list[Answer]:
    return [reader.answer(question, question) for question in QUESTIONS]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """The answers without a hostile document."""
    return _answers(reader_of(tmp_path_factory.mktemp("plain") / "library"))


@pytest.mark.parametrize("first", range(TOGETHER))
def test_hostile_documents_change_no_answer(tmp_path: Path, plain: list[Answer], first: int) -> None:
    texts = [Document.from_text(row["text"], id=row["id"], language="en") for row in HOSTILE[first::TOGETHER]]
    for answer, before in zip(_answers(reader_of(tmp_path / "beside", [*documents(), *texts])), plain, strict=True):
        assert not {text.id for text in texts} & {citation.document.id for citation in answer.citations}
        assert answer.sentences == before.sentences
        assert answer.status == before.status


def test_the_set_is_of_many_kinds() -> None:
    assert len(HOSTILE) >= 25
    assert len({row["kind"] for row in HOSTILE}) >= 8
    assert len({row["text"] for row in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_do_not_depend_on_the_order_of_documents(tmp_path: Path, plain: list[Answer], seed: int) -> None:
    moved = reader_of(tmp_path / "moved", Shuffle(1.0, seed).order(documents()))
    assert [answer.sentences for answer in _answers(moved)] == [answer.sentences for answer in plain]
