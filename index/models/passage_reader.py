"""Which sentences of a passage answer a question, and which of their words: the trained reader.

One small encoder (all-MiniLM-L6-v2, trained further) reads the question together with a passage. It gives every sentence a
score and every token three figures: an answer begins here, ends here, this token belongs to one. The encoder runs by
onnxruntime, one passage at a time and on one thread, so that the same question and passage always give the same figures. Its
weights are kept in 8 bits. The arithmetic is in float32, because quantised arithmetic rounds differently on other processors.
`eval/fitting/passage_reader/` made the weights and tells how.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import file_digest
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from parley.index.errors import ModelError
from parley.index.models.answer_spans import best_span, marked_spans
from parley.index.models.reader_input import EncodedPassage, ReadablePassage, encode_passage
from parley.index.models.word_pieces import word_pieces
from parley.index.types import Span

ENCODER = Path(__file__).with_name("passage_reader.onnx")
HEADS = Path(__file__).with_name("passage_reader.npz")
_DIGESTS = {
    "passage_reader.onnx": "5c65f3a37c787ed39e86617e4cdcdfca6b8700a40bc08f0984973632e7742945",
    "passage_reader.npz": "f76d83061551c42ad070a33c009a17083b7772188f59de983909a508bac1b0fd",
}
"""SHA-256 of the files that come with Parley, as `eval/fitting/passage_reader/export.py` printed them."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What the reader makes of one sentence. Offsets are those of the passage's text.

    Attributes:
        score: log-odds that the sentence answers, against "none of this answers".
        span: the words that answer best; `None` where the sentence was not read to its end.
        certainty: share of that span among all spans of the sentence, 0 to 1.
        marks: every stretch of words that belongs to an answer, in order; for lists and questions with two parts.
    """

    score: float
    span: Span | None
    certainty: float
    marks: tuple[Span, ...]


UNREAD = SentenceReading(score=-20.0, span=None, certainty=0.0, marks=())
"""Stands for a sentence beyond what the reader reads of a passage."""


class PassageReader(Protocol):
    """Scores the sentences of passages as answers to a question."""

    def read(
        self, question: str, passages: Sequence[ReadablePassage], *, earlier: Sequence[str] = ()
    ) -> list[tuple[SentenceReading, ...]]:
        """One tuple per passage, with one reading per sentence, in order; `earlier` are the questions asked before."""
        ...


class TrainedPassageReader:
    """A `PassageReader` with the weights that come with Parley, loaded at first use; safe to use from several threads."""

    def __init__(self, encoder: Path = ENCODER, heads: Path = HEADS) -> None:
        self._files = (encoder, heads)
        self._lock = threading.Lock()

    def read(
        self, question: str, passages: Sequence[ReadablePassage], *, earlier: Sequence[str] = ()
    ) -> list[tuple[SentenceReading, ...]]:
        """As the protocol has it. Raises ModelError where the weights are missing or not those that Parley ships."""
        with self._lock:  # a fast tokenizer refuses to be used by two threads at once ("Already borrowed")
            encoded = [encode_passage(self.tokenizer, question, passage, earlier) for passage in passages]
        return [self._read_one(item, passage) for item, passage in zip(encoded, passages, strict=True)]

    def _read_one(self, item: EncodedPassage, passage: ReadablePassage) -> tuple[SentenceReading, ...]:
        hidden = self._hidden(item)
        heads = self._heads
        tokens = _product(hidden, heads["token.weight"]) + heads["token.bias"]
        scores = _sentence_scores(hidden, item.sentences, heads)
        readings = []
        for (first, last), score in zip(item.sentences, scores, strict=True):
            if last <= first:
                readings.append(UNREAD)
                continue
            offsets = item.offsets[first - item.first : last - item.first]
            span, certainty = best_span(passage.text, offsets, tokens[first:last, 0], tokens[first:last, 1])
            marks = marked_spans(passage.text, offsets, tokens[first:last, 2])
            readings.append(SentenceReading(float(score), span, certainty, marks))
        return tuple(readings)

    def _hidden(self, item: EncodedPassage) -> NDArray[np.float32]:
        """The encoder's output for one passage, shape (tokens, 384)."""
        ids = np.array([item.ids], dtype=np.int64)
        inputs = {
            "input_ids": ids,
            "token_type_ids": np.array([item.types], dtype=np.int64),
            "attention_mask": np.ones_like(ids),
        }
        (hidden,) = self._session.run(["hidden"], inputs)
        return np.asarray(hidden[0], dtype=np.float32)

    def warm_up(self) -> None:
        """Load what the first reading needs."""
        self.read("warm-up?", [ReadablePassage("warm-up", (Span(0, 7),))])

    @cached_property
    def tokenizer(self) -> Any:  # noqa: ANN401  (tokenizers has no types)
        """The embedding model's tokenizer, which neither pads nor cuts."""
        return word_pieces()

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401  (onnxruntime has no types)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The rest of what it can do concerns pictures: it takes as long as loading, and changes no figure.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        return onnxruntime.InferenceSession(str(_checked(self._files[0])), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _heads(self) -> dict[str, NDArray[np.float32]]:
        with np.load(_checked(self._files[1])) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}


def _checked(path: Path) -> Path:
    """The path, if its file is the one that Parley ships or one that the user made. Raises ModelError otherwise."""
    if not path.is_file():
        msg = f"The trained reader's file {path} is missing. Reinstall Parley."
        raise ModelError(msg)
    expected = _DIGESTS.get(path.name) if path.parent == ENCODER.parent else None
    with path.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if expected and found != expected:
        msg = f"The trained reader's file {path} has SHA-256 {found}, expected {expected}. Reinstall Parley."
        raise ModelError(msg)
    return path


def _sentence_scores(
    hidden: NDArray[np.float32], sentences: Sequence[tuple[int, int]], heads: dict[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Log-odds per sentence, from the mean and maximum of its tokens' vectors and the vector of the whole."""
    if not sentences:
        return np.zeros(0, dtype=np.float32)
    whole = hidden[0]
    rows = []
    for first, last in sentences:
        own = hidden[first:last] if last > first else hidden[:1]
        rows.append(np.concatenate([own.mean(axis=0), own.max(axis=0), whole]))
    inner = _gelu(_product(np.stack(rows), heads["hidden.weight"]) + heads["hidden.bias"])
    return np.asarray((_product(inner, heads["score.weight"]) + heads["score.bias"])[:, 0], dtype=np.float32)


def _product(rows: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row times each row of the weights."""
    # Not by "@": its library wakes a thread on every core for so small a product, and these go on turning for a while after it.
    # They took more processor time than the encoder.
    product: NDArray[np.float32] = np.einsum("ik,jk->ij", rows, weights)
    return product


def _gelu(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gaussian error linear unit, by the approximation of Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(values) * (1.0 - poly * np.exp(-x * x))
    return np.asarray(0.5 * values * (1.0 + erf), dtype=np.float32)


@cache
def packaged_passage_reader() -> TrainedPassageReader:
    """The reader that comes with Parley; one for all libraries, since it keeps the model in memory."""
    return TrainedPassageReader()
