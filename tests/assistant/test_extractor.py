"""An extractor that the user has reads the passages; the real ones are built here, tiny and untrained."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley import Assistant
from parley.index.errors import ModelError
from parley.index.models.extractor import Extractor
from parley.index.models.passage_reader import UNREAD
from parley.index.models.reader_input import ReadablePassage
from parley.index.types import Span
from tests.assistant.texts import documents

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "bridge", "toll", "was", "built", "in", "when", "?", "."]
TEXT = "the bridge was built . the toll was in the bridge ."
PASSAGE = ReadablePassage(TEXT, (Span(0, 22), Span(23, len(TEXT))))


def _model(folder: Path, kind: str) -> Path:
    """A model of a kind with random weights, saved as Hugging Face models are."""
    import torch
    import transformers

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=2
    )
    getattr(transformers, kind)(config).save_pretrained(folder)
    transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("kind", ["BertForQuestionAnswering", "BertForTokenClassification"])
def test_each_sentence_is_read_and_its_words_stand_in_it(tmp_path: Path, kind: str) -> None:
    extractor = Extractor(_model(tmp_path / "model", kind))
    (readings,) = extractor.read("when was the bridge built ?", [PASSAGE])
    for sentence, reading in zip(PASSAGE.sentences, readings, strict=True):
        assert reading.span is not None
        assert sentence.start <= reading.span.start < reading.span.end <= sentence.end
        assert 0 < reading.certainty <= 1
    assert readings[0].score != readings[1].score
    assert extractor.read("when was the bridge built ?", [PASSAGE]) == [readings]


def test_what_is_beyond_the_tokens_read_is_unread(tmp_path: Path) -> None:
    extractor = Extractor(_model(tmp_path / "model", "BertForQuestionAnswering"))
    long = "the bridge . " * 300
    (readings,) = extractor.read("when ?", [ReadablePassage(long, (Span(0, 12), Span(len(long) - 13, len(long) - 1)))])
    assert readings[0].score > UNREAD.score
    assert readings[1] == UNREAD


def test_a_library_is_opened_with_the_folder_of_an_extractor(tmp_path: Path) -> None:
    folder = _model(tmp_path / "model", "BertForQuestionAnswering")
    with Assistant.open(tmp_path / "library", passage_reader=folder) as assistant:
        assistant.add_documents(documents())
        answer = assistant.ask("When was the bridge built?")
    assert answer.hits
    assert all(citation.verified for citation in (*answer.citations, *answer.nearest))
    with pytest.raises(ModelError, match="There is no extractor at"):
        Assistant.open(tmp_path / "library", passage_reader=tmp_path / "nowhere", create=False)


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    extractor = Extractor(_model(tmp_path / "model", "BertForSequenceClassification"))
    with pytest.raises(ModelError, match="marks no words"):
        extractor.read("when ?", [PASSAGE])
