"""Trains the reader that points at the words of a sentence that answer: low-rank changes to the packaged embedding model.

    python -m parley.eval.fitting.span_reader index/models/span_reader.npz QUESTIONS.jsonl [--start FILE.npz] [--passes N] …

The questions are those of `eval/fitting/span_questions.py`. The reader sees a question with the sentence that answers it and, at
random, the sentences beside it and the title. Loss: cross-entropy of the answer's first and last token among those of the text.
Only the changes of rank `RANK` (Hu et al. 2021) and the two figures per token are trained: 1.3 million numbers, stored in 16
bits. AdamW, the rate rising over the first steps and falling to zero after; one thread does five to ten questions a second.

The file that comes with Parley was made from 15,101 questions that Qwen2.5-Coder-1.5B-Instruct (Apache-2.0) wrote about texts of
mtRAG, CLAP NQ, WiCE and MultiHop-RAG; none of them is a question of those sets. It was trained first, on a graphics processor,
four passes at 1.5e-3, on the 3,683 among the first 9,893 that readers trained on the other half of them found again (token F1
of .5), with other passages as texts without an answer; then it went on as this program does, at 5e-4 on all of them, those
3,683 twice, 480 steps of 16. That stage and not a later one ships because of its token F1 on SQuAD 2.0's development questions.
The figure printed at the end is of the first questions of the file; with `--start` they may have been trained on before.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.eval.fitting.span_questions import SpanQuestion
from parley.eval.scorers.text import token_f1
from parley.index.models.embedder import SentenceTransformerEmbedder
from parley.index.models.span_reader import SpanReader, TrainedSpanReader
from parley.index.types import Span

if TYPE_CHECKING:
    import torch

RANK = 32
BATCH = 16
HELD_OUT = 150
_MOST_TOKENS = 200
_WARM_UP = 40
_BESIDE = 0.8
"""Share of questions that see the sentences beside the answer's."""
_TITLED = 0.6
"""Share of questions that see the title."""
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+")
_CHANGED = ("self.query", "self.key", "self.value", "output.dense", "intermediate.dense")
"""Endings of the names of the layers whose weights are changed."""


def sentence_around(item: SpanQuestion, *, beside: bool) -> tuple[SpanQuestion, Span]:
    """The question with a shorter text: the sentences of the answer, and one on each side if asked; where the former stand."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(item.text)), len(item.text)]
    first = max(number for number, cut in enumerate(cuts[:-1]) if cut <= item.start)
    last = min(number for number, cut in enumerate(cuts) if number and cut >= item.end)
    start, end = cuts[max(0, first - beside)], cuts[min(len(cuts) - 1, last + beside)]
    shorter = SpanQuestion(item.question, item.title, item.text[start:end], item.start - start, item.end - start)
    return shorter, Span(cuts[first] - start, cuts[last] - start)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids and types of a question with its text, which tokens are the text's, and the answer's first and last token."""

    ids: list[int]
    types: list[int]
    text: list[bool]
    first: int
    last: int


def encode(tokenizer: Any, item: SpanQuestion, title: str) -> Encoded | None:  # noqa: ANN401  (transformers has no types)
    """The tokens of an item; `None` where the answer lies beyond the most that are read."""
    lead = f"{title}: " if title else ""
    found = tokenizer(
        item.question, lead + item.text, truncation="longest_first", max_length=_MOST_TOKENS, return_offsets_mapping=True
    )
    offsets, types = found["offset_mapping"], found["token_type_ids"]
    start, end = item.start + len(lead), item.end + len(lead)
    in_text = [kind == 1 and right > left >= len(lead) for (left, right), kind in zip(offsets, types, strict=True)]
    inside = [at for at, (left, right) in enumerate(offsets) if in_text[at] and left < end and right > start]
    return Encoded(found["input_ids"], types, in_text, inside[0], inside[-1]) if inside else None


