"""`parley eval-support`: how well claims that a text supports are told from others, by the score or by a judging model."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.claims import Claim, SupportFigures


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
        parser.add_argument("--judge-url", metavar="URL", help="also ask a language model, and tell how far the two agree")
        parser.add_argument("--judge", metavar="NAME", help="the judging model's name there")
        parser.add_argument("--limit", metavar="N", type=int, help="only the first N claims")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Score every claim, write the predictions, print the figures."""
        from assistant.support.judging import THRESHOLD, support_score
        from eval.claims import read_claims, support_figures

        threshold = THRESHOLD if arguments.threshold is None else arguments.threshold
        claims = read_claims(arguments.claims)[: arguments.limit]
        truth = [claim.supported for claim in claims]
        scores = [support_score(claim.claim, claim.text) for claim in claims]
        predicted = [score >= threshold for score in scores]
        if arguments.predictions:
            _write(arguments.predictions, claims, scores, predicted)
        figures = {"score": support_figures(truth, scores, predicted)}
        agreement = None
        if arguments.judge_url:
            judged = _judged(claims, arguments.judge_url, arguments.judge)
            asked = [number for number, verdict in enumerate(judged) if verdict is not None]
            verdicts = [bool(judged[number]) for number in asked]
            figures["judge"] = support_figures([truth[number] for number in asked], [float(item) for item in verdicts], verdicts)
            agreement = sum(predicted[number] == bool(judged[number]) for number in asked) / len(asked)
        _print(figures, agreement, as_json=arguments.json)
        return 0


command = EvalSupportCommand()


def _write(path: Path, claims: list[Claim], scores: list[float], predicted: list[bool]) -> None:
    rows = zip(claims, scores, predicted, strict=True)
    lines = [json.dumps({"id": claim.id, "score": round(score, 6), "supported": told}) for claim, score, told in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _judged(claims: list[Claim], url: str, model: str | None) -> list[bool | None]:
    """What a language model says of each claim; `None` where its reply is neither yes nor no. Local addresses only."""
    from assistant.language_model.server import ServerGenerator
    from assistant.language_model.settings import ModelSettings
    from eval.judge import SupportJudge

    judge = SupportJudge(ServerGenerator(ModelSettings(base_url=url, model=model or "").with_key()))
    return [judge.verdict(claim.claim, claim.text) for claim in claims]


def _print(figures: dict[str, SupportFigures], agreement: float | None, *, as_json: bool) -> None:
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table

    console = Console()
    if as_json:
        told = {name: asdict(found) for name, found in figures.items()} | {"agreement": agreement}
        console.print_json(json.dumps(told))
        return
    table = Table("", "n", "accuracy", "macro-F1", "F1 supported", "precision", "recall", "AUROC")
    for name, found in figures.items():
        shares = (found.accuracy, found.macro_f1, found.f1_supported, found.precision, found.recall, found.auroc)
        table.add_row(name, str(found.n), *(f"{share:.3f}" for share in shares))
    console.print(table)
    if agreement is not None:
        console.print(f"Score and judge agree on {agreement:.3f} of the claims judged.")
