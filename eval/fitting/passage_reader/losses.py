"""What training makes small: how far a reading is from what people marked, and from what a teacher makes of the same passages.

From what people marked: cross-entropy of the sentences that answer among all sentences shown and "none of these" (whose score is
0), half that of each sentence by itself, and .4 times that of the words' first and last token and of each token's belonging to
an answer. From the teacher's: the same with its shares in the place of yes and no.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from parley.eval.fitting.passage_reader.batching import Shown, Told

if TYPE_CHECKING:
    from torch import Tensor

_ALONE, _WORDS = 0.5, 0.4
_MUCH = 3.0
"""How much more a sentence that answers counts than one that does not, where each is judged by itself."""

_MARKED = 0.3
"""Weight of what people marked where there is a teacher's reading too."""

_SMOOTH = 2.0
"""What scores are divided by before the teacher's and the learner's are compared, so that the unlikely sentences count too."""


def loss_of(tokens: Sequence[Tensor], scores: Sequence[Tensor], items: Sequence[Shown]) -> Tensor:
    """The loss of one question over its passages; `tokens` and `scores` are the model's, one per passage."""
    together = torch.cat(list(scores))
    right = torch.tensor([float(answers) for item in items for answers in item.right])
    total = torch.logsumexp(torch.cat([together.new_zeros(1), together]), 0)
    if right.any():
        total = total - torch.logsumexp(together[right > 0], 0)
    weights = 1 + (_MUCH - 1) * right
    alone = functional.binary_cross_entropy_with_logits(together, right, reduction="none")
    total = total + _ALONE * (alone * weights).sum() / weights.sum()
    marked = [_words_loss(tokens[row], item) for row, item in enumerate(items) if item.words]
    total = total + _WORDS * sum(marked) / len(marked) if marked else total
    told = [item.told for item in items if item.told is not None]
    return _MARKED * total + _told_loss(tokens, together, items, told) if len(told) == len(items) else total


def _told_loss(tokens: Sequence[Tensor], together: Tensor, items: Sequence[Shown], told: Sequence[Told]) -> Tensor:
    """How far sentences and tokens are from the teacher's: among all shown, each by itself, and word by word."""
    wanted = torch.tensor([score for item in told for score in item.scores])
    none = together.new_zeros(1)
    shares = functional.softmax(torch.cat([none, wanted]) / _SMOOTH, 0)
    among = -(shares * functional.log_softmax(torch.cat([none, together]) / _SMOOTH, 0)).sum() * _SMOOTH**2
    likely = torch.sigmoid(wanted)
    weights = 1 + (_MUCH - 1) * likely
    alone = functional.binary_cross_entropy_with_logits(together, likely, reduction="none")
    total = among + _ALONE * (alone * weights).sum() / weights.sum()
    words = [
        torch.sigmoid(torch.tensor(max(item.scores))) * _told_words_loss(tokens[row], items[row], item)
        for row, item in enumerate(told)
        if item.scores
    ]
    return total + _WORDS * torch.stack(words).mean() if words else total


def _told_words_loss(figures: Tensor, item: Shown, told: Told) -> Tensor:
    """Cross-entropy against the teacher's borders of the words, and against its share of each token's belonging to an answer."""
    first = item.encoded.first
    own, wanted = figures[first : first + len(item.encoded.offsets)], torch.tensor(told.tokens)
    borders = -(functional.softmax(wanted[:, :2], 0) * functional.log_softmax(own[:, :2], 0)).sum() / 2
    return borders + functional.binary_cross_entropy_with_logits(own[:, 2], torch.sigmoid(wanted[:, 2]))


def _words_loss(figures: Tensor, item: Shown) -> Tensor:
    """Cross-entropy of the words' borders, any of the answers counting, and of every token's belonging to one."""
    first = item.encoded.first
    own = figures[first : first + len(item.encoded.offsets)]
    begins, ends = functional.log_softmax(own[:, 0], 0), functional.log_softmax(own[:, 1], 0)
    borders = torch.logsumexp(torch.stack([begins[start] + ends[end] for start, end in item.words]), 0)
    inside = own.new_zeros(len(own))
    for start, end in item.words:
        inside[start : end + 1] = 1
    return functional.binary_cross_entropy_with_logits(own[:, 2], inside) - borders / 2
