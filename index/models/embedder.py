"""Embedding models by name: the default one, and any sentence-transformers model that is on this machine.

A model is named by its folder, or by its hub name if it is already in the local cache; nothing is downloaded here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from parley.index.errors import ExtraMissingError, ModelError
from parley.index.lately import Lately
from parley.index.models.cores import Cores
from parley.index.models.minilm import DEFAULT_MODEL, MiniLMEmbedder, packaged_embedder
from parley.index.types import FloatMatrix

_WEIGHT_FILES = ("*.safetensors", "pytorch_model*.bin", "*.onnx")
_BATCH_SIZE = 32

_QUERIES_KEPT = 256
"""Vectors of questions, of some kilobytes each."""


def embedder_named(model: str = DEFAULT_MODEL) -> MiniLMEmbedder | SentenceTransformerEmbedder:
    """The embedder of a model, the same one for all libraries that are open with it; nothing is loaded yet."""
    if model == DEFAULT_MODEL:
        return packaged_embedder()
    with _opening:
        return _in_use.setdefault(model, SentenceTransformerEmbedder(model))


class SentenceTransformerEmbedder:
    """An `Embedder` over sentence-transformers; weights are loaded at first use, so construction is cheap.

    Passages are encoded in bfloat16 where the processor computes in it (about twice as fast, same rankings), with all
    cores, one of which is left to questions while there are some; questions in float32 on one thread, which is fastest for a
    single short text and does not fight other work.
    """

    def __init__(self, model: str, *, sha256_expected: str | None = None) -> None:
        """Take the model's folder or hub name, and the digest that its weights must have, if it is known."""
        self.name = model
        self._expected = sha256_expected
        self._lock = threading.Lock()
        self._cores = Cores()
        self._lately: Lately[str, FloatMatrix] = Lately(_QUERIES_KEPT)

    @cached_property
    def folder(self) -> Path:
        """Where the weights lie. Raises ModelError if they are not on this machine, ExtraMissingError where none can be run."""
        ExtraMissingError.unless_installed("sentence_transformers", extra="standard", purpose="The embedding model")
        return Path(self.name) if Path(self.name).is_dir() else _cached_model_folder(self.name)

    @cached_property
    def sha256(self) -> str:
        """Digest of the weight file, or of the sorted digests where there are several.

        Raises ModelError where the weights are not the expected ones.
        """
        found = _weights_digest(self.folder)
        if self._expected is not None and found != self._expected:
            msg = (
                f"The weights of {self.name} have SHA-256 {found}, expected {self._expected}. "
                "They are not the published model: reinstall the package, or name another model."
            )
            raise ModelError(msg)
        return found

    @property
    def dimension(self) -> int:
        """Length of a vector; the model is loaded for it."""
        return int(self._query_model.get_embedding_dimension())

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """One unit row per text, in order, shape `(len(texts), dimension)`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self._passage_model
        _use_threads(self._cores.for_passages())
        return _encode(model, list(texts))

    def embed_query(self, text: str) -> FloatMatrix:
        """A single unit row, shape `(1, dimension)`, not to be written to: that of a text asked lately is kept.

        A follow-up searches with the question before it as well, and one question may be searched for in several ways.
        """
        self._cores.note_question()
        return self._lately.get(text, lambda: self._encode_query(text))

    def _encode_query(self, text: str) -> FloatMatrix:
        model = self._query_model
        _use_threads(1)
        row = _encode(model, [text])
        row.flags.writeable = False
        return row

    def warm_up(self) -> None:
        """Load what a question needs, so that the first one does not wait for it."""
        self.embed_query("warm-up")

    @cached_property
    def _query_model(self) -> Any:  # noqa: ANN401  (sentence-transformers is imported lazily)
        with self._lock:
            return _load(self.folder, self.sha256)

    @cached_property
    def _passage_model(self) -> Any:  # noqa: ANN401
        folder = self.folder
        import torch

        if not torch.backends.cpu.get_cpu_capability().startswith("AVX512") or not has_bfloat16():
            return self._query_model
        with self._lock:
            return _load(folder, self.sha256).to(torch.bfloat16)


def _cached_model_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, ValueError) as error:
        msg = (
            f"The embedding model {name!r} is neither a folder nor in the local model cache. "
            "Download it first, or give its folder."
        )
        raise ModelError(msg) from error


def _weights_digest(folder: Path) -> str:
    files = next((found for pattern in _WEIGHT_FILES if (found := sorted(folder.glob(pattern)))), [])
    if not files:
        msg = (
            f"The model folder {folder} holds no weights ({', '.join(_WEIGHT_FILES)}). "
            "Give the folder of a sentence-transformers model."
        )
        raise ModelError(msg)
    digests = []
    for path in files:
        with path.open("rb") as stream:
            digests.append(file_digest(stream, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()


def _load(folder: Path, verified_sha256: str) -> Any:  # noqa: ANN401
    """The model in `folder`; taking its digest as an argument makes sure that it was checked before."""
    assert verified_sha256
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        msg = f"The model in {folder} cannot be loaded: {error}. Give the folder of a sentence-transformers model."
        raise ModelError(msg) from error


def _encode(model: Any, texts: list[str]) -> FloatMatrix:  # noqa: ANN401
    vectors = model.encode(
        texts, batch_size=_BATCH_SIZE, convert_to_tensor=True, normalize_embeddings=True, show_progress_bar=False
    )
    matrix: FloatMatrix = vectors.float().cpu().numpy()
    unit: FloatMatrix = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return unit


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; emulated, it would be slower than float32."""
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.exists() and "avx512_bf16" in cpuinfo.read_text(encoding="ascii", errors="replace")


def _use_threads(count: int) -> None:
    import torch

    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


_in_use: WeakValueDictionary[str, SentenceTransformerEmbedder] = WeakValueDictionary()
_opening = threading.Lock()
