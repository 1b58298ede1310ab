"""Training examples from public sets: rows of {q, title, sents, gold, ans}, each with passages of other rows that look alike.

    python -m parley.eval.fitting.passage_reader.public_rows ROWS.json.gz EXAMPLES.jsonl [--most 5000]

The rows that the shipped weights were trained on come from QED (CC BY-SA 3.0), QAMR (MIT), QADiscourse (CC BY 4.0) and SelQA
(Apache-2.0); NOTICE names them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from parley.eval.fitting.passage_reader.examples import Example, ExamplePassage, write_examples

ALIKE = 3
"""Passages of other rows shown with one."""

_LOOKED_AT = 40
_AT_ONCE = 512


def examples_of(rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """One example per row."""
    passages = [_passage(row) for row in rows]
    for number, others in enumerate(alike(rows, passages)):
        shown = [passages[number], *(_unanswering(passages[other]) for other in others)]
        yield Example(f"{rows[number]['src']}-{number}", "", rows[number]["q"], (), tuple(shown))


def _passage(row: dict[str, Any]) -> ExamplePassage:
    spans, place = [], 0
    for sentence in row["sents"]:
        spans.append((place, place + len(sentence)))
        place += len(sentence) + 1
    words = (tuple(row["ans"]),) if row["ans"] else ()
    return ExamplePassage(" ".join(row["sents"]), tuple(spans), title=row["title"], right=tuple(row["gold"]), words=words)


def _unanswering(passage: ExamplePassage) -> ExamplePassage:
    return ExamplePassage(passage.text, passage.sentences, title=passage.title)


def alike(rows: Sequence[dict[str, Any]], passages: Sequence[ExamplePassage]) -> Iterator[list[int]]:
    """For each row the rows whose passages share most of its question's rare words, without its answer and its sentences."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", max_df=0.5, dtype=np.float32)
    texts = vectorizer.fit_transform([f"{item.title} {item.text}" for item in passages]).T.tocsr()
    asked = vectorizer.transform([row["q"] for row in rows])
    for start in range(0, len(rows), _AT_ONCE):
        scores = (asked[start : start + _AT_ONCE] @ texts).tocsr()
        for place in range(scores.shape[0]):
            cut = slice(scores.indptr[place], scores.indptr[place + 1])
            order = scores.indices[cut][np.argsort(-scores.data[cut])[:_LOOKED_AT]]
            yield [int(other) for other in order if _may_stand_beside(passages, start + place, int(other))][:ALIKE]


def _may_stand_beside(passages: Sequence[ExamplePassage], own: int, other: int) -> bool:
    first, second = passages[own], passages[other]
    answers = [first.text[start:end].lower() for start, end in first.words]
    right = [first.text[start:end] for number, (start, end) in enumerate(first.sentences) if number in first.right]
    return (
        first.text != second.text
        and not any(part in second.text for part in right)
        and not any(answer in second.text.lower() for answer in answers)
    )


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Make training examples of public rows.")
    parser.add_argument("rows", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--most", type=int, default=5000, help="rows taken, drawn at random")
    options = parser.parse_args()
    with gzip.open(options.rows, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    examples = list(examples_of(rows))
    random.Random(9).shuffle(examples)
    print(f"{write_examples(options.output, examples[: options.most])} examples")  # noqa: T201


if __name__ == "__main__":
    main()
