"""A language model as a judge of support, apart from the one whose answers are judged."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from parley.assistant.drafting.sources import new_fence
from parley.assistant.language_model.generator import Generator, whole_reply
from parley.eval.reports.statistics import Estimate, estimate
from parley.eval.sets.claims import SupportFigures, support_figures
from parley.prompts import load_prompt

LONGEST_TEXT = 6_000
"""Characters of a text that the judge is shown; longer ones are cut, which is told by neither yes nor no."""


class SupportJudge:
    """Asks a model, by the prompt "support", whether a text supports a claim."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    @property
    def name(self) -> str:
        """The model's name, with the prompt and its version."""
        prompt = load_prompt("support")
        return f"{self._generator.name}, prompt {prompt.name} {prompt.version}"

    def verdict(self, claim: str, text: str) -> bool | None:
        """Yes or no; `None` where the reply is neither. Raises LanguageModelError."""
        shown = text[:LONGEST_TEXT]
        prompt = load_prompt("support").render(fence=new_fence(shown, claim), text=shown, claim=claim)
        reply = whole_reply(self._generator, prompt, stop=threading.Event(), longest=40)
        match = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
        return match.group(1).lower() == "yes" if match else None


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """How far a judge's verdicts can be relied on.

    Attributes:
        name: the model and its prompt.
        figures: against the claims' labels, over the claims judged; `None` where none was.
        agreement: share of verdicts that are as labelled, with its interval; unclear replies are its `unscored`.
        kappa: Cohen's kappa (1960) with the labels: agreement beyond what the two would have by chance; -1 to 1.
        agreement_with_score: share of verdicts that are as the support score has it; `None` where none was judged.
    """

    name: str
    figures: SupportFigures | None
    agreement: Estimate
    kappa: float | None
    agreement_with_score: float | None


def judge_figures(
    name: str, truth: Sequence[bool], by_score: Sequence[bool], verdicts: Sequence[bool | None], clusters: Sequence[str]
) -> JudgeFigures:
    """Compare a judge's verdicts with the labels and with the support score; `None` is a reply that was neither yes nor no.

    `clusters` says which claims belong together, such as those about one text. Raises ValueError if lengths differ.
    """
    rows = zip(truth, by_score, verdicts, strict=True)
    judged = [(label, score, verdict) for label, score, verdict in rows if verdict is not None]
    agreement = estimate(
        [None if verdict is None else float(verdict == label) for label, verdict in zip(truth, verdicts, strict=True)], clusters
    )
    if not judged:
        return JudgeFigures(name, None, agreement, None, None)
    labels, scores, said = ([row[column] for row in judged] for column in range(3))
    return JudgeFigures(
        name,
        support_figures(labels, [float(verdict) for verdict in said], said),
        agreement,
        _kappa(labels, said),
        sum(score == verdict for score, verdict in zip(scores, said, strict=True)) / len(judged),
    )


def _kappa(left: Sequence[bool], right: Sequence[bool]) -> float | None:
    """Cohen's kappa; `None` where chance alone would have them agree always."""
    observed = sum(one == other for one, other in zip(left, right, strict=True)) / len(left)
    yes_left, yes_right = sum(left) / len(left), sum(right) / len(right)
    by_chance = yes_left * yes_right + (1 - yes_left) * (1 - yes_right)
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None
