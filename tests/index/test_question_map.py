"""Questions' vectors are turned towards passages that answer; those of other models and all passages stay as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parley import Assistant
from parley.index.errors import ModelError
from parley.index.models import question_map
from parley.index.models.minilm import MiniLMEmbedder
from parley.index.models.question_map import question_vector
from tests.fakes import HashingEmbedder

QUESTION = "Whose idea was it to open the ferry in May?"
ANSWER = "The harbour master suggested that the crossing begin running that spring."


def test_a_question_is_turned_and_stays_near_to_what_it_means() -> None:
    embedder = MiniLMEmbedder()
    vector = question_vector(embedder, QUESTION)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    assert 0.8 < float((vector @ embedder.embed_query(QUESTION).T)[0, 0]) < 0.999


def test_vectors_of_other_models_stay_as_they_are() -> None:
    embedder = HashingEmbedder()
    assert np.array_equal(question_vector(embedder, QUESTION), embedder.embed_query(QUESTION))


def test_a_library_searches_with_the_turned_vector(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(ANSWER, encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add(tmp_path / "ferry.txt")
        (hit,) = assistant.library.search(QUESTION, engines=("dense",))
        embedder = assistant.library.embedder
    wanted = question_vector(embedder, QUESTION) @ embedder.embed_passages([ANSWER]).T
    assert hit.dense == pytest.approx(float(wanted[0, 0]), abs=1e-3)


def test_another_matrix_than_the_one_that_ships_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "question_map.npz"
    np.savez(path, matrix=np.zeros((384, 384), dtype=np.float16))
    monkeypatch.setattr(question_map, "_FILE", path)
    question_map._matrix.cache_clear()
    try:
        with pytest.raises(ModelError, match="Reinstall Parley"):
            question_vector(MiniLMEmbedder(), QUESTION)
    finally:
        question_map._matrix.cache_clear()