class Trainer:
    """The embedding model with low-rank changes and a head in training; `start` names a file of them to go on from."""

    def __init__(self, start: Path | None = None) -> None:
        import torch
        from transformers import AutoTokenizer, BertModel

        torch.manual_seed(5)
        embedder = SentenceTransformerEmbedder()
        embedder.sha256  # noqa: B018  (raises ModelError unless these are the published weights)
        self.tokenizer = AutoTokenizer.from_pretrained(embedder.folder)
        self._model = BertModel.from_pretrained(embedder.folder, dtype=torch.float32).requires_grad_(False)
        self._head = torch.nn.Linear(self._model.config.hidden_size, 2)
        stored = dict(np.load(start)) if start else {}
        if stored:
            head = {name: torch.from_numpy(stored[f"head.{name}"]) for name in ("weight", "bias")}
            self._head.load_state_dict(head)
        self._changes = _change_weights(self._model.encoder, stored)

    @property
    def parameters(self) -> list[torch.nn.Parameter]:
        """What is trained."""
        return [*self._head.parameters(), *(part for change in self._changes.values() for part in change.parameters())]

    def loss(self, batch: Sequence[Encoded]) -> torch.Tensor:
        """Cross-entropy of the answers' first and last tokens among the tokens of their texts, mean of the two."""
        import torch

        ids, types, mask, text = _padded(batch)
        hidden = self._model(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        scores = self._head(hidden).masked_fill(~text[:, :, None], -1e4)
        first, last = torch.tensor([item.first for item in batch]), torch.tensor([item.last for item in batch])
        cross_entropy = torch.nn.functional.cross_entropy
        return (cross_entropy(scores[:, :, 0], first) + cross_entropy(scores[:, :, 1], last)) / 2

    def train(self, batches: Sequence[Sequence[Encoded]], rate: float) -> Iterator[float]:
        """One step a batch; yields the loss before each."""
        import torch

        optimizer = torch.optim.AdamW(self.parameters, lr=rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / _WARM_UP, 1 - step / len(batches)))
        for batch in batches:
            loss = self.loss(batch)
            yield loss.item()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            optimizer.step()
            schedule.step()

    def save(self, path: Path) -> None:
        """Write what was trained as `parley.index.models.span_reader` reads it."""
        arrays = {f"{name}.{part}": getattr(change, part) for name, change in self._changes.items() for part in ("a", "b")}
        stored = {name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()}
        head = {f"head.{name}": value.detach().numpy() for name, value in self._head.named_parameters()}
        np.savez(path, **stored, **head)


def _change_weights(encoder: torch.nn.Module, stored: dict[str, np.ndarray]) -> dict[str, torch.nn.Module]:
    """Low-rank changes on the weights of attention and feed-forward layers, by the layer's name; zero unless stored."""
    import torch
    from torch.nn.utils import parametrize

    class LowRank(torch.nn.Module):  # type: ignore[misc]  # torch is not followed by mypy
        def __init__(self, a: torch.Tensor, b: torch.Tensor) -> None:
            super().__init__()
            self.a, self.b = torch.nn.Parameter(a), torch.nn.Parameter(b)

        def forward(self, weight: torch.Tensor) -> torch.Tensor:
            return weight + self.b @ self.a

    changes: dict[str, torch.nn.Module] = {}
    for name, module in list(encoder.named_modules()):
        if name.endswith(_CHANGED):
            rows, columns = module.weight.shape
            a, b = torch.randn(RANK, columns) / columns**0.5, torch.zeros(rows, RANK)
            if f"{name}.a" in stored:
                a, b = (torch.from_numpy(stored[f"{name}.{part}"].astype(np.float32)) for part in ("a", "b"))
            changes[name] = LowRank(a, b)
            parametrize.register_parametrization(module, "weight", changes[name])
    return changes


def _padded(batch: Sequence[Encoded]) -> tuple[torch.Tensor, ...]:
    """Ids, types, attention mask and mask of the texts, each of shape (items, longest)."""
    import torch

    longest = max(len(item.ids) for item in batch)
    rows = [(item.ids, item.types, [1] * len(item.ids), [int(one) for one in item.text]) for item in batch]
    ids, types, mask, text = (torch.tensor([row[at] + [0] * (longest - len(row[at])) for row in rows]) for at in range(4))
    return ids, types, mask, text.bool()


def found_again(reader: SpanReader, items: Sequence[SpanQuestion]) -> float:
    """Mean token F1 (0 to 1) of what the reader points at in the answers' sentences."""
    figures = []
    for item in items:
        shown, sentence = sentence_around(item, beside=True)
        found = reader.read(shown.question, shown.text, sentence, title=shown.title)
        said = shown.text[found.span.start : found.span.end] if found else ""
        figures.append(token_f1(said, shown.text[shown.start : shown.end]))
    return float(np.mean(figures))


def _batches(trainer: Trainer, items: Sequence[SpanQuestion], passes: int) -> list[list[Encoded]]:
    chance = random.Random(11)
    encoded = []
    for item in chance.sample(list(items) * passes, len(items) * passes):
        shown, _ = sentence_around(item, beside=chance.random() < _BESIDE)
        one = encode(trainer.tokenizer, shown, item.title if chance.random() < _TITLED else "")
        encoded += [one] if one else []
    return [encoded[start : start + BATCH] for start in range(0, len(encoded), BATCH)]


def main() -> None:
    """Write the file named on the command line; prints the loss as it falls and the figure on questions held out."""
    parser = argparse.ArgumentParser(description="Train the reader that points at the words that answer.")
    parser.add_argument("output", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--start", type=Path, help="changes to go on from")
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--rate", type=float, default=5e-4)
    options = parser.parse_args()
    items = [SpanQuestion(**json.loads(line)) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    held = min(HELD_OUT, len(items) // 4)
    trainer = Trainer(options.start)
    batches = _batches(trainer, items[held:], options.passes)
    for step, loss in enumerate(trainer.train(batches, options.rate)):
        if step % 25 == 0:
            print(f"step {step} of {len(batches)}: loss {loss:.3f}", flush=True)  # noqa: T201
    trainer.save(options.output)
    print(f"held out: token F1 {found_again(TrainedSpanReader(options.output), items[:held]):.3f} (n={held})")  # noqa: T201


if __name__ == "__main__":
    main()
