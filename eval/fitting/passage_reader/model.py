"""The passage reader in training: the packaged embedding model's encoder with heads for sentences and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import nn

from parley.index.models.minilm import MiniLMEmbedder

if TYPE_CHECKING:
    from torch import Tensor

BEFORE_TRAINING = -1.0
"""Score of every sentence before training: most sentences do not answer."""


class PassageReaderModel(nn.Module):  # type: ignore[misc]  # torch is not followed by mypy
    """An encoder, a linear head of three figures per token, and a head of one hidden layer per sentence.

    Dropout within the encoder is off: drawing random numbers takes longer than the layers on a processor. So does the backward
    pass of torch's fused attention: plain products halve a step.
    """

    def __init__(self) -> None:
        super().__init__()
        from transformers import BertModel

        embedder = MiniLMEmbedder()
        embedder.sha256  # noqa: B018  (raises ModelError unless these are the published weights)
        self.bert = BertModel.from_pretrained(
            embedder.folder,
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            attn_implementation="eager",
        )
        width = self.bert.config.hidden_size
        self.tok = nn.Linear(width, 3)
        self.h = nn.Linear(3 * width, width)
        self.o = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)
        nn.init.zeros_(self.o.weight)
        nn.init.constant_(self.o.bias, BEFORE_TRAINING)

    def forward(
        self, ids: Tensor, types: Tensor, mask: Tensor, sentences: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Tensor, list[Tensor]]:
        """Figures per token, shape (passages, tokens, 3), and per passage one score per sentence.

        `sentences` holds for each passage the first and last-plus-one token of each sentence, none of them empty.
        """
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        counts = [len(ranges) for ranges in sentences]
        if not sum(counts):
            return self.tok(hidden), [hidden.new_zeros(0) for _ in sentences]
        return self.tok(hidden), list(torch.split(self._scores(hidden, sentences), counts))

    def _scores(self, hidden: Tensor, sentences: Sequence[Sequence[tuple[int, int]]]) -> Tensor:
        """One score per sentence of all passages, from the mean and maximum of its tokens and the passage's first token."""
        _, length, width = hidden.shape
        places = [(row * length + first, last - first, row) for row, ranges in enumerate(sentences) for first, last in ranges]
        starts, sizes, rows = (torch.tensor(column) for column in zip(*places, strict=True))
        steps = torch.arange(int(sizes.max()))[None]
        inside = steps < sizes[:, None]
        index = torch.where(inside, starts[:, None] + steps, starts[:, None])
        tokens = hidden.reshape(-1, width).index_select(0, index.reshape(-1)).view(len(places), -1, width)
        mean = (tokens * inside[:, :, None]).sum(1) / sizes[:, None]
        whole = hidden[:, 0].index_select(0, rows)
        joined = torch.cat([mean, tokens.max(1).values, whole], dim=1)
        inner = nn.functional.gelu(self.h(self.drop(joined)))
        return self.o(self.drop(inner)).squeeze(-1)
