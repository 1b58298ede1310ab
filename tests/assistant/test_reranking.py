"""A cross-encoder that the user has re-orders the best sentences; the real one is built here, tiny and untrained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from parley import Assistant
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.reading.reranking import Reranker
from parley.index.errors import ModelError
from parley.index.models.cross_encoder import CrossEncoder
from parley.index.types import SearchFilter
from tests.assistant.texts import documents, library_of

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "bridge", "toll", "was", "built", "in", "when", "?", "."]


class Preferring:
    """Prefers texts that hold a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def relevance(self, question: str, texts: Sequence[str]) -> list[float]:
        assert question
        return [0.99 if self.word in text else 0.01 for text in texts]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder with random weights, saved as a Hugging Face model is."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def _rerankers(tiny: Path) -> list[Reranker]:
    return [Preferring("bridge"), CrossEncoder(tiny)]


def test_every_text_gets_a_figure_of_its_own(tiny: Path) -> None:
    for reranker in _rerankers(tiny):
        texts = ["the bridge was built .", "the toll .", "the bridge was built ."]
        figures = reranker.relevance("when was the bridge built ?", texts)
        assert all(0 <= figure <= 1 for figure in figures)
        assert figures[0] == pytest.approx(figures[2], abs=1e-5)
        assert reranker.relevance("when ?", []) == []


def test_the_preferred_sentence_comes_first(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library", documents())
    question = "What is said about the bridge?"
    plain = ExtractiveReader(library).inquire(question, SearchFilter()).scored
    first = plain[0].candidate.text
    word = next(word for item in plain[1:6] for word in item.candidate.text.split() if word.isalpha() and word not in first)
    moved = ExtractiveReader(library, reranker=Preferring(word)).inquire(question, SearchFilter()).scored
    assert word in moved[0].candidate.text
    assert {item.candidate.span for item in moved} == {item.candidate.span for item in plain}


def test_a_library_is_opened_with_the_folder_of_a_model(tmp_path: Path, tiny: Path) -> None:
    with Assistant.open(tmp_path / "library", reranker=tiny) as assistant:
        assistant.add_documents(documents())
        answer = assistant.ask("When was the bridge built?")
    assert answer.citations
    assert all(citation.verified for citation in answer.citations)
    with pytest.raises(ModelError, match="There is no cross-encoder at"):
        Assistant.open(tmp_path / "library", reranker=tmp_path / "nowhere", create=False)
