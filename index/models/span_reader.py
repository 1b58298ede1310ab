"""Which words of a sentence answer a question, by a small trained reader over the packaged embedding model.

The reader is the packaged all-MiniLM-L6-v2 with low-rank changes to its weights (Hu et al. 2021, "LoRA") and two figures for
every token: how well an answer begins and ends there (Devlin et al. 2018, "BERT", section 4.2). The changes stand in
`span_reader.npz`; `eval/fitting/span_reader.py` made them and tells the recipe. It only ever points at words of the sentence
that it is shown.
"""

from __future__ import annotations

import logging
import re
import threading
import zipfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from parley.index.errors import ExtraMissingError, ModelError
from parley.index.models.embedder import SentenceTransformerEmbedder
from parley.index.types import Span

if TYPE_CHECKING:
    from transformers import BertModel

_LOG = logging.getLogger(__name__)

LONGEST = 16
"""Tokens of an answer, at most."""

MOST_TOKENS = 256
"""Tokens of question and text together; the end of the longer of the two is not read beyond that."""

_WEIGHTS = Path(__file__).with_name("span_reader.npz")
_IN_A_WORD = re.compile(r"[\w’'$€£%-]|(?<=\d)[.,](?=\d)")


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """The words that answer best, and the reader's probability (0 to 1) that it is these among the sentence's spans."""

    span: Span
    probability: float


class SpanReader(Protocol):
    """Points at the words of a sentence that answer a question."""

    def read(self, question: str, text: str, within: Span, *, title: str = "") -> ReadSpan | None:
        """The words of `text[within.start:within.end]` that answer best; the rest of `text` is context, as is the title.

        `None` where the sentence holds no word or lies beyond what can be read.
        """
        ...


class TrainedSpanReader:
    """A `SpanReader` with the weights that come with Parley, loaded at first use; safe to use from several threads."""

    def __init__(self, weights: Path = _WEIGHTS) -> None:
        self._weights = weights
        self._embedder = SentenceTransformerEmbedder()
        self._lock = threading.Lock()

    def read(self, question: str, text: str, within: Span, *, title: str = "") -> ReadSpan | None:
        """As the protocol has it, and `None` without torch. Raises ModelError where weights are missing or altered."""
        if not self._can_run:
            return None
        import torch

        shown = f"{title}: {text}" if title else text
        with self._lock:  # a fast tokenizer refuses to be used by two threads at once ("Already borrowed")
            encoded = self._tokenizer(
                question,
                shown,
                truncation="longest_first",
                max_length=MOST_TOKENS,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            model, head, bias = self._loaded  # by whichever thread asks first, once
        offsets = encoded.pop("offset_mapping")[0].numpy() - (len(shown) - len(text))
        tokens = _tokens_within(offsets, encoded["token_type_ids"][0].numpy(), within)
        if not len(tokens):
            return None
        with torch.inference_mode():
            hidden = model(**encoded).last_hidden_state[0].numpy()
        scores = hidden[tokens] @ head.T + bias
        first, last, probability = best_pair(scores[:, 0], scores[:, 1])
        span = Span(int(offsets[tokens[first]][0]), int(offsets[tokens[last]][1]))
        return ReadSpan(whole_words(text, span, within), probability)

    def warm_up(self) -> None:
        """Load what the first reading needs."""
        self.read("warm-up?", "warm-up", Span(0, 7))

    @cached_property
    def _can_run(self) -> bool:
        """Whether torch and transformers are installed; a warning says once what is missing without them."""
        try:
            ExtraMissingError.unless_installed(
                "torch", "transformers", extra="standard", purpose="Pointing at the words of a sentence that answer"
            )
        except ExtraMissingError as error:
            _LOG.warning("%s", error)
            return False
        return True

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401  (transformers is imported lazily)
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(self._embedder.folder, local_files_only=True)

    @cached_property
    def _loaded(self) -> tuple[BertModel, NDArray[np.float32], NDArray[np.float32]]:
        """The model, and what a token's vector says of beginning and end there: shapes (2, d) and (2,)."""
        stored = _read_weights(self._weights)
        return _changed_model(self._embedder, stored), stored["head.weight"], stored["head.bias"]


def _read_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """The arrays of a file of weights. Raises ModelError where there is none, or it holds something else."""
    try:
        with np.load(path) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        msg = f"The weights of the reader that points at answers cannot be read from {path} ({error}). Reinstall Parley."
        raise ModelError(msg) from error
    if not {"head.weight", "head.bias"} <= arrays.keys() or not all(np.isfinite(array).all() for array in arrays.values()):
        msg = f"{path} does not hold the weights of the reader that points at answers. Reinstall Parley."
        raise ModelError(msg)
    return arrays


def _changed_model(embedder: SentenceTransformerEmbedder, stored: dict[str, NDArray[np.float32]]) -> BertModel:
    """The embedding model with `b @ a` added to each weight that is named, shapes (out, rank) and (rank, in)."""
    import torch
    from transformers import BertModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    embedder.sha256  # noqa: B018  (raises ModelError unless these are the published weights)
    model = BertModel.from_pretrained(embedder.folder, dtype=torch.float32, local_files_only=True).eval()
    with torch.no_grad():
        for name in (key.removesuffix(".a") for key in stored if key.endswith(".a")):
            model.encoder.get_submodule(name).weight += torch.from_numpy(stored[f"{name}.b"] @ stored[f"{name}.a"])
    return model


def _tokens_within(offsets: NDArray[np.int64], types: NDArray[np.int64], within: Span) -> NDArray[np.intp]:
    """Numbers of the text's tokens that lie inside the sentence, in order."""
    inside = (types == 1) & (offsets[:, 0] >= within.start) & (offsets[:, 1] <= within.end) & (offsets[:, 1] > offsets[:, 0])
    return np.flatnonzero(inside)


def best_pair(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int, float]:
    """The first and last token, of at most `LONGEST`, with the highest sum, and the share of that among all pairs (softmax)."""
    count = len(starts)
    sums = starts[:, None].astype(np.float64) + ends[None, :]
    allowed = np.triu(np.ones((count, count), dtype=bool)) & np.tril(np.ones((count, count), dtype=bool), LONGEST - 1)
    sums = np.where(allowed, sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return int(first), int(last), float(1 / np.exp(sums - sums.max()).sum())


def whole_words(text: str, span: Span, within: Span) -> Span:
    """The span widened to whole words and numbers inside the sentence: the model's tokens are parts of words."""
    start, end = span.start, span.end
    while start > within.start and _IN_A_WORD.match(text, start - 1) and _IN_A_WORD.match(text, start):
        start -= 1
    while end < within.end and _IN_A_WORD.match(text, end) and _IN_A_WORD.match(text, end - 1):
        end += 1
    return Span(start, end)


@cache
def packaged_span_reader() -> TrainedSpanReader:
    """The reader that comes with Parley; one for all libraries, since it keeps the model in memory."""
    return TrainedSpanReader()
