"""Fitting assistant/dialogue/antecedents.tsv: which of the things that a conversation named a pronoun stands for.

    python -m parley.eval.fitting.followups REWRITES.jsonl [--write]

REWRITES.jsonl holds lines of `{id, title, section, question, history, standalone}` whose `standalone` was written by people; the
shipped weights come from the development questions of CANARD (Elgohary et al. 2019, CC BY-SA 4.0). For every question with a
pronoun, each name of the conversation is an item; it is right if the standalone question has the name's last word and the
question has not. One logistic regression per class of pronoun (L2, C = 1), judged by 5-fold cross-validation in which the
questions about one article's section stay together.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from parley.assistant.dialogue import antecedents
from parley.assistant.dialogue.antecedents import CERTAIN, CLASSES, PronounClass, features, pronoun_class
from parley.assistant.dialogue.conversation import Conversation
from parley.assistant.dialogue.referents import referents
from parley.eval.sets.rewrite_set import RewriteItem, read_rewrites
from parley.index.language.words import fold

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of one class of pronoun, and how its model did on questions it had not seen.

    Attributes:
        weights: by feature.
        questions: questions with such a pronoun and a name to choose from.
        possible: those where a name of the conversation is right.
        replaced: those where the likeliest name reaches `CERTAIN`.
        right: those of `replaced` where it is right.
    """

    weights: dict[str, float]
    questions: int
    possible: int
    replaced: int
    right: int


def fit(items: Sequence[RewriteItem], kind: PronounClass) -> Fitted:
    """Fit one class of pronoun."""
    values, labels, questions, groups, names = _table(items, kind)
    unseen = np.zeros(len(labels))
    for train, test in GroupKFold(FOLDS).split(values, labels, groups):
        unseen[test] = _model().fit(values[train], labels[train]).predict_proba(values[test])[:, 1]
    weights = _model().fit(values, labels).coef_[0]
    best = [rows[int(unseen[rows].argmax())] for number in np.unique(questions) for rows in [np.flatnonzero(questions == number)]]
    certain = [row for row in best if unseen[row] >= CERTAIN[kind]]
    return Fitted(
        {name: float(weight) for name, weight in zip(names, weights, strict=True)},
        len(best),
        sum(bool(labels[questions == number].any()) for number in np.unique(questions)),
        len(certain),
        sum(bool(labels[row]) for row in certain),
    )


def _model() -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False)


def _table(items: Sequence[RewriteItem], kind: PronounClass) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str], list[str]]:
    values, labels, questions, groups = [], [], [], []
    names: list[str] = []
    for number, item in enumerate(items):
        turns = Conversation.from_messages(item.messages).turns
        if not turns or kind not in _classes_in(item.question):
            continue
        asked = _words(item.question)
        added = set(_words(item.standalone)) - set(asked)
        named = referents(turns)
        for referent in named:
            found = features(referent, kind, turns=len(turns), asked=asked, named=named)
            names = list(found)
            values.append(list(found.values()))
            labels.append(referent.words[-1] in added)
            questions.append(number)
            groups.append(item.group)
    return np.array(values), np.array(labels), np.array(questions), groups, names


def _classes_in(question: str) -> set[PronounClass]:
    return {kind for word in re.findall(r"\w+", question) if (kind := pronoun_class(word))} or {"none"}


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[\w’'-]+", text)]


def table(fitted: dict[PronounClass, Fitted], source: str) -> str:
    """The weights as the text of antecedents.tsv."""
    head = [
        f"# Weights of assistant/dialogue/antecedents.py, fitted by `python -m parley.eval.fitting.followups` on {source}.",
        "# In 5-fold cross-validation by article section, of the questions with such a pronoun:",
        *(
            f"#   {kind}: {item.questions} questions, a name of the conversation is right in {item.possible}; "
            f"{item.replaced} replaced, {item.right} of them right"
            for kind, item in fitted.items()
        ),
        "# Columns: feature, then one weight for each class of pronoun: " + ", ".join(CLASSES),
    ]
    rows = [
        "\t".join([name, *(f"{fitted[kind].weights[name]:.2f}" for kind in CLASSES)])
        for name in next(iter(fitted.values())).weights
    ]
    return "\n".join([*head, *rows]) + "\n"


def main() -> None:
    """Fit, print the table, and with `--write` put it beside the module that reads it."""
    parser = argparse.ArgumentParser(prog="python -m parley.eval.fitting.followups", description=__doc__.splitlines()[0])
    parser.add_argument("rewrites", type=Path, metavar="REWRITES.jsonl")
    parser.add_argument("--source", default="the development questions of CANARD (CC BY-SA 4.0)", help="told in the file's head")
    parser.add_argument("--write", action="store_true", help="replace assistant/dialogue/antecedents.tsv")
    arguments = parser.parse_args()
    items = read_rewrites(arguments.rewrites)
    text = table({kind: fit(items, kind) for kind in CLASSES}, arguments.source)
    print(text)  # noqa: T201
    if arguments.write:
        Path(antecedents.__file__).with_name("antecedents.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
