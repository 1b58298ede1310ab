"""`parley eval-quotes`: how far the quote check tells true quotations from altered ones.

Cheap to import: what does the work is imported when the command runs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from parley.eval.extra import check_extra

DONE, APPROVED = 0, 1


class EvalQuotesCommand:
    """The subcommand, as the shell's entry point group `parley.commands` wants it.

    Exit code 0 when the run is done; 1 when an altered quotation was called exact or the same words, which must never be.
    """

    name = "eval-quotes"
    help = "check quotations made from the documents' own, true and altered, and score the verdicts"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        documents = parser.add_mutually_exclusive_group()
        documents.add_argument("--corpus", metavar="CORPUS", type=Path, help="a .jsonl corpus, or a file or folder of documents")
        documents.add_argument("--library", metavar="DIR", type=Path, help="a library (default: $PARLEY_LIBRARY, else ./library)")
        parser.add_argument("--count", metavar="N", type=int, default=500, help="quotations to make (%(default)s)")
        parser.add_argument("--seed", metavar="N", type=int, default=0, help="draws other ones (%(default)s)")
        parser.add_argument("--json", action="store_true", help="print the figures and every wrong case as JSON")
        parser.add_argument("--cases", metavar="FILE", type=Path, help="write the quotations made, one JSON object a line")
        parser.add_argument("--cache", metavar="DIR", type=Path, help="where libraries made from a corpus are kept")

    def run(self, arguments: argparse.Namespace) -> int:
        """Make, check, print. Raises ParleyError for a missing library or a malformed corpus."""
        check_extra(self.name)
        from rich.console import Console

        from parley import Assistant
        from parley.eval.sets.corpus import open_corpus
        from parley.eval.studies.quotes import make_cases
        from parley.eval.studies.quotes_report import judge

        folder = arguments.library or Path(os.environ.get("PARLEY_LIBRARY") or "library")
        opened = open_corpus(arguments.corpus, cache=arguments.cache) if arguments.corpus else None
        with opened.assistant if opened else Assistant.open(folder, create=False) as assistant:
            cases = make_cases(assistant, count=arguments.count, seed=arguments.seed)
            report = judge(cases, lambda quote, speaker: assistant.check_quote(quote, speaker=speaker).verdict)
        if arguments.cases is not None:
            lines = (json.dumps(asdict(case), ensure_ascii=False) + "\n" for case in cases)
            arguments.cases.write_text("".join(lines), encoding="utf-8")
        if arguments.json:
            sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
        else:
            console = Console()
            for table in report.tables():
                console.print(table)
            console.print(f"Altered or invented, but called exact or the same words: {len(report.false_approvals)}")
        return APPROVED if report.false_approvals else DONE


command = EvalQuotesCommand()
