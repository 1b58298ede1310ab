"""Claims beside the texts said to support them, and how well a score tells the supported ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from parley.eval.sets.jsonl import read_jsonl
from parley.index.errors import QuestionSetError


class Claim(BaseModel):
    """One line of a file of claims: `references` or `evidence_sentences` hold the text; other fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    claim: str
    supported: bool
    references: tuple[str, ...] = ()
    evidence_sentences: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text said to support the claim, its parts in lines of their own."""
        return "\n".join(self.references or self.evidence_sentences)


@dataclass(frozen=True, slots=True)
class SupportFigures:
    """How well predictions match, all 0 to 1; `auroc` is the chance that a supported claim scores above another.

    `precision` and `recall` are of "supported" at the operating point used.
    """

    n: int
    accuracy: float
    macro_f1: float
    f1_supported: float
    precision: float
    recall: float
    auroc: float


def read_claims(path: Path) -> list[Claim]:
    """The claims of a file. Raises QuestionSetError naming the line that is malformed."""
    claims = [claim for _, claim in read_jsonl(path, Claim)]
    if not claims:
        msg = f"{path} has no claims."
        raise QuestionSetError(msg)
    return claims


def support_figures(truth: Sequence[bool], scores: Sequence[float], predicted: Sequence[bool]) -> SupportFigures:
    """Compare scores and predictions with the truth. Raises ValueError if there is nothing to compare."""
    if not truth:
        msg = "no claims to compare"
        raise ValueError(msg)
    pairs = list(zip(truth, predicted, strict=True))
    both, wrong, missed = pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))
    right_rejections = pairs.count((False, False))
    f1 = 2 * both / max(1, 2 * both + wrong + missed)
    f1_other = 2 * right_rejections / max(1, 2 * right_rejections + wrong + missed)
    return SupportFigures(
        n=len(pairs),
        accuracy=(both + right_rejections) / len(pairs),
        macro_f1=(f1 + f1_other) / 2,
        f1_supported=f1,
        precision=both / max(1, both + wrong),
        recall=both / max(1, both + missed),
        auroc=_auroc(truth, scores),
    )


def _auroc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Area under the curve by ranks (Mann and Whitney 1947), ties counting half."""
    order = sorted(range(len(scores)), key=lambda item: scores[item])
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for item in order[start:end]:
            ranks[item] = (start + end + 1) / 2
        start = end
    positive = sum(truth)
    negative = len(truth) - positive
    above = sum(rank for rank, supported in zip(ranks, truth, strict=True) if supported) - positive * (positive + 1) / 2
    return above / max(1, positive * negative)
