"""`--export FILE`, for the commands whose results can be kept as evidence."""

from __future__ import annotations

import argparse
from datetime import date as Date
from typing import TYPE_CHECKING, TypedDict

from parley.ui.cli.console import parse_day

if TYPE_CHECKING:
    from parley.assistant import Assistant


class ExportDetails(TypedDict):
    """What every export function takes besides its subject and path."""

    model_sha256: str
    exported: Date | None


def add_export_options(parser: argparse.ArgumentParser, what: str) -> None:
    """`--export FILE` and `--export-date`."""
    parser.add_argument(
        "--export",
        metavar="FILE",
        help=f"write {what} with its evidence to FILE: .md .html .docx .csv .jsonl .bib .ris .csl.json .jsonld .txt",
    )
    parser.add_argument("--export-date", metavar="YYYY-MM-DD", help="the day that the export states; none otherwise")


def check_export(arguments: argparse.Namespace) -> None:
    """Fail before anything is asked, rather than after. Raises ParleyError for an unknown suffix, QuestionError for no day."""
    from parley.assistant.reports.export import check_suffix

    parse_day(arguments.export_date)
    if arguments.export is not None:
        check_suffix(arguments.export)


def export_details(arguments: argparse.Namespace, assistant: Assistant) -> ExportDetails:
    """The digest of the library's model, and the day that was given."""
    return {
        "model_sha256": assistant.library.manifest.model_sha256,
        "exported": parse_day(arguments.export_date),
    }
