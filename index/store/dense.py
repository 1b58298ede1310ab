"""Nearest passages by meaning: a FAISS index over the catalogue's vectors. The only module that knows FAISS.

The index is a cache. Its file carries the catalogue's change number; on opening, whatever differs from the catalogue's
set of passage ids is removed or added, which is exact because ids are never reused and vectors never change.
"""

from __future__ import annotations

import os
import struct
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from parley.index.types import FloatMatrix

_HEADER = struct.Struct("<8sqI")
_MAGIC = b"PARLEY01"

_SPECIFICATION = "IDMap2,SQfp16"
"""Half floats, as the catalogue keeps them: nothing is lost, nothing is trained, so every way to the same passages gives the
same scores; a search of 100,000 takes two thirds of the time that full floats take, in half the memory."""


class DenseIndex:
    """Vectors by passage id with inner-product search; the vectors have length 1, so the score is the cosine."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._index = self._empty()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def ids(self) -> set[int]:
        """Ids of all vectors held."""
        import faiss

        return set(faiss.vector_to_array(self._index.id_map).tolist())

    def add(self, ids: Sequence[int], vectors: FloatMatrix) -> None:
        """Hold one more vector per id; an id must not be held already."""
        if not len(ids):
            return
        with self._lock:
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the vectors with these ids."""
        if len(ids):
            with self._lock:
                self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    def search(self, query: FloatMatrix, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passages as (id, cosine), best first, ties by id; only ids in `allowed` if that is given."""
        import faiss

        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        with self._lock:
            if not self._index.ntotal:
                return []
            scores, ids = self._index.search(query, min(k, self._index.ntotal), params=parameters)
        found = [(int(key), float(score)) for key, score in zip(ids[0], scores[0], strict=True) if key >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def save(self, path: Path, change: int) -> None:
        """Write a snapshot with the catalogue's change number; a reader sees the old file or the new one, never a part."""
        import faiss

        with self._lock:
            payload = faiss.serialize_index(self._index).tobytes()
        # Only the holder of the write lock saves, so one name is enough, and what a killed process left is written over.
        temporary = path.with_name(f"{path.name}.tmp")
        with temporary.open("wb") as stream:
            stream.write(_HEADER.pack(_MAGIC, change, zlib.crc32(payload)))
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)

    def load(self, path: Path) -> int | None:
        """Read a snapshot; returns its change number, or `None` where there is none that fits (the index stays empty)."""
        import faiss

        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if len(content) < _HEADER.size:
            return None
        magic, change, checksum = _HEADER.unpack(content[: _HEADER.size])
        payload = content[_HEADER.size :]
        if magic != _MAGIC or zlib.crc32(payload) != checksum:
            return None
        index: Any = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        kinds = {type(faiss.downcast_index(item.index)) for item in (index, self._index)}
        if index.d != self._dimension or len(kinds) > 1:
            return None
        self._index = index
        return int(change)

    def _empty(self) -> Any:  # noqa: ANN401  (FAISS is imported lazily and has no types)
        import faiss

        return faiss.index_factory(self._dimension, _SPECIFICATION, faiss.METRIC_INNER_PRODUCT)
