"""Training examples from public sets: rows of {q, title, sents, gold, ans}, each with passages of other rows that look alike.

    python -m parley.eval.fitting.passage_reader.public_rows ROWS.json.gz EXAMPLES.jsonl [--most 5000]
    python -m parley.eval.fitting.passage_reader.public_rows ROWS.json.gz EXAMPLES.jsonl --written ABOUT_ROWS.jsonl

The rows that the shipped weights were trained on come from QED (CC BY-SA 3.0), QAMR (MIT), QADiscourse (CC BY 4.0) and SelQA
(Apache-2.0); NOTICE names them. Every question of theirs is answered; a reader that learns from them alone takes every passage of
an encyclopedia for an answer. So questions were written that a row's passage nearly answers, and does not, and of some rows the
sentences that answer are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
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


def with_written(rows: Sequence[dict[str, Any]], written: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, and behind them one for each written question about the passage of one of them.

    A written question has the number of its row, and words as offsets of the row's sentences joined by spaces. With `miss` the
    passage does not answer it, and its sentences are those that seem to.
    """
    return [*rows, *(_about(rows[item["row"]], item) for item in written)]


def _about(row: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    missed = "miss" in item
    asked = {"q": item["question"], "gold": [] if missed else item["sentences"], "ans": None, "near": missed}
    return row | asked | {"src": item["id"], "words": [] if missed else item["words"]}


def without_answer(example: Example) -> Example:
    """The example with the sentences that answer cut out of its passage; the passages beside it stay those that do not answer."""
    own, *others = example.passages
    left = [own.text[start:end] for number, (start, end) in enumerate(own.sentences) if number not in own.right]
    cut = _passage({"sents": left, "gold": [], "ans": None, "title": own.title, "near": True})
    return replace(example, passages=(cut, *others))


def _passage(row: dict[str, Any]) -> ExamplePassage:
    spans, place = [], 0
    for sentence in row["sents"]:
        spans.append((place, place + len(sentence)))
        place += len(sentence) + 1
    words = row.get("words") or ([row["ans"]] if row["ans"] else [])
    return ExamplePassage(
        " ".join(row["sents"]),
        tuple(spans),
        title=row["title"],
        right=tuple(row["gold"]),
        words=tuple((start, end) for start, end in words),
        near=row.get("near", False),
    )


def _unanswering(passage: ExamplePassage) -> ExamplePassage:
    return ExamplePassage(passage.text, passage.sentences, title=passage.title)


def alike(rows: Sequence[dict[str, Any]], passages: Sequence[ExamplePassage]) -> Iterator[list[int]]:
    """For each row the rows whose passages share most of its question's rare words, without its answer and its sentences.

    Where its own passage does not answer, they are of other titles: another passage of the same article may.
    """
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
        and (right or first.title != second.title)
        and not any(part in second.text for part in right)
        and not any(answer in second.text.lower() for answer in answers)
    )


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Make training examples of public rows.")
    parser.add_argument("rows", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--most", type=int, default=5000, help="rows taken, drawn at random")
    parser.add_argument("--written", type=Path, help="take the questions of this file, written about passages of the rows")
    parser.add_argument("--without", nargs="*", default=[], help="how the ids begin of written questions that are left out")
    parser.add_argument("--unanswered", type=float, default=0.0, help="share of the rows taken without the sentences that answer")
    options = parser.parse_args()
    with gzip.open(options.rows, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    examples = (
        _written(rows, options.written, options.without) if options.written else _drawn(rows, options.most, options.unanswered)
    )
    print(f"{write_examples(options.output, examples)} examples")  # noqa: T201


def _written(rows: Sequence[dict[str, Any]], path: Path, without: Sequence[str]) -> list[Example]:
    written = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [item for item in written if not item["id"].startswith(tuple(without))]
    return list(examples_of(with_written(rows, kept)))[len(rows) :]


def _drawn(rows: Sequence[dict[str, Any]], most: int, unanswered: float) -> list[Example]:
    chance = random.Random(9)
    examples = list(examples_of(rows))
    chance.shuffle(examples)
    return [without_answer(item) if _says_more(item) and chance.random() < unanswered else item for item in examples[:most]]


def _says_more(example: Example) -> bool:
    """Whether something is left of the passage without the sentences that answer."""
    own = example.passages[0]
    return len(own.sentences) > len(own.right)


if __name__ == "__main__":
    main()
