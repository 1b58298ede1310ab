"""Nearest passages by meaning: a FAISS index over the catalogue's vectors. The only module that knows FAISS.

The index is a cache. Its file carries the state of the catalogue (number and mark of its last change); what came and went since
is read from there, which is exact because ids are never reused and vectors never change. So the file need not be written at
every change: the catalogue is its journal.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.index.files import make_private_file
from parley.index.store.change_log import State
from parley.index.types import FloatMatrix

_HEADER = struct.Struct("<8sq16sI")
_MAGIC, _EARLIER = b"PARLEY02", b"PARLEY01"

_SPECIFICATION = "IDMap2,SQfp16"
"""Half floats, as the catalogue keeps them: nothing is lost, nothing is trained, so every way to the same passages gives the
same scores; a search of 100,000 takes two thirds of the time that full floats take, in half the memory."""

_MOST_HIDDEN = 200
"""Removed vectors that are merely left out of what is found; with more, they are taken out, which moves all that come after."""


class DenseIndex:
    """Vectors by passage id with inner-product search; the vectors have length 1, so the score is the cosine."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._index = self._empty()
        self._hidden: set[int] = set()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return int(self._index.ntotal) - len(self._hidden)

    @property
    def ids(self) -> NDArray[np.int64]:
        """Ids of all vectors held, ascending."""
        import faiss

        held = np.sort(faiss.vector_to_array(self._index.id_map))
        return np.setdiff1d(held, np.fromiter(self._hidden, dtype=np.int64), assume_unique=True)

    def add(self, ids: Sequence[int], vectors: FloatMatrix) -> None:
        """Hold one more vector per id; an id must not be held already."""
        if not len(ids):
            return
        with self._lock:
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the vectors with these ids, those of them that are held; they are never held again."""
        with self._lock:
            self._hidden.update(ids)
            if len(self._hidden) > _MOST_HIDDEN:
                self._take_out_hidden()

    def search(self, query: FloatMatrix, k: int, *, allowed: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passages as (id, cosine), best first, ties by id; only ids in `allowed` if that is given.

        `allowed` is ascending.
        """
        parameters = _only(allowed) if allowed is not None else None
        with self._lock:
            if not self._index.ntotal:
                return []
            wanted = min(k + len(self._hidden), self._index.ntotal)
            scores, ids = self._index.search(query, wanted, params=parameters)
            hidden = self._hidden if not self._hidden else self._hidden.copy()
        found = [
            (int(key), float(score)) for key, score in zip(ids[0], scores[0], strict=True) if key >= 0 and int(key) not in hidden
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def save(self, path: Path, state: State) -> None:
        """Write a snapshot with the catalogue's state; a reader sees the old file or the new one, never a part."""
        import faiss

        with self._lock:
            self._take_out_hidden()
            payload = memoryview(faiss.serialize_index(self._index))  # type: ignore[arg-type]
        # Only the holder of the write lock saves, so one name is enough, and what a killed process left is written over.
        temporary = path.with_name(f"{path.name}.tmp")
        make_private_file(temporary)
        with temporary.open("wb") as stream:
            stream.write(_HEADER.pack(_MAGIC, state.number, state.mark.encode("ascii"), zlib.crc32(payload)))
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)

    def load(self, path: Path) -> State | None:
        """Read a snapshot; returns the state it is of, or `None` where there is none that fits (the index stays empty)."""
        import faiss

        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size <= _HEADER.size:
                    return None
                # Mapped and not read: the index that is made of it is a copy, and two are enough.
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except FileNotFoundError:
            return None
        magic, change, mark, checksum = _HEADER.unpack(content[: _HEADER.size])
        payload = content[_HEADER.size :]
        if magic != _MAGIC or zlib.crc32(payload) != checksum:
            return None
        index: Any = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        kinds = {type(faiss.downcast_index(item.index)) for item in (index, self._index)}
        if index.d != self._dimension or len(kinds) > 1:
            return None
        self._index = index
        self._hidden = set()
        return State(int(change), mark.decode("ascii"))

    def _take_out_hidden(self) -> None:
        if self._hidden:
            self._index.remove_ids(np.fromiter(self._hidden, dtype=np.int64))
            self._hidden = set()

    def _empty(self) -> Any:  # noqa: ANN401  (FAISS is imported lazily and has no types)
        import faiss

        return faiss.index_factory(self._dimension, _SPECIFICATION, faiss.METRIC_INNER_PRODUCT)


def is_earlier(path: Path) -> bool:
    """Whether a snapshot is of an earlier version, which does not tell its state well enough."""
    with path.open("rb") as file:
        return file.read(len(_EARLIER)) == _EARLIER


def _only(allowed: NDArray[np.int64]) -> Any:  # noqa: ANN401  (FAISS is imported lazily and has no types)
    """What makes a search look at these ids alone: a bit for every id up to the last of them."""
    import faiss

    bits = np.zeros(int(allowed[-1]) + 1 if len(allowed) else 1, dtype=np.uint8)
    bits[allowed] = 1
    selector: Any = faiss.IDSelectorBitmap  # FAISS tells types of its constructors that its wrappers in Python do not have
    return faiss.SearchParameters(sel=selector(np.packbits(bits, bitorder="little")))  # type: ignore[call-arg]
