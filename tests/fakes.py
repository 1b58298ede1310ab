"""Deterministic stand-ins that keep the same contracts as the real things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from parley.index.types import FloatMatrix


class HashingEmbedder:
    """Words hashed to random directions and summed: texts that share words are near, and nothing has to be loaded."""

    def __init__(self, *, name: str = "hashing", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.sha256 = sha256(f"{name}-{dimension}".encode()).hexdigest()
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.embedded.extend(texts)
        return self._matrix(texts)

    def embed_query(self, text: str) -> FloatMatrix:
        return self._matrix([text])

    def _matrix(self, texts: Sequence[str]) -> FloatMatrix:
        rows = [self._row(text) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    def _row(self, text: str) -> FloatMatrix:
        row = np.full(self.dimension, 1e-3)
        for word in re.findall(r"\w+", text.lower()):
            seed = int.from_bytes(sha256(word.encode()).digest()[:8], "big")
            row += np.random.default_rng(seed).standard_normal(self.dimension)
        return (row / np.linalg.norm(row)).astype(np.float32)
