"""The contract of an embedder, kept by the real model and by the stand-in alike; and the real weights' identity."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from parley.index.errors import ModelError
from parley.index.models import minilm
from parley.index.models.embedder import SentenceTransformerEmbedder, embedder_named
from parley.index.models.minilm import DEFAULT_MODEL_SHA256, MOST_TOKENS, MiniLMEmbedder
from parley.index.types import Embedder
from tests.fakes import HashingEmbedder

TEXTS = ["The ceasefire was agreed in principle.", "Dockers rejected the wage offer.", "İstanbul'da görüşmeler sürdü.", ""]


@pytest.fixture(params=["real", "stand-in"])
def embedder(request: pytest.FixtureRequest, real_embedder: MiniLMEmbedder) -> Embedder:
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


def test_the_kept_vector_of_a_question_cannot_be_spoilt(real_embedder: MiniLMEmbedder) -> None:
    with pytest.raises(ValueError, match="read-only"):
        real_embedder.embed_query("again")[:] *= 2


def test_the_real_weights_are_the_published_ones(real_embedder: MiniLMEmbedder) -> None:
    assert real_embedder.sha256 == DEFAULT_MODEL_SHA256


def test_altered_weights_are_refused(real_embedder: MiniLMEmbedder, tmp_path: Path) -> None:
    folder = shutil.copytree(real_embedder.folder, tmp_path / "model")
    with (folder / "model.safetensors").open("ab") as stream:
        stream.write(b"x")
    named = SentenceTransformerEmbedder(str(folder), sha256_expected=DEFAULT_MODEL_SHA256)
    for altered in (MiniLMEmbedder(folder / "model.safetensors"), named):
        with pytest.raises(ModelError, match=f"expected {DEFAULT_MODEL_SHA256}"):
            altered.embed_query("x")


def test_the_vectors_are_those_of_sentence_transformers(real_embedder: MiniLMEmbedder) -> None:
    """So a library made by one goes on with the other. Questions in full; passages as well, which the other rounds by default."""
    theirs = SentenceTransformerEmbedder(str(real_embedder.folder))
    assert theirs.dimension == 384
    long = "The delegations met again in the old harbour hall and went through the seventh annex line by line. " * 30
    texts = [*TEXTS, "\n\t Leading blanks", "Ünïcödé — “quotes” 北京 🙂", "a\u0301 word in two code points", long]
    ours = np.vstack([real_embedder.embed_query(text) for text in texts])
    expected = np.vstack([theirs.embed_query(text) for text in texts])
    assert np.sum(ours * expected, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert np.abs(ours - expected).max() < 2e-6
    assert np.array_equal(real_embedder.embed_passages(texts), ours)


def test_a_text_is_read_up_to_its_256th_token(real_embedder: MiniLMEmbedder) -> None:
    words = ["dam"] * (MOST_TOKENS - 2)
    vectors = real_embedder.embed_passages([" ".join(words), " ".join([*words, "gate"]), " ".join([*words[:-1], "gate"])])
    assert np.array_equal(vectors[0], vectors[1])
    assert not np.allclose(vectors[0], vectors[2], atol=1e-4)


def test_the_default_model_is_known_by_its_name() -> None:
    assert isinstance(embedder_named(), MiniLMEmbedder)
    assert isinstance(embedder_named("nobody/no-such-model"), SentenceTransformerEmbedder)


def test_the_graph_is_the_one_that_the_recipe_writes() -> None:
    from parley.eval.fitting.minilm_graph import minilm_graph

    shipped = Path(minilm.__file__).with_name("minilm.onnx").read_bytes()
    assert minilm_graph().SerializeToString(deterministic=True) == shipped


def test_encoding_needs_nothing_that_trains_models(real_embedder: MiniLMEmbedder) -> None:
    code = (
        "import sys; from parley.index.models.minilm import MiniLMEmbedder; MiniLMEmbedder().embed_query('x'); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'safetensors', 'huggingface_hub'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("model", "message"), [("nobody/no-such-model", "neither a folder nor"), ("{empty}", "holds no weights")]
)
def test_models_that_are_not_there(model: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=message):
        SentenceTransformerEmbedder(model.format(empty=tmp_path)).embed_query("x")
