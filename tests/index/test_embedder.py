"""The contract of an embedder, kept by the real model and by the stand-in alike; and the real weights' identity."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from parley.index.errors import ModelError
from parley.index.models.embedder import DEFAULT_MODEL_SHA256, SentenceTransformerEmbedder
from parley.index.types import Embedder
from tests.fakes import HashingEmbedder

TEXTS = ["The ceasefire was agreed in principle.", "Dockers rejected the wage offer.", "İstanbul'da görüşmeler sürdü.", ""]


@pytest.fixture(params=["real", "stand-in"])
def embedder(request: pytest.FixtureRequest, real_embedder: SentenceTransformerEmbedder) -> Embedder:
    return real_embedder if request.param == "real" else HashingEmbedder()


def test_rows_are_unit_vectors_in_order(embedder: Embedder) -> None:
    matrix = embedder.embed_passages(TEXTS)
    assert matrix.shape == (len(TEXTS), embedder.dimension)
    assert matrix.dtype == np.float32
    assert np.linalg.norm(matrix, axis=1) == pytest.approx(1.0, abs=1e-4)
    alone = np.vstack([embedder.embed_passages([text]) for text in TEXTS])
    assert np.sum(matrix * alone, axis=1) == pytest.approx(1.0, abs=1e-2)


def test_a_question_finds_its_passage(embedder: Embedder) -> None:
    query = embedder.embed_query("Who rejected the wage offer?")
    assert query.shape == (1, embedder.dimension)
    similarity = embedder.embed_passages(TEXTS) @ query[0]
    assert int(np.argmax(similarity)) == 1


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_the_same_text_gives_the_same_vector(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed_query("again"), embedder.embed_query("again"))


def test_the_kept_vector_of_a_question_cannot_be_spoilt(real_embedder: SentenceTransformerEmbedder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        real_embedder.embed_query("again")[:] *= 2


def test_the_real_weights_are_the_published_ones(real_embedder: SentenceTransformerEmbedder) -> None:
    assert real_embedder.sha256 == DEFAULT_MODEL_SHA256


def test_altered_weights_are_refused(real_embedder: SentenceTransformerEmbedder, tmp_path: Path) -> None:
    folder = shutil.copytree(real_embedder.folder, tmp_path / "model")
    with (folder / "model.safetensors").open("ab") as stream:
        stream.write(b"x")
    altered = SentenceTransformerEmbedder(str(folder), sha256_expected=DEFAULT_MODEL_SHA256)
    with pytest.raises(ModelError, match=f"expected {DEFAULT_MODEL_SHA256}"):
        altered.embed_query("x")


def test_any_other_model_folder_can_be_named(real_embedder: SentenceTransformerEmbedder) -> None:
    other = SentenceTransformerEmbedder(str(real_embedder.folder))
    assert other.dimension == 384
    assert np.array_equal(other.embed_query("again"), real_embedder.embed_query("again"))


@pytest.mark.parametrize(
    ("model", "message"), [("nobody/no-such-model", "neither a folder nor"), ("{empty}", "holds no weights")]
)
def test_models_that_are_not_there(model: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=message):
        SentenceTransformerEmbedder(model.format(empty=tmp_path)).embed_query("x")
