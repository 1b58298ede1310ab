"""Fits from when on words may stand alone in front of an answer: `SURE` and `SURE_OF_SENTENCE` of `answer_words`.

    python -m parley.eval.fitting.words_in_front gather QUESTIONS.jsonl LIBRARY OUT.jsonl \
        [--documents NAMES.txt] [--files FOLDER] [--every N]
    python -m parley.eval.fitting.words_in_front fit OUT.jsonl [...] [--most 0.04]

Questions are those that `passage_reader/gathering.py` reads; `--files` is the folder of the documents' files. `gather` asks
them and notes which words could stand in front of each answer, how sure the reader is of them, and whether they are right: they
hold a stretch that answers, or share half of their words with one. `fit` prints how many answers lead with right and with wrong
words from each certainty on; it takes the pair of thresholds with most right ones among those that leave at most `--most` of
all answers with wrong ones. The trained reader must not have seen the documents: of those it is too sure.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from parley.assistant import Assistant
from parley.assistant.answers.facts.ordering import in_order
from parley.assistant.answers.facts.read_answer import ENOUGH
from parley.assistant.answers.reader import ExtractiveReader
from parley.assistant.reading.answer_words import words_that_may_stand
from parley.assistant.reading.answerability import probability
from parley.eval.fitting.asked_questions import Talks, read_questions
from parley.eval.scorers.text import contains, token_f1
from parley.index.types import SearchFilter

AGREES = 0.5
"""Least token F1 of words in front with a stretch that answers."""

CERTAINTIES = tuple(step / 20 for step in range(2, 20))
SCORES = (-2.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Front:
    """An answer that is given, with the words that could stand in front of it.

    Attributes:
        words: empty where none could.
        certainty, score: the reader's share of the words in their sentence, and its log-odds of the sentence.
        right: whether they are a gold answer.
    """

    question: str
    words: str
    certainty: float
    score: float
    right: bool


def gather(questions: Sequence[dict[str, Any]], library: Path) -> Iterator[Front]:
    """Ask the questions and note the words of each answer that is given."""
    assistant = Assistant.open(library, create=False)
    reader, talks = ExtractiveReader(assistant.library), Talks(assistant)
    for item in questions:
        carried = talks.carried(item["turns"], SearchFilter())
        inquiry = reader.inquire(item["turns"][-1], SearchFilter(), carried)
        scored = in_order(inquiry)
        if probability(scored, inquiry.question, later=bool(carried.earlier)) < ENOUGH:
            continue
        best = scored[0]
        span = words_that_may_stand(best, inquiry.question)
        shown = best.candidate.document.text[span.start : span.end] if span else ""
        right = any(contains(shown, gold) or token_f1(shown, gold) >= AGREES for gold in item["words"])
        yield Front(item["id"], shown, best.reading.certainty, best.reading.score, bool(shown) and right)


def counted(fronts: Sequence[Front], certainty: float, score: float) -> tuple[int, int]:
    """How many answers lead with right and with wrong words where these are the thresholds."""
    shown = [item for item in fronts if item.words and item.certainty >= certainty and item.score >= score]
    right = sum(item.right for item in shown)
    return right, len(shown) - right


def fit(fronts: Sequence[Front], most: float) -> tuple[float, float]:
    """The certainty and the score that let most right words stand in front, wrong ones before at most a share `most` of answers.

    Of pairs with as many right ones, the one with fewest wrong ones, then the strictest.
    """
    allowed = [pair for pair in product(CERTAINTIES, SCORES) if counted(fronts, *pair)[1] <= most * len(fronts)]
    return max(allowed, key=lambda pair: (counted(fronts, *pair)[0], -counted(fronts, *pair)[1], pair))


def main() -> None:
    """Gather or fit, as the command line says."""
    parser = argparse.ArgumentParser(description="Fit from when on words may stand alone in front of an answer.")
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("gather")
    for name in ("questions", "library", "output"):
        first.add_argument(name, type=Path)
    first.add_argument("--documents", type=Path, help="names of the documents whose questions are asked, one a line")
    first.add_argument("--files", type=Path, help="folder of the documents' files, for questions with offsets")
    first.add_argument("--every", type=int, default=1, help="ask only every Nth question")
    second = commands.add_parser("fit")
    second.add_argument("gathered", type=Path, nargs="+")
    second.add_argument("--most", type=float, default=0.04)
    options = parser.parse_args()
    if options.command == "gather":
        _gather(options)
        return
    fronts = [Front(**row) for path in options.gathered for row in _rows(path)]
    certainty, score = fit(fronts, options.most)
    for at_least in (0.0, score):
        for sure in CERTAINTIES:
            right, wrong = counted(fronts, sure, at_least)
            print(f"score {at_least:4.1f}  certainty {sure:.2f}  right {right:4d}  wrong {wrong:4d}  of {len(fronts)}")  # noqa: T201
    print(f"SURE = {certainty}, SURE_OF_SENTENCE = {score}: right and wrong", counted(fronts, certainty, score))  # noqa: T201


def _gather(options: argparse.Namespace) -> None:
    only = set(options.documents.read_text(encoding="utf-8").split()) if options.documents else None
    rows = [row for row in read_questions(options.questions, options.files) if only is None or row["doc"] in only]
    with options.output.open("w", encoding="utf-8") as file:
        for front in gather(rows[:: options.every], options.library):
            file.write(json.dumps(asdict(front), ensure_ascii=False) + "\n")
            file.flush()


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    main()
