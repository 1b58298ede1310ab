"""What common English words mean, as vectors: to tell that "milk" is a beverage and "Iran" a country without a list of either.

The file `word_vectors.npz` is made by `eval/fitting/word_vectors.py`, which tells the recipe. Words steer which sentence is
chosen; what is shown is always the document's own wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float32]


class WordVectors:
    """Vectors by word; unit rows, so that a dot product is a cosine (-1 to 1)."""

    def __init__(self, words: Sequence[str], vectors: FloatMatrix) -> None:
        """Take one row of `vectors`, shape `(len(words), d)`, for each of `words`, which are lower-case."""
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._rows = {word: row for row, word in enumerate(words)}
        # One more row of zeros stands for every word that is not known.
        self._vectors = np.vstack([vectors / np.where(lengths, lengths, 1), np.zeros((1, vectors.shape[1]))]).astype(np.float32)

    def matrix(self, words: Sequence[str]) -> FloatMatrix:
        """One row per word (folded), shape `(len(words), d)`; zeros for unknown words."""
        unknown = len(self._vectors) - 1
        found: FloatMatrix = self._vectors[[self._rows.get(word, unknown) for word in words]]
        return found

    def mean(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The direction of the words together, of length 1, shape `(d,)`; zeros where none is known."""
        total: NDArray[np.float32] = self.matrix(words).sum(axis=0)
        length = float(np.linalg.norm(total))
        return total / np.float32(length) if length else total


@cache
def packaged_words() -> WordVectors:
    """The vectors that come with Parley."""
    with np.load(Path(__file__).with_name("word_vectors.npz")) as stored:
        return WordVectors([str(word) for word in stored["words"]], stored["vectors"].astype(np.float32))
