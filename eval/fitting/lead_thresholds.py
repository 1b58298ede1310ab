"""Sets how surely the reader must point at words for them to stand in front of an answer.

    python -m parley.eval.fitting.lead_thresholds --set QUESTIONS.jsonl CORPUS.jsonl [--set …] [--cache DIR]

For each answerable question the sentence is taken that the assistant would answer with. Compared are the token F1 of the words
that the reader points at and that of what stands there otherwise: the span that a rule finds, else the whole sentence. Two
thresholds are set, for questions without and with a span of a type whose form a rule knows (`SURE` and `SURER` in
`assistant/answers/facts/read_leads.py`). Of the probabilities `STEPS` the second is the one with the best mean F1, since
something stands in front either way. The first is the highest whose mean is at most one standard error (of the difference,
over questions) below the best one's (Breiman et al. 1984, section 3.4.3): where nothing stood in front, words must be likely to
gain something.

Only question sets may be named whose licence lets figures fitted on them be shipped, and our own. How the two that Parley ships
were set stands in docs/eval.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.assistant.answers.facts.fact_answers import chosen, of_asked_speaker
from parley.assistant.answers.facts.read_leads import has_known_form, lead_by_rule, may_be_read, read_span
from parley.assistant.answers.reader import is_of_fact
from parley.eval.fitting.reading_model import Item, read_items
from parley.eval.scorers.text import token_f1
from parley.index.types import Span

STEPS = tuple(round(0.05 * step, 2) for step in range(21))
"""Thresholds tried; at 1 next to nothing that is read stands in front."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words pointed at: the reader's probability, their F1, that of what stands there otherwise, and which threshold decides."""

    probability: float
    read: float
    otherwise: float
    known_form: bool


def pointed(items: Sequence[Item]) -> Iterator[Pointed]:
    """What the reader points at for each question of fact where that may stand in front."""
    for item in items:
        inquiry, question = item.inquiry, item.inquiry.question
        scored = of_asked_speaker(inquiry) if item.answerable and is_of_fact(question) else []
        best = chosen(scored, inquiry) if scored else None
        if best is None or not item.question.gold_answers or not may_be_read(best, question):
            continue
        found, rule, text = read_span(best, inquiry), lead_by_rule(best, question), best.candidate.document.text
        if found is not None:
            read, otherwise = (_f1(text, span, item.question.gold_answers) for span in (found.span, rule or best.candidate.span))
            yield Pointed(found.probability, read, otherwise, has_known_form(best, question))


def _f1(text: str, span: Span, golds: Sequence[str]) -> float:
    return max(token_f1(text[span.start : span.end], gold) for gold in golds)


def figures(found: Sequence[Pointed]) -> NDArray[np.float64]:
    """F1 of what stands in front of each question at each threshold, shape `(len(found), len(STEPS))`."""
    return np.array([[item.read if item.probability >= step else item.otherwise for step in STEPS] for item in found])


def threshold(found: Sequence[Pointed], *, sparing: bool) -> float:
    """The highest of `STEPS` whose mean F1 is the best; if `sparing`, or lies at most one standard error below it."""
    table = figures(found)
    behind = table[:, [int(table.mean(axis=0).argmax())]] - table
    allowed = behind.std(axis=0) / len(found) ** 0.5 if sparing else 1e-9
    return STEPS[int(np.flatnonzero(behind.mean(axis=0) <= allowed)[-1])]


def main() -> None:
    """Print what would stand in front at each threshold, and the two that the rule sets."""
    parser = argparse.ArgumentParser(description="Set how surely words must be pointed at to stand in front.")
    parser.add_argument("--set", nargs=2, action="append", required=True, type=Path, metavar=("QUESTIONS", "CORPUS"))
    parser.add_argument("--cache", type=Path, help="folder of cached libraries")
    options = parser.parse_args()
    found = [item for questions, corpus in options.set for item in pointed(read_items(questions, corpus, options.cache))]
    for name, known_form in (("SURE", False), ("SURER", True)):
        theirs = [item for item in found if item.known_form == known_form]
        if not theirs:
            print(f"{name}: no question")  # noqa: T201
            continue
        print(f"{name} = {threshold(theirs, sparing=not known_form)} (n={len(theirs)}); mean token F1 by threshold:")  # noqa: T201
        print("  ".join(f"{step} {mean:.3f}" for step, mean in zip(STEPS, figures(theirs).mean(axis=0), strict=True)))  # noqa: T201


if __name__ == "__main__":
    main()
