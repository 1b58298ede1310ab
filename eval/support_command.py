"""`parley eval-support`: how well claims that a text supports are told from others, by the score or by a judging model."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from parley.eval.argument_types import positive, seconds
from parley.eval.extra import check_extra

if TYPE_CHECKING:
    from parley.eval.sets.claims import Claim, SupportFigures
    from parley.eval.studies.judge import JudgeFigures


class EvalSupportCommand:
    """The subcommand, as the shell's entry point group `parley.commands` wants it."""

    name = "eval-support"
    help = "measure the check whether a text supports a claim, on claims whose answer is known"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        told = "claims, one JSON object a line: id, claim, supported, and references or evidence_sentences"
        parser.add_argument("claims", metavar="CLAIMS.jsonl", type=Path, help=told)
        parser.add_argument("--threshold", type=float, help="score from which a claim counts as supported (default: as shipped)")
        parser.add_argument("--predictions", metavar="FILE.jsonl", type=Path, help="write id, score and supported of every claim")
        parser.add_argument("--judge-url", metavar="URL", help="also ask a language model, and tell how far it can be relied on")
        parser.add_argument("--judge", metavar="NAME", help="the judging model's name there")
        parser.add_argument(
            "--timeout", metavar="SECONDS", type=seconds, default=180.0, help="for each of the judge's replies (%(default)g)"
        )
        parser.add_argument("--limit", metavar="N", type=positive, help="only the first N claims")
        parser.add_argument("--sample", metavar="N", type=positive, help="only N claims, drawn at random by --seed")
        parser.add_argument("--seed", metavar="N", type=int, default=1, help="which claims --sample draws (%(default)s)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Score every claim, write the predictions, print the figures."""
        check_extra(self.name)
        from parley.assistant.drafting.support.judging import THRESHOLD, support_score
        from parley.eval.sets.claims import read_claims, support_figures
        from parley.eval.sets.sampling import Sample

        threshold = THRESHOLD if arguments.threshold is None else arguments.threshold
        claims = read_claims(arguments.claims)[: arguments.limit]
        if arguments.sample is not None:
            claims = Sample(arguments.sample, arguments.seed).draw(claims)
        truth = [claim.supported for claim in claims]
        scores = [support_score(claim.claim, claim.text) for claim in claims]
        predicted = [score >= threshold for score in scores]
        if arguments.predictions:
            _write(arguments.predictions, claims, scores, predicted)
        judge = _judged(claims, predicted, arguments) if arguments.judge_url else None
        _print(support_figures(truth, scores, predicted), judge, as_json=arguments.json)
        return 0


command = EvalSupportCommand()


def _write(path: Path, claims: list[Claim], scores: list[float], predicted: list[bool]) -> None:
    rows = zip(claims, scores, predicted, strict=True)
    lines = [json.dumps({"id": claim.id, "score": round(score, 6), "supported": told}) for claim, score, told in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _judged(claims: list[Claim], predicted: list[bool], arguments: argparse.Namespace) -> JudgeFigures:
    """What a language model says of each claim, against the labels. Local addresses only. Raises LanguageModelError."""
    from rich.progress import track

    from parley.assistant.language_model.server import ServerGenerator
    from parley.assistant.language_model.settings import ModelSettings
    from parley.eval.studies.judge import SupportJudge, judge_figures

    settings = ModelSettings(arguments.judge_url, arguments.judge or "", timeout_seconds=arguments.timeout)
    judge = SupportJudge(ServerGenerator(settings.with_key()))
    verdicts = [judge.verdict(claim.claim, claim.text) for claim in track(claims, "claims", transient=True)]
    return judge_figures(judge.name, [claim.supported for claim in claims], predicted, verdicts, [claim.text for claim in claims])


def _print(score: SupportFigures, judge: JudgeFigures | None, *, as_json: bool) -> None:
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    console = Console()
    if as_json:
        console.print_json(json.dumps({"score": asdict(score), "judge": asdict(judge) if judge else None}))
        return
    table = Table("", "n", "accuracy", "macro-F1", "F1 supported", "precision", "recall", "AUROC")
    for name, found in (("score", score), ("judge", judge.figures if judge else None)):
        if found is not None:
            shares = (found.accuracy, found.macro_f1, found.f1_supported, found.precision, found.recall, found.auroc)
            table.add_row(name, str(found.n), *(f"{share:.3f}" for share in shares))
    console.print(table)
    for line in _told(judge) if judge else ():
        console.print(line)


def _told(judge: JudgeFigures) -> list[str]:
    agreement = judge.agreement
    lines = [f"Judge: {judge.name}; {agreement.unscored} of {agreement.n + agreement.unscored} replies were neither yes nor no."]
    if agreement.value is not None:
        interval = "" if agreement.low is None else f" [{agreement.low:.3f}, {agreement.high:.3f}]"
        kappa = "" if judge.kappa is None else f", kappa {judge.kappa:.2f}"
        lines.append(f"It agrees with the labels on {agreement.value:.3f}{interval}{kappa}.")
        lines.append(f"It agrees with the score on {judge.agreement_with_score:.3f}.")
    return lines
