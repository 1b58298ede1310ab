"""A cross-encoder that the user has, by sentence-transformers: how well a text answers a question, read together."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from parley.index.errors import ExtraMissingError, ModelError

_BATCH_SIZE = 16


class CrossEncoder:
    """A `Reranker` over a sentence-transformers cross-encoder, or any Hugging Face model for classifying pairs of texts.

    Loaded at first use, from its folder; nothing is downloaded. A model with one label gives scores, through a logistic function
    where they are not from 0 to 1 by themselves; with two labels the second counts as "answers".
    """

    def __init__(self, folder: str | Path) -> None:
        """Take the folder of the model. Raises ModelError if there is no such folder, ExtraMissingError where none can be run."""
        self.folder = Path(folder)
        self._lock = threading.Lock()
        ExtraMissingError.unless_installed("sentence_transformers", extra="standard", purpose="Re-ordering by a cross-encoder")
        if not self.folder.is_dir():
            msg = f"There is no cross-encoder at {self.folder}. Give the folder of a sentence-transformers cross-encoder."
            raise ModelError(msg)

    def relevance(self, question: str, texts: Sequence[str]) -> list[float]:
        """One figure per text in order, 0 to 1, higher for a text that answers better.

        Raises:
            ModelError: the folder holds no such model.
        """
        if not texts:
            return []
        import torch

        with torch.inference_mode():
            rows = self._model.predict(
                [(question, text) for text in texts],
                batch_size=_BATCH_SIZE,
                activation_fn=torch.nn.Identity(),
                convert_to_tensor=True,
                show_progress_bar=False,
            )
            chances = (
                torch.softmax(rows, dim=-1)[:, -1] if rows.ndim == 2 and rows.shape[1] > 1 else torch.sigmoid(rows.reshape(-1))
            )
        return [float(value) for value in chances]

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401  (sentence-transformers is imported lazily)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import CrossEncoder as Model

        with self._lock:
            try:
                return Model(str(self.folder), device="cpu", local_files_only=True)
            except (OSError, ValueError) as error:
                msg = f"The cross-encoder in {self.folder} cannot be loaded: {error}. Give the folder of one."
                raise ModelError(msg) from error
