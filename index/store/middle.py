"""How near passages are to what documents are about as a whole, from the vectors that are stored anyway."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parley.index.types import FloatMatrix


def nearness_to_middle(documents: Sequence[FloatMatrix]) -> list[list[float]]:
    """For each row of each document its cosine (-1 to 1) to the middle of all of them.

    Every document counts alike, however long it is: the middle is the mean of the documents' means. The cosine to the mean of
    unit vectors grows with the mean cosine to all of them, which is the degree centrality of continuous LexRank.
    """
    filled = [matrix for matrix in documents if len(matrix)]
    if not filled:
        return [[] for _ in documents]
    middle = np.mean([matrix.mean(axis=0) for matrix in filled], axis=0)
    length = float(np.linalg.norm(middle)) or 1.0
    return [[float(value) for value in matrix @ (middle / length)] if len(matrix) else [] for matrix in documents]
