"""The passage reader in training, and its teacher: an encoder with heads for sentences and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn

from parley.index.errors import ModelError
from parley.index.models.minilm import MiniLMEmbedder
from parley.index.models.word_pieces import BEGIN, SEPARATOR

if TYPE_CHECKING:
    from torch import Tensor

BEFORE_TRAINING = -1.0
"""Score of every sentence before training: most sentences do not answer."""

HEADS_FASTER = 4.0

_PLAIN = {
    "add_pooling_layer": False,
    "attention_probs_dropout_prob": 0.0,
    "hidden_dropout_prob": 0.0,
    "attn_implementation": "eager",
}


class ReaderModel(nn.Module):  # type: ignore[misc]  # torch is not followed by mypy
    """An encoder, a linear head of three figures per token, and a head of one hidden layer per sentence.

    Dropout within the encoder is off: drawing random numbers takes longer than the layers on a processor. So does the backward
    pass of torch's fused attention: plain products halve a step.

    Attributes:
        frozen: the parts of the encoder that stay as they are.
        rate: the learning rate of the encoder; its heads learn `HEADS_FASTER` times as fast.
        warm_up: steps until that rate is reached.
        questions: how many are learnt from in one step.
        alike: passages that go through the encoder at once.
    """

    frozen: Sequence[nn.Module]
    rate: float
    warm_up: int
    questions: int
    alike: int

    def __init__(self, encoder: nn.Module, width: int) -> None:
        super().__init__()
        self.bert = encoder
        self.tok = nn.Linear(width, 3)
        self.h = nn.Linear(3 * width, width)
        self.o = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.1)
        nn.init.zeros_(self.o.weight)
        nn.init.constant_(self.o.bias, BEFORE_TRAINING)

    def hidden(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """What the encoder makes of each token, shape (passages, tokens, width)."""
        return self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()

    def forward(
        self, ids: Tensor, types: Tensor, mask: Tensor, sentences: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Tensor, list[Tensor]]:
        """Figures per token, shape (passages, tokens, 3), and per passage one score per sentence.

        `sentences` holds for each passage the first and last-plus-one token of each sentence, none of them empty.
        """
        hidden = self.hidden(ids, types, mask)
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


class PassageReaderModel(ReaderModel):
    """The reader that ships: the packaged embedding model's encoder, six layers of 384 figures."""

    rate, warm_up, questions, alike = 1e-4, 60, 3, 5

    def __init__(self) -> None:
        from transformers import BertModel

        embedder = MiniLMEmbedder()
        embedder.sha256  # noqa: B018  (raises ModelError unless these are the published weights)
        encoder = BertModel.from_pretrained(embedder.folder, **_PLAIN)
        super().__init__(encoder, encoder.config.hidden_size)
        self.frozen = [encoder.embeddings]


TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of the published `model.safetensors` of all-mpnet-base-v2 (Apache-2.0), 437,971,872 bytes."""


class TeacherModel(ReaderModel):
    """The reader that teaches: all-mpnet-base-v2, twelve layers of 768 figures, too large to ship and to answer with.

    Its word pieces are those of the small model, numbered from 4 on, with other numbers for what begins, parts and fills up.
    """

    rate, warm_up, questions, alike = 5e-5, 20, 16, 16

    def __init__(self, folder: Path) -> None:
        from transformers import MPNetModel

        with (folder / "model.safetensors").open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
        if found != TEACHER_SHA256:
            msg = f"{folder / 'model.safetensors'} has the SHA-256 {found}, not that of all-mpnet-base-v2, {TEACHER_SHA256}."
            raise ModelError(msg)
        encoder = MPNetModel.from_pretrained(folder, **_PLAIN)
        super().__init__(encoder, encoder.config.hidden_size)
        self.frozen = [encoder.embeddings, *encoder.encoder.layer[:4]]

    def hidden(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002  (it has no types)
        """What the encoder makes of each token."""
        own = ids + 4
        for number, other in ((BEGIN, 0), (SEPARATOR, 2)):
            own[ids == number] = other
        own[mask == 0] = 1
        return self.bert(input_ids=own, attention_mask=mask).last_hidden_state.float()
