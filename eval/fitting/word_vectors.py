"""Makes `index/models/word_vectors.npz`: a vector for each common English word, taken from the packaged embedding model.

    python -m parley.eval.fitting.word_vectors index/models/word_vectors.npz

The recipe is that of static embeddings distilled from a sentence encoder (Tulkens and van Dongen 2024, "Model2Vec"): every
whole word of the model's vocabulary is encoded by itself, and the vectors are centred and turned onto their first principal
axes. We keep 96 axes, scale each row to length 1 and store it in one signed byte per axis. Takes a few minutes on one core.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np

from parley.index.models.embedder import SentenceTransformerEmbedder

DIMENSION = 96
_WORD = re.compile(r"[a-z]+|\d{1,4}")
_BATCH = 1024


def vocabulary(folder: Path) -> list[str]:
    """The whole words of a model's `vocab.txt`, in its order: lower-case Latin letters, or up to four digits."""
    entries = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [entry for entry in dict.fromkeys(entries) if _WORD.fullmatch(entry)]


def principal_axes(vectors: np.ndarray, count: int) -> np.ndarray:
    """`vectors`, shape (n, d), centred and turned onto their first `count` principal axes, rows of length 1."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    turned = centred @ axes[:count].T
    unit: np.ndarray = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    return unit


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Make the word vectors that the reader compares words by.")
    parser.add_argument("output", type=Path)
    output: Path = parser.parse_args().output
    embedder = SentenceTransformerEmbedder()
    words = vocabulary(embedder.folder)
    batches = [embedder.embed_passages(words[start : start + _BATCH]) for start in range(0, len(words), _BATCH)]
    unit = principal_axes(np.concatenate(batches).astype(np.float64), DIMENSION)
    stored = np.round(unit / np.abs(unit).max() * 127).astype(np.int8)
    np.savez_compressed(output, words=np.array(words), vectors=stored)


if __name__ == "__main__":
    main()
