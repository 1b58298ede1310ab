"""Trains the passage reader.

    python -m parley.eval.fitting.passage_reader.train CHECKPOINT.pt EXAMPLES.jsonl [...] [--held-out EXAMPLES.jsonl]

Loss of a question: cross-entropy of the sentences that answer among all sentences shown and "none of these" (whose score is
0), half that of each sentence by itself, and .4 times that of the words' first and last token and of each token's belonging
to an answer. AdamW; 1e-4 for the encoder, 4e-4 for the heads, falling to nothing; the embeddings stay as they are. Matrix
products in bfloat16 where the processor has it. A run that is cut goes on from `CHECKPOINT.pt.resume`.

The weights that ship were come by in three runs. One pass over 4,287 questions about documents and 5,000 public rows (32,000
passages), then 2,650 questions and 1,200 rows at half the rate; the mean of both checkpoints. From that mean, as its 8-bit
weights tell it, two more passes over 4,307 questions and one over 1,500 rows at 7e-5, each with freshly drawn passages; the mean
of what it began and ended with. The runs took some 75 and 50 minutes of one core.

In the first run the right sentence came first, after 5,319, 10,673, 21,335 and 32,061 passages, for .30, .40, .44 and .49 of 136
held-out questions, among three for .49, .52, .59 and .65, and answerable and unanswerable questions were told apart with an area
under the curve of .71, .73, .80 and .83. The last run brought little of its own: over 308 answerable and 329 other held-out
questions, .56 to .58 first, .75 to .76 among three, .867 to .859 under the curve. More of the same questions will not bring more.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage, drawn_passages, read_examples
from parley.eval.fitting.passage_reader.model import PassageReaderModel
from parley.index.models.embedder import has_bfloat16
from parley.index.models.passage_reader import TrainedPassageReader
from parley.index.models.reader_input import EncodedPassage, ReadablePassage, encode_passage
from parley.index.types import Span

if TYPE_CHECKING:
    from torch import Tensor

QUESTIONS = 3
"""Questions of one step."""

ALIKE = 5
"""Passages that go through the encoder at once, filled up to the longest of them."""

RATE, HEADS_RATE = 1e-4, 4e-4
_WARM_UP = 60
_SAVED_EVERY = 300
_ALONE, _WORDS = 0.5, 0.4
_MUCH = 3.0
"""How much more a sentence that answers counts than one that does not, where each is judged by itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as tokens, with the tokens of its sentences that are left, which of them answer, and the words' tokens."""

    encoded: EncodedPassage
    sentences: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]
    words: tuple[tuple[int, int], ...]


def shown(tokenizer: Any, example: Example, passage: ExamplePassage, chance: random.Random | None) -> Shown:  # noqa: ANN401
    """The tokens of a question with one passage."""
    spans = tuple(Span(start, end) for start, end in passage.sentences)
    readable = ReadablePassage(passage.text, spans, passage.header(chance))
    encoded = encode_passage(tokenizer, example.question, readable, example.earlier)
    left = [number for number, (first, last) in enumerate(encoded.sentences) if last > first]
    words = [tokens for start, end in passage.words if (tokens := _tokens_of(encoded, start, end)) is not None]
    return Shown(
        encoded,
        tuple(encoded.sentences[number] for number in left),
        tuple(number in passage.right for number in left),
        tuple(words),
    )


def _tokens_of(encoded: EncodedPassage, start: int, end: int) -> tuple[int, int] | None:
    """First and last token, counted in the passage, that overlap a span; `None` where it was cut off."""
    inside = [place for place, (left, right) in enumerate(encoded.offsets) if left < end and right > start and right > left]
    return (inside[0], inside[-1]) if inside else None


