"""Fitting the weights of assistant/dialogue/topic_shift.py: whether a question goes on from the turn before.

    python -m parley.eval.fitting.topic_shift QUESTIONS.jsonl DOCS [--library DIR]

QUESTIONS.jsonl holds lines of `{doc, turns}`, `doc` being a file in DOCS. The last turn of every conversation goes on; in its
place, single questions of other documents do not. Logistic regression (L2, C = 1). The document at hand is the one in which the
turn before finds its best passage, as where an answer cites nothing, so that no answer has to be made.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from parley.assistant.assistant import Assistant
from parley.assistant.dialogue.topic_shift import WEIGHTS, features
from parley.index.library import Library

OTHERS = 2
"""Questions of other documents drawn for each conversation."""


def examples(rows: list[dict[str, object]], library: Library, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Features, shape (examples, weights), and whether each goes on, 0 or 1."""
    drawn = random.Random(seed)
    single = [row for row in rows if len(_turns(row)) == 1]
    values: list[list[float]] = []
    goes_on: list[int] = []
    for row in (row for row in rows if len(_turns(row)) > 1):
        *before, last = _turns(row)
        held = tuple(hit.passage.document_id for hit in library.search(" ".join(before[-2:]), k=1))
        others = drawn.sample([other for other in single if other["doc"] != row["doc"]], OTHERS)
        for question, label in [(last, 1), *((_turns(other)[0], 0) for other in others)]:
            found = features(question, held, library)
            values.append([found[name] for name in WEIGHTS])
            goes_on.append(label)
    return np.array(values), np.array(goes_on)


def _turns(row: dict[str, object]) -> list[str]:
    turns = row["turns"]
    assert isinstance(turns, list)
    return [str(turn) for turn in turns]


def main() -> None:
    """Fit, and print the weights and the share told right."""
    parser = argparse.ArgumentParser(prog="python -m parley.eval.fitting.topic_shift", description="Fit the weights.")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    parser.add_argument("documents", type=Path, metavar="DOCS")
    parser.add_argument("--library", type=Path, help="where the documents are, or are kept")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder, Assistant.open(arguments.library or Path(folder) / "library") as assistant:
        assistant.add(arguments.documents)
        values, goes_on = examples(rows, assistant.library)
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(values, goes_on)
    for name, weight in zip(WEIGHTS, model.coef_[0], strict=True):
        print(f"{name}\t{weight:.2f}")  # noqa: T201
    print(f"right: {model.score(values, goes_on):.3f} of {len(goes_on)}")  # noqa: T201


if __name__ == "__main__":
    main()
