"""One library of the invented documents for all promises, with the real models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from parley import Answer, Assistant
from parley.index.models.minilm import MiniLMEmbedder
from tests.promises.documents import DOCUMENTS, QUESTIONS, UNANSWERABLE


@pytest.fixture(scope="session")
def lake_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory, lake_documents: Path, real_embedder: MiniLMEmbedder) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("promises") / "library", embedding=real_embedder) as opened:
        assert opened.add(lake_documents).refused == ()
        yield opened


@pytest.fixture(scope="session")
def answers(lake: Assistant) -> dict[str, Answer]:
    """Every question of the documents with its answer."""
    return {question: lake.ask(question) for question in (*QUESTIONS, *UNANSWERABLE)}
