"""Trains the passage reader, and the larger reader that can teach it.

    python -m parley.eval.fitting.passage_reader.train CHECKPOINT.pt EXAMPLES.jsonl [...] [--held-out EXAMPLES.jsonl]
    python -m parley.eval.fitting.passage_reader.train TEACHER.pt EXAMPLES.jsonl [...] --teacher FOLDER
    python -m parley.eval.fitting.passage_reader.train CHECKPOINT.pt EXAMPLES.jsonl --labels LABELS.jsonl --start packaged

`losses.py` tells what is made small. AdamW; 1e-4 for the small encoder, four times that for the heads, falling to nothing; the
embeddings stay as they are. Matrix products in bfloat16 where the processor has it. A run that is cut goes on from
`CHECKPOINT.pt.resume`.

The weights that ship were come by in four stages. First, one pass over 4,287 questions about documents and 5,000 public rows
(32,000 passages), then 2,650 questions and 1,200 rows at half the rate; the mean of both checkpoints. From that mean, in 8
bits, two more passes over 4,307 questions and one over 1,500 rows at 7e-5, each with freshly drawn passages; the mean of what
it began and ended with. The runs took some 75 and 50 minutes of one core. These weights were lost in conversations: over 235
follow-ups that were held out, the right sentence came first for .19 of the answerable ones, among three for .45, with an area
under the curve of .62. They had learnt from 293 follow-ups.

Then, from the mean of these weights and of those taught by the teacher (below), three runs over 2,275 questions of
conversations, of which 1,680 are follow-ups: with 3,712 labelled questions at 7e-5; twice with 1,050 others at 6e-5; 1,100 of
them with 1,900 of the first questions at 6e-5. They took 23 minutes of one core, 15 and 7 of two. The mean of what the three
ended with was taken. Over 160 of the held-out follow-ups: .13 first, .33 among three and .60 under the curve before, with the
words that were told shown; .40, .64 and .74 after; over 300 other held-out questions .57, .71 and .84, and .58, .74 and .83.

These weights took nearly every passage of an encyclopedia for an answer: over 240 questions that were written about passages of
the public rows and held out, answered and unanswered ones were told apart with an area under the curve of .58. The public rows
that they had learnt from are all answered. So, from them on, three runs at 6e-5, each beginning with what the one before ended
with: over 6,505, 6,050 and 5,274 questions, most of them new (`questions/further.jsonl`, `questions/about_public_rows.jsonl`,
`questions/invented.jsonl`), with rows of which the answer was left out, and a part of the earlier ones. They took 17, 12 and 9
minutes of two cores. The mean of the four, those they began with included, ships. Over 200 of those questions it is at .78
under the curve. The mean of the three new ones was at .82 there, and put the right sentence first as often; but the whole
product answered less with it, each with a reading model fitted for it: 16 of 25 questions on a news report and 44 of 71
conversations, where the mean of four answers 19 and 48. Over 270 held-out questions about documents of all kinds, the sentence
that answers comes first for .47 with the mean of four, .49 with that of the three new ones and .44 with the last alone.

These weights lost questions that are asked in words quite other than the text's: over 90 of them that were held out
(`questions/reworded.jsonl`), the sentence that answers came first for .20 of the answerable ones. So, from them on, one run at
6e-5 over 7,402 questions, 2,002 of them such, the others drawn from all the earlier ones; 36 minutes of one core. The mean of
what it began and ended with ships. Over those 90 the right sentence comes first for .24 (with the last alone for .26), with
.76 (.82) under the curve and .74 before. Over 70 of `further.jsonl` it is .41 and .66 before, .51 and .71 (.51 and .75) after;
over 70 of `invented.jsonl` .49 and .77 before, .55 and .84 (.55 and .88) after; over 50 turns of conversations .44 and .87
before, .38 and .88 after. The last alone was not shipped: the whole product, with a reading model fitted for it, answered 42
of 71 conversations, and with the mean 50.

One more run from these weights on was not shipped: over 5,563 questions, 960 of them new ones put in other words and 803 turns
of conversations put so (`questions/talked.jsonl`), 928 steps at 6e-5. The mean of what it began and ended with puts the right
sentence first for .30 of the 90 reworded questions (.80 under the curve), .54 (.73) of `further.jsonl`, .60 (.84) of
`invented.jsonl` and .38 (.87) of the turns. With the reading model as it is, the whole product then answered 212 of 316
questions about real documents and not 206, but 47 of 71 conversations and not 50, and named who painted a ceiling that no
document mentions. It wants a reading model fitted for it first.

In the first run the right sentence came first, after 5,319, 10,673, 21,335 and 32,061 passages, for .30, .40, .44 and .49 of 136
held-out questions, among three for .49, .52, .59 and .65, and answerable and unanswerable questions were told apart with an area
under the curve of .71, .73, .80 and .83. The last run brought little of its own: over 308 answerable and 329 other held-out
questions, .56 to .58 first, .75 to .76 among three, .867 to .859 under the curve. More of the same questions will not bring more.

The teacher learnt faster: after 2,510 passages the right sentence came first for .63 of 54 held-out questions and among three
for .81, as often as with the small reader of the first stage; after 13,500, first for .68 and among three for .96 of 25,
with an area under the curve of .92 over 60. It read 15,000 passages after the first 2,510, in 36 minutes of two cores, and
then labelled 29,000 in 20. Two passes over these labels (25 minutes) and the mean with that reader brought, over
306 answerable and 331 other held-out questions, .57 to .60 first, .73 to .75 among three and .859 to .870 under the curve.
Over the documents that choices are made on, the whole product answered no better with them alone: the teacher had learnt from
most of the questions it labelled, and of those it is as sure as whoever marked them. For the second stage it labelled public rows
that it had not seen too, and the first questions with other passages.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from parley.eval.fitting.passage_reader.batching import Shown, read_together, shown
from parley.eval.fitting.passage_reader.examples import Example, drawn_passages, read_examples
from parley.eval.fitting.passage_reader.losses import loss_of
from parley.eval.fitting.passage_reader.model import HEADS_FASTER, PassageReaderModel, ReaderModel, TeacherModel
from parley.eval.fitting.passage_reader.packaged import packaged_weights
from parley.eval.fitting.passage_reader.soft_labels import Labels, read_labels
from parley.index.models.passage_reader import TrainedPassageReader

_SAVED_EVERY = 100


class Training:
    """A model in training, its optimiser, and the steps still to do."""

    def __init__(self, model: ReaderModel, checkpoint: Path, steps: int, *, rate: float | None = None) -> None:
        torch.manual_seed(5)
        self.model = model
        rate = rate or model.rate
        for part in model.frozen:
            part.requires_grad_(requires_grad=False)
        heads = [*self.model.tok.parameters(), *self.model.h.parameters(), *self.model.o.parameters()]
        encoder = [item for item in self.model.bert.parameters() if item.requires_grad]
        groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": rate * HEADS_FASTER}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / model.warm_up, 1 - 0.99 * step / steps)
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
        read = read_together(self.model, items)
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

    def save(self) -> None:
        """Write the checkpoint, and what a run that is cut goes on from."""
        state = {"model": self.model.state_dict()}
        torch.save(state, self._checkpoint)
        more = {"optimizer": self._optimizer.state_dict(), "schedule": self._schedule.state_dict(), "done": self.done}
        torch.save(state | more, self._resume)


def batches(
    tokenizer: Any,  # noqa: ANN401
    material: Sequence[Example | Labels],
    questions: int,
    *,
    passes: int = 1,
    seed: int = 5,
) -> Iterator[list[list[Shown]]]:
    """The material in random order, some questions at a time, as often as `passes` says.

    Passages of an example are freshly drawn each time; those that a teacher has read come with what it makes of them.
    """
    chance = random.Random(seed)
    order = [item for _ in range(passes) for item in chance.sample(list(material), len(material))]
    for start in range(0, len(order), questions):
        yield [_shown(tokenizer, item, chance) for item in order[start : start + questions]]


def _shown(tokenizer: Any, item: Example | Labels, chance: random.Random) -> list[Shown]:  # noqa: ANN401
    if isinstance(item, Labels):
        return item.shown(tokenizer)
    return [shown(tokenizer, item, passage) for passage in drawn_passages(item, chance)]


def first_right(model: ReaderModel, tokenizer: Any, examples: Sequence[Example]) -> tuple[float, float]:  # noqa: ANN401
    """How well a model does on examples it was not trained on.

    Returns the share of the answerable ones for which a sentence that answers has the highest score of all passages, and the
    area under the curve of that score for answerable against unanswerable ones.
    """
    from sklearn.metrics import roc_auc_score

    model.eval()
    first, best = [], []
    for example in examples:
        items = [shown(tokenizer, example, passage) for passage in example.passages]
        with torch.inference_mode():
            scores = torch.cat([scores for _, scores in read_together(model, items)])
        answers = [answer for item in items for answer in item.right]
        best.append(float(scores.max()))
        if example.answerable:
            first.append(answers[int(scores.argmax())])
    return sum(first) / max(1, len(first)), roc_auc_score([example.answerable for example in examples], best)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the passage reader, or its teacher.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("examples", type=Path, nargs="*", help="what gathering.py or public_rows.py wrote")
    parser.add_argument("--teacher", type=Path, metavar="FOLDER", help="train the teacher, from the model in this folder")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="what soft_labels.py wrote")
    parser.add_argument("--passes", type=int, default=1, help="how often to go through everything")
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from, or `packaged`: the weights that ship")
    parser.add_argument("--rate", type=float, help="learning rate of the encoder")
    parser.add_argument("--questions", type=int, help="how many are learnt from in one step")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def _model(options: argparse.Namespace) -> ReaderModel:
    model = TeacherModel(options.teacher) if options.teacher else PassageReaderModel()
    if options.start is not None:
        model.load_state_dict(packaged_weights() if options.start == Path("packaged") else torch.load(options.start)["model"])
    return model


def main() -> None:
    """Write the checkpoint named on the command line; prints the loss as it falls."""
    options = _parsed()
    torch.set_num_threads(options.threads)
    model, tokenizer = _model(options), TrainedPassageReader().tokenizer
    at_once = options.questions or model.questions
    material: list[Example | Labels] = [*read_examples(options.examples), *read_labels(options.labels)]
    steps = -(-len(material) * options.passes // at_once)
    training = Training(model, options.checkpoint, steps, rate=options.rate)
    recent: list[float] = []
    for number, questions in enumerate(batches(tokenizer, material, at_once, passes=options.passes)):
        if number < training.done:
            continue
        recent.append(training.step(questions))
        if training.done % _SAVED_EVERY == 0 or training.done == steps:
            training.save()
            print(f"step {training.done} of {steps}: loss {sum(recent) / len(recent):.3f}", flush=True)  # noqa: T201
            recent.clear()
    if options.held_out:
        first, area = first_right(model, tokenizer, read_examples([options.held_out]))
        print(f"right first: {first:.3f}, area under the curve: {area:.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