def padded(items: Sequence[Shown]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, types and attention mask, each of shape (passages, longest)."""
    longest = max(len(item.encoded.ids) for item in items)

    def column(values: Sequence[list[int]]) -> Tensor:
        return torch.tensor([row + [0] * (longest - len(row)) for row in values])

    ids = [item.encoded.ids for item in items]
    return column(ids), column([item.encoded.types for item in items]), column([[1] * len(row) for row in ids])


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
    return total + _WORDS * sum(marked) / len(marked) if marked else total


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


class Training:
    """A model in training, its optimiser, and the steps still to do."""

    def __init__(self, checkpoint: Path, steps: int, *, start: Path | None = None, rate: float = RATE) -> None:
        torch.manual_seed(5)
        self._halved = has_bfloat16()
        self.model = PassageReaderModel()
        if start is not None:
            self.model.load_state_dict(torch.load(start)["model"])
        self.model.bert.embeddings.requires_grad_(requires_grad=False)
        heads = [*self.model.tok.parameters(), *self.model.h.parameters(), *self.model.o.parameters()]
        encoder = [item for item in self.model.bert.parameters() if item.requires_grad]
        groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": rate * HEADS_RATE / RATE}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / _WARM_UP, 1 - 0.99 * step / steps)
        )
        self._checkpoint = checkpoint
        self._resume = checkpoint.with_name(checkpoint.name + ".resume")
        self.done = 0
        if self._resume.exists():
            kept = torch.load(self._resume)
            self.model.load_state_dict(kept["model"])
            self._optimizer.load_state_dict(kept["optimizer"])
            self._schedule.load_state_dict(kept["schedule"])
            self.done = kept["done"]

    def step(self, questions: Sequence[Sequence[Shown]]) -> float:
        """Learn from some questions; returns the loss before."""
        self.model.train()
        items = [item for question in questions for item in question]
        read = self._read(items)
        losses, place = [], 0
        for question in questions:
            tokens, scores = zip(*read[place : place + len(question)], strict=True)
            losses.append(loss_of(tokens, scores, question))
            place += len(question)
        loss = torch.stack(losses).mean()
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self.done += 1
        return float(loss.detach())

    def _read(self, items: Sequence[Shown]) -> list[tuple[Tensor, Tensor]]:
        """Figures per token and scores per sentence of each passage; passages of like length go through the encoder together."""
        order = sorted(range(len(items)), key=lambda number: len(items[number].encoded.ids))
        read: dict[int, tuple[Tensor, Tensor]] = {}
        for start in range(0, len(order), ALIKE):
            group = order[start : start + ALIKE]
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._halved):
                tokens, scores = self.model(
                    *padded([items[number] for number in group]), [items[number].sentences for number in group]
                )
            read |= {number: (tokens[row].float(), scores[row].float()) for row, number in enumerate(group)}
        return [read[number] for number in range(len(items))]

    def save(self) -> None:
        """Write the checkpoint, and what a run that is cut goes on from."""
        state = {"model": self.model.state_dict()}
        torch.save(state, self._checkpoint)
        more = {"optimizer": self._optimizer.state_dict(), "schedule": self._schedule.state_dict(), "done": self.done}
        torch.save(state | more, self._resume)


def batches(tokenizer: Any, examples: Sequence[Example], seed: int = 5) -> Iterator[list[list[Shown]]]:  # noqa: ANN401
    """The examples in random order, some questions at a time, each with freshly drawn passages."""
    chance = random.Random(seed)
    order = chance.sample(list(examples), len(examples))
    for start in range(0, len(order), QUESTIONS):
        yield [
            [shown(tokenizer, example, passage, chance) for passage in drawn_passages(example, chance)]
            for example in order[start : start + QUESTIONS]
        ]


def first_right(training: Training, tokenizer: Any, examples: Sequence[Example]) -> float:  # noqa: ANN401
    """Share of the answerable examples for which a sentence that answers has the highest score of all passages."""
    training.model.eval()
    right = []
    for example in (item for item in examples if item.answerable):
        items = [shown(tokenizer, example, passage, None) for passage in example.passages]
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            _, scores = training.model(*padded(items), [item.sentences for item in items])
        answers = [answer for item in items for answer in item.right]
        right.append(answers[int(torch.cat(list(scores)).argmax())])
    return sum(right) / max(1, len(right))


def main() -> None:
    """Write the checkpoint named on the command line; prints the loss as it falls."""
    parser = argparse.ArgumentParser(description="Train the passage reader.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("examples", type=Path, nargs="+")
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--rate", type=float, default=RATE)
    options = parser.parse_args()
    torch.set_num_threads(1)
    examples = read_examples(options.examples)
    steps = -(-len(examples) // QUESTIONS)
    training = Training(options.checkpoint, steps, start=options.start, rate=options.rate)
    tokenizer = TrainedPassageReader().tokenizer
    recent: list[float] = []
    for number, questions in enumerate(batches(tokenizer, examples)):
        if number < training.done:
            continue
        recent.append(training.step(questions))
        if training.done % _SAVED_EVERY == 0 or training.done == steps:
            training.save()
            print(f"step {training.done} of {steps}: loss {sum(recent) / len(recent):.3f}", flush=True)  # noqa: T201
            recent.clear()
    if options.held_out:
        print(f"right first: {first_right(training, tokenizer, read_examples([options.held_out])):.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
