"""The matrix for questions is learnt from examples, and finds what it was not shown."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage
from parley.eval.fitting.question_map import Pairs, fitted, found_within, pairs_of
from parley.index.models.minilm import MiniLMEmbedder


def _pairs(seed: int, count: int, hidden: torch.Tensor) -> Pairs:
    """Questions that are their passages' vectors, turned by a matrix that is the same for all sets."""
    passages = torch.nn.functional.normalize(torch.tensor(np.random.default_rng(seed).normal(size=(count, 384))).float(), dim=1)
    return Pairs(torch.nn.functional.normalize(passages @ hidden, dim=1), passages, torch.eye(count, dtype=torch.bool))


@pytest.mark.slow
def test_what_turns_all_questions_alike_is_learnt() -> None:
    chance = np.random.default_rng(1)
    low = torch.tensor(chance.normal(size=(384, 8)) @ chance.normal(size=(8, 384))).float() / 20
    hidden = torch.eye(384) + low
    matrix = fitted(_pairs(2, 400, hidden), _pairs(3, 400, hidden), steps=60)
    unseen = _pairs(4, 300, hidden)
    assert found_within(unseen, matrix, 1) > found_within(unseen, torch.zeros(384, 384), 1)


def test_only_answered_questions_count_and_passages_are_embedded_behind_their_header() -> None:
    right = ExamplePassage("It opens in May.", ((0, 16),), title="Ferry", right=(0,))
    other = ExamplePassage("Nobody came.", ((0, 12),))
    answered = Example("a", "d", "When?", ("What of the ferry?",), (other, right))
    unanswered = Example("b", "d", "Who?", (), (other,))
    embedder = MiniLMEmbedder()
    pairs = pairs_of([answered, unanswered], embedder)
    assert np.allclose(pairs.questions.numpy(), embedder.embed_query("What of the ferry? When?"))
    assert np.allclose(pairs.passages.numpy(), embedder.embed_passages(["Nobody came.", "Ferry. It opens in May."]), atol=1e-6)
    assert pairs.right.tolist() == [[False, True]]
    assert pairs_of([answered], embedder, others=False).right.tolist() == [[True]]
