"""Fits the small models of the reader and writes them as text: which sentence answers best, and whether any does.

    python -m parley.eval.fitting.reading_model assistant/reading/reading_model.tsv --set QUESTIONS CORPUS [--set …]

Only question sets may be named whose licence lets figures fitted on them be shipped, and our own. The recipe:

- "sentence": pairwise logistic regression (Burges et al. 2005, "RankNet", in its linear form). Each sentence that holds the gold
  answer, in a gold document, is compared with each that does not; each question weighs the same. Questions that go on from others
  are left out: what they miss is not in their words.
- "answerable" and "answerable_later": logistic regression on the best sentence of each question, with `answerable` of the set as
  the label; the second on questions that go on from others, completed as the assistant does it.
- Features that those sets cannot teach (they ask for no speaker, quote nobody and carry no dates) keep the weights of `BY_HAND`.

Five-fold cross-validation over questions prints how well both do on questions that they were not fitted to.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.assistant.answers.inquiry import Inquiry
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.followup import rewrite
from parley.assistant.dialogue.followup_search import context_query
from parley.assistant.reading.answerability import answerable_values, model_name
from parley.assistant.reading.linear_model import INTERCEPT, LinearModel
from parley.assistant.reading.scoring import Scored
from parley.eval.scorers.text import contains, words
from parley.eval.sets.corpus import open_corpus
from parley.eval.sets.question_set import Question, read_questions
from parley.index.types import SearchFilter

BY_HAND = {
    "speaker": 3.0, "quote": 4.0, "timely": 0.5, "lately": 1.5, "status": 1.0,
    "answer_type": 1.5,
    "noun": 1.0, "noun_rank": 1.0, "interrogative": -6.0,
}  # fmt: skip
"""Weights of the model "sentence" that the licensed sets cannot teach, in the unit of its scores."""

ANSWERABLE_BY_HAND = {"out_of_time": -1.5}
"""Weights of the model "answerable" that those sets cannot teach."""

FOLDS = 5
_SENTENCE_SMOOTHING, _ANSWERABLE_SMOOTHING = 1.0, 0.05
_LONG_ANSWER = 8
"""Words from which a gold answer is a text of several sentences, which no sentence holds whole."""
_SHARED = 0.6
"""Share of a sentence's words that stand in such an answer for the sentence to count as its source."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its candidates, and for each whether it holds the gold answer."""

    question: Question
    inquiry: Inquiry
    right: tuple[bool, ...]

    @property
    def answerable(self) -> bool:
        """Whether the set says that the documents answer it."""
        return bool(self.question.answerable)


def read_items(questions: Path, corpus: Path, cache: Path | None) -> list[Item]:
    """The questions of a set with what is found for them, completed from the conversation before them."""
    opened = open_corpus(corpus, cache=cache)
    reader = ExtractiveReader(opened.assistant.library)
    items = []
    for question in read_questions(questions):
        if question.answerable is None:
            continue
        conversation = Conversation.from_messages([{"role": turn.role, "text": turn.text} for turn in question.history])
        before = context_query(question.text, conversation)
        if question.history and not before:
            continue  # it turns to something else, which is rare, and is like neither kind
        inquiry = reader.inquire(rewrite(question.text, conversation).standalone, SearchFilter(), before)
        if inquiry.candidates:
            items.append(Item(question, inquiry, tuple(_is_right(item, question) for item in inquiry.scored)))
    return items


def _is_right(item: Scored, question: Question) -> bool:
    if not question.answerable or item.candidate.document.id not in question.gold_doc_ids:
        return False
    return any(_holds(item.candidate.text, gold) for gold in question.gold_answers)


def _holds(sentence: str, gold: str) -> bool:
    if len(words(gold)) < _LONG_ANSWER:
        return contains(sentence, gold)
    own = set(words(sentence))
    return len(own) > 3 and len(own & set(words(gold))) >= _SHARED * len(own)


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Matrix:
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float64)


def fit_sentence(items: Sequence[Item]) -> LinearModel:
    """The model that ranks sentences; `BY_HAND` stands for what the items cannot teach."""
    from sklearn.linear_model import LogisticRegression

    names = [name for name in items[0].inquiry.scored[0].features.values() if name not in BY_HAND]
    differences, shares = [], []
    for item in items:
        if item.inquiry.before:
            continue
        values = _matrix([scored.features.values() for scored in item.inquiry.scored], names)
        right = np.array(item.right)
        wrong = values[~right]
        for row in values[right][:3] if len(wrong) else ():
            differences.append(row - wrong)
            shares.append(np.full(len(wrong), 1 / (len(wrong) * min(3, right.sum()))))
    rows, share = np.concatenate(differences), np.concatenate(shares)
    scale = rows.std(axis=0) + 1e-9
    fitted = LogisticRegression(fit_intercept=False, C=_SENTENCE_SMOOTHING, max_iter=1000).fit(
        np.concatenate([rows, -rows]) / scale, np.repeat([1, 0], len(rows)), sample_weight=np.concatenate([share, share])
    )
    return LinearModel({**dict(zip(names, (fitted.coef_[0] / scale).tolist(), strict=True)), **BY_HAND})


