"""`parley eval-attribution`: how well statements are found in reports whose attributions were marked by hand.

Cheap to import: what does the work is imported when the command runs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from parley.eval.extra import check_extra


class EvalAttributionCommand:
    """The subcommand, as the shell's entry point group `parley.commands` wants it."""

    name = "eval-attribution"
    help = "score who-said-what extraction against reports whose attributions were marked by hand"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "gold",
            metavar="GOLD.jsonl",
            type=Path,
            help='a report a line: {"doc", "text", "attributions": [{"source", "cue", "content"}]}, each a list of [start, end]',
        )
        parser.add_argument("--extractor", metavar="NAME", default="default", help="default, or spacy (%(default)s)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--predictions", metavar="FILE", type=Path, help="write the statements found, a report a line")

    def run(self, arguments: argparse.Namespace) -> int:
        """Extract, score, print. Raises ParleyError for a malformed file, an unknown extractor or a missing extra."""
        check_extra(self.name)
        from rich.console import Console

        from parley.eval.studies.attribution import score_by_report, write_predictions
        from parley.eval.studies.attribution_report import summarize
        from parley.eval.studies.stopwatch import Stopwatch
        from parley.index.statements import make_extractor

        extractor = make_extractor(arguments.extractor)
        watch = Stopwatch(extractor)
        scored = score_by_report(arguments.gold, watch.predict)
        if arguments.predictions is not None:
            write_predictions(scored, arguments.predictions)
        report = summarize(extractor.name, extractor.version, scored, watch.seconds)
        if arguments.json:
            sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
            return 0
        console = Console()
        console.print(report.as_table())
        console.print(f"{report.characters_per_second:,.0f} characters a second of processor time ({report.reports} reports)")
        return 0


command = EvalAttributionCommand()
