"""An extractor that the user has: a Hugging Face model that marks the words of a passage which answer a question.

Two kinds are read: models that answer questions by a span (`…ForQuestionAnswering`, as trained on SQuAD 2.0), and models that
class tokens, the last class being "answers" (`…ForTokenClassification`). Either takes the place of the reader that comes with
Parley; the thresholds of the answer were fitted to that one, so figures of another are a little more or less sure than they say.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.index.errors import ExtraMissingError, ModelError
from parley.index.models.answer_spans import best_span, marked_spans
from parley.index.models.passage_reader import UNREAD, SentenceReading
from parley.index.models.reader_input import ReadablePassage

MOST_TOKENS = 512
"""Tokens of question and passage read together; what is beyond is not read."""

_BEST_TOKENS = 3
"""Tokens of a sentence whose mean log-odds are its score, where tokens are classed: a lone one is uncertain."""

Figures = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], float]
"""Per token of the passage: an answer begins, ends, belongs to one (log-odds); and what "none of this" comes to."""


class Extractor:
    """A `PassageReader` over a model in a folder, loaded at first use; nothing is downloaded."""

    def __init__(self, folder: str | Path) -> None:
        """Take the folder of the model. Raises ModelError if there is no such folder, ExtraMissingError where none can be run."""
        self.folder = Path(folder)
        self._lock = threading.Lock()
        ExtraMissingError.unless_installed("transformers", extra="standard", purpose="Reading by an extractor of your own")
        if not self.folder.is_dir():
            msg = f"There is no extractor at {self.folder}. Give the folder of a Hugging Face model."
            raise ModelError(msg)

    def read(
        self, question: str, passages: Sequence[ReadablePassage], *, earlier: Sequence[str] = ()
    ) -> list[tuple[SentenceReading, ...]]:
        """As the protocol has it. Raises ModelError where the folder holds no model of either kind."""
        asked = " ".join([*earlier, question])
        with self._lock:
            return [self._read_one(asked, passage) for passage in passages]

    def _read_one(self, question: str, passage: ReadablePassage) -> tuple[SentenceReading, ...]:
        encoded = self._tokenizer(
            question,
            passage.text,
            truncation="only_second",
            max_length=MOST_TOKENS,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        own = [number for number, part in enumerate(encoded.sequence_ids(0)) if part == 1]
        offsets = np.asarray(encoded.pop("offset_mapping")[0], dtype=np.int64)[own]
        starts, ends, inside, none = self._figures(encoded, own)
        readings = []
        for span in passage.sentences:
            tokens = np.flatnonzero((offsets[:, 0] >= span.start) & (offsets[:, 1] <= span.end))
            if not len(tokens):
                readings.append(UNREAD)
                continue
            words, share = best_span(passage.text, offsets[tokens], starts[tokens], ends[tokens])
            marks = marked_spans(passage.text, offsets[tokens], inside[tokens])
            readings.append(SentenceReading(self._score(starts[tokens], ends[tokens], inside[tokens], none), words, share, marks))
        return tuple(readings)

    def _score(self, starts: NDArray[np.float32], ends: NDArray[np.float32], inside: NDArray[np.float32], none: float) -> float:
        if self._classes_tokens:
            return float(np.sort(inside)[-_BEST_TOKENS:].mean())
        allowed = np.triu(starts[:, None] + ends[None, :]) + np.tril(np.full((len(starts), len(starts)), -1e9), -1)
        return float(allowed.max() - none)

    def _figures(self, encoded: Any, own: Sequence[int]) -> Figures:  # noqa: ANN401  (transformers has no types)
        import torch

        with torch.inference_mode():
            found = self._model(**encoded)
        if self._classes_tokens:
            logits = found.logits[0].float().numpy()
            inside = np.asarray(logits[:, -1] - np.logaddexp.reduce(logits[:, :-1], axis=1), dtype=np.float32)[own]
            return inside, inside, inside, 0.0
        starts, ends = found.start_logits[0].float().numpy(), found.end_logits[0].float().numpy()
        none = float(starts[0] + ends[0])
        return starts[own], ends[own], np.asarray(starts[own] + ends[own] - none, dtype=np.float32), none

    @property
    def _classes_tokens(self) -> bool:
        return type(self._model).__name__.endswith("ForTokenClassification")

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(str(self.folder), local_files_only=True, use_fast=True)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        from transformers import AutoConfig, AutoModelForQuestionAnswering, AutoModelForTokenClassification

        try:
            kinds = AutoConfig.from_pretrained(str(self.folder), local_files_only=True).architectures or []
            chosen = next((kind for kind in kinds if kind.endswith(("ForQuestionAnswering", "ForTokenClassification"))), "")
            if not chosen:
                named = ", ".join(kinds) or "no architecture named"
                msg = f"The model in {self.folder} marks no words ({named}). Give the folder of an extractor."
                raise ModelError(msg)
            kind = AutoModelForTokenClassification if chosen.endswith("TokenClassification") else AutoModelForQuestionAnswering
            return kind.from_pretrained(str(self.folder), local_files_only=True).eval()
        except (OSError, ValueError) as error:
            msg = f"The extractor in {self.folder} cannot be loaded: {error}. Give the folder of one."
            raise ModelError(msg) from error