def ranked(item: Item, model: LinearModel) -> tuple[list[Scored], list[bool]]:
    """The candidates of a question by another model, best first, and whether each is right."""
    scored = [replace(known, score=model.score(known.features.values())) for known in item.inquiry.scored]
    order = sorted(range(len(scored)), key=lambda number: -scored[number].score)
    return [scored[number] for number in order], [item.right[number] for number in order]


def fit_answerable(items: Sequence[Item], sentence: LinearModel) -> dict[str, LinearModel]:
    """The models that tell whether the best sentence answers, by name."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(model_name(item.inquiry.before), []).append(item)
    return {name: _fit_answerable(group, sentence) for name, group in groups.items()}


def _fit_answerable(items: Sequence[Item], sentence: LinearModel) -> LinearModel:
    from sklearn.linear_model import LogisticRegression

    rows = [_answerable_row(item, sentence) for item in items]
    names = list(rows[0])
    values = _matrix(rows, names)
    centre, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    labels = [item.answerable for item in items]
    if len(set(labels)) == 1:
        # Nothing tells them apart: the share of answerable ones, with half a question of each kind added, stands for all.
        share = (sum(labels) + 0.5) / (len(labels) + 1)
        return LinearModel(dict.fromkeys(names, 0.0) | ANSWERABLE_BY_HAND, float(np.log(share / (1 - share))))
    fitted = LogisticRegression(C=_ANSWERABLE_SMOOTHING, max_iter=2000).fit((values - centre) / scale, labels)
    weights = fitted.coef_[0] / scale
    known = dict(zip(names, weights.tolist(), strict=True)) | ANSWERABLE_BY_HAND
    return LinearModel(known, float(fitted.intercept_[0] - weights @ centre))


def _answerable_row(item: Item, sentence: LinearModel) -> dict[str, float]:
    scored, _ = ranked(item, sentence)
    inquiry = item.inquiry
    return answerable_values(scored[0], scored, inquiry.question, inquiry.terms, inquiry.before)


def cross_validate(items: Sequence[Item], tell: Callable[[str], Any]) -> None:
    """Tell how well models fitted on four fifths of the questions do on the rest."""
    first, third, chances, labels = [], [], [], []
    for fold in range(FOLDS):
        rest = [item for number, item in enumerate(items) if number % FOLDS != fold]
        sentence = fit_sentence(rest)
        answerable = fit_answerable(rest, sentence)
        for item in items[fold::FOLDS]:
            _, right = ranked(item, sentence)
            if item.answerable and not item.inquiry.before:
                first.append(right[0])
                third.append(any(right[:3]))
            model = answerable[model_name(item.inquiry.before)]
            chances.append(model.probability(_answerable_row(item, sentence)))
            labels.append(item.answerable)
    tell(f"questions not fitted to: right sentence first {np.mean(first):.3f}, among three {np.mean(third):.3f} (n={len(first)})")
    for line in calibration(chances, labels):
        tell(line)


def calibration(chances: Sequence[float], labels: Sequence[bool]) -> list[str]:
    """Lines that compare probabilities with what came true, in five ranges, and what thresholds would refuse."""
    values, true = np.array(chances), np.array(labels)
    lines = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = (values >= low) & (values < low + 0.2)
        if inside.any():
            lines.append(f"probability {low:.1f} to {low + 0.2:.1f}: {true[inside].mean():.2f} answerable (n={inside.sum()})")
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        refused = values < least
        lines.append(
            f"refusing below {least:.2f}: refuses {refused[~true].mean():.3f} of the unanswerable, "
            f"{refused[true].mean():.3f} of the answerable"
        )
    return lines


def as_text(models: dict[str, LinearModel], sources: Sequence[str]) -> str:
    """The models as the text of a file that `parley.assistant.reading.linear_model` reads."""
    lines = [
        "# Weights of the reader's models, written by eval/fitting/reading_model.py, which tells the recipe.",
        f"# Fitted on: {', '.join(sources)}.",
        f"# Set by hand: {', '.join([*BY_HAND, *ANSWERABLE_BY_HAND])}.",
        "# model\tfeature\tweight",
    ]
    for name, model in models.items():
        lines.append(f"{name}\t{INTERCEPT}\t{model.intercept:.4f}")
        lines += [f"{name}\t{feature}\t{weight:.4f}" for feature, weight in model.weights.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, cross-validate and write."""
    parser = argparse.ArgumentParser(description="Fit the models by which the reader chooses and refuses.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--set", nargs=2, type=Path, action="append", required=True, metavar=("QUESTIONS", "CORPUS"))
    parser.add_argument("--cache", type=Path)
    arguments = parser.parse_args()
    items = [item for questions, corpus in arguments.set for item in read_items(questions, corpus, arguments.cache)]
    # Questions of one document stand together in the sets; taken in turns they spread over the folds.
    cross_validate(items, print)
    sentence = fit_sentence(items)
    models = {"sentence": sentence, **fit_answerable(items, sentence)}
    arguments.output.write_text(as_text(models, [questions.parent.name for questions, _ in arguments.set]), encoding="utf-8")


if __name__ == "__main__":
    main()
