"""Word vectors tell kinds of things apart; what is not known counts nothing."""

from __future__ import annotations

import numpy as np
import pytest

from parley.index.models.word_vectors import WordVectors, packaged_words


@pytest.mark.parametrize(
    ("noun", "nearer", "farther"),
    [
        ("beverage", "milk", "president"),
        ("country", "hungary", "chicago"),
        ("animal", "horse", "monday"),
        ("sport", "skiing", "norway"),
        ("disease", "cholera", "treaty"),
    ],
)
def test_things_of_a_kind_are_nearer_to_its_noun(noun: str, nearer: str, farther: str) -> None:
    words = packaged_words()
    direction = words.mean([noun])
    assert float(words.mean([nearer]) @ direction) > float(words.mean([farther]) @ direction) + 0.1


def test_rows_have_length_one_and_unknown_words_are_zero() -> None:
    rows = packaged_words().matrix(["treaty", "xqzzv", "border"])
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 0, 1], atol=1e-5)


def test_the_mean_of_two_words_lies_between_them() -> None:
    words = WordVectors(["north", "east"], np.array([[0, 2], [3, 0]], dtype=np.float32))
    assert np.allclose(words.mean(["north", "east"]), [2**-0.5, 2**-0.5])
    assert np.allclose(words.mean(["unknown"]), [0, 0])
