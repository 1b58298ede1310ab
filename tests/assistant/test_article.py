"""The reader on a real news article that lies beside the checkout, with gold evidence for 25 questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from parley.assistant.answer import Answer
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.understanding import understand
from parley.index.library import Library
from parley.index.models.minilm import MiniLMEmbedder
from parley.index.types import Document

pytestmark = [pytest.mark.bench_data, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Item:
    answerable: bool
    start: int | None
    end: int | None
    answer: Answer


@pytest.fixture(scope="module")
def answers(shared: Path, tmp_path_factory: pytest.TempPathFactory, real_embedder: MiniLMEmbedder) -> dict[str, Item]:
    article, questions = shared / "corpus" / "istanbul.txt", shared / "questions" / "istanbul.jsonl"
    for path in (article, questions):
        if not path.exists():
            pytest.skip(f"needs {path.relative_to(shared.parent)}")
    library = Library.open(tmp_path_factory.mktemp("article") / "library", embedder=real_embedder)
    library.add_documents([Document.from_text(article.read_text(encoding="utf-8"), id="article")])
    reader = ExtractiveReader(library)
    found = {}
    for line in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        conversation = Conversation()
        for question in row["turns"]:
            answer = reader.answer(question, question, carried=understand(question, conversation, library))
            conversation = conversation.with_answer(answer)
        found[row["id"]] = Item(row["answerable"], row.get("start"), row.get("end"), answer)
    library.close()
    return found


def test_the_gold_evidence_is_cited(answers: dict[str, Item]) -> None:
    missed = [
        name
        for name, item in answers.items()
        if item.start is not None
        and item.end is not None
        and not any(citation.start < item.end and citation.end > item.start for citation in item.answer.citations)
    ]
    assert len(missed) <= 3, missed


def test_every_quotation_is_a_slice_of_the_article(answers: dict[str, Item]) -> None:
    for item in answers.values():
        for citation in (*item.answer.citations, *item.answer.nearest):
            assert citation.document.text[citation.start : citation.end] == citation.quote
        for sentence in item.answer.sentences:
            for span in sentence.quoted:
                assert any(sentence.text[span.start : span.end] in citation.quote for citation in item.answer.citations)


def test_what_the_article_does_not_tell_is_refused(answers: dict[str, Item]) -> None:
    told = [name for name, item in answers.items() if not item.answerable and not item.answer.abstained]
    assert len(told) <= 1, told


def test_no_sentence_rests_on_two_accounts(answers: dict[str, Item]) -> None:
    """A sentence with a frame of ours cites one statement; only a bare value may be supported by several."""
    for item in answers.values():
        for sentence in item.answer.sentences:
            assert len(sentence.markers) <= 1 or not sentence.text[: sentence.quoted[0].start - 1].strip()
