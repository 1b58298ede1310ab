"""Subcommands that keep a library: add, list, edit, remove, extract, doctor."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, cast

from parley.ui.cli.command import add_extractor_option, add_library_option
from parley.ui.cli.console import open_assistant, open_wording_assistant, parse_day, write, write_json
from parley.ui.cli.model_options import add_model_options
from parley.ui.cli.terminal import progress_bar, tell

if TYPE_CHECKING:
    from parley.assistant import AddReport, MetadataChanges


class AddCommand:
    """`parley add PATH…`."""

    name = "add"
    help = "add files and folders to the library; only new and changed ones cost anything"
    example = "parley add talks/ annex.docx"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "paths",
            metavar="PATH",
            nargs="+",
            help="files and folders (texts, Office files, mails, captions, zipped folders …: docs/formats.md)",
        )
        add_library_option(parser)
        parser.add_argument(
            "--prune", action="store_true", help="also remove documents whose file is gone from one of the folders named"
        )
        parser.add_argument(
            "--yes",
            action="store_true",
            help="with --prune, also where more than half of a folder's documents would go, or a fifth and at least five",
        )
        parser.add_argument("--model", metavar="NAME", help="embedding model for a new library: a folder or a cached hub name")
        add_extractor_option(parser)
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and nothing but what was refused or left out")

    def run(self, arguments: argparse.Namespace) -> int:
        """Add, then tell what was added and what was refused; 1 if any file was refused."""
        with open_assistant(arguments, create=True) as assistant, progress_bar(quiet=arguments.quiet) as show:
            report = assistant.add(*arguments.paths, prune=arguments.prune, prune_most=arguments.yes, progress=show)
            if arguments.prune and report.missing and _agreed(len(report.missing)):
                # The files are known by now: only the pruning is left to do.
                pruned = assistant.add(*arguments.paths, prune=True, prune_most=True)
                report = replace(report, removed=(*report.removed, *pruned.removed), missing=())
        if arguments.json:
            write_json(asdict(report) | {"seconds": round(report.seconds, 2)})
        else:
            _write_report(report, quiet=arguments.quiet)
        return 1 if report.refused else 0


def _agreed(count: int) -> bool:
    """Whether whoever sits at the terminal lets so many documents go; nobody there means no."""
    told = f"{count} documents would be removed: much of a folder is gone. Is its drive mounted?"
    if not sys.stdin.isatty():
        tell(f"{told} Nothing of these was removed; --yes removes them.")
        return False
    return input(f"{told} Remove them? [y/N] ").strip().lower() in {"y", "yes"}


def _write_report(report: AddReport, *, quiet: bool) -> None:
    for refusal in report.refused:
        kept = f" The version added before stays in the library: {refusal.kept}" if refusal.kept else ""
        write(f"refused: {refusal.path}: {refusal.reason}{kept}")
    for name in report.missing:
        write(f"file gone: {name} stays in the library; `--prune` or `parley remove` takes it out")
    for name, warning in report.warnings:
        write(f"note: {name}: {warning}")
    if quiet:
        return
    for name in report.removed:
        write(f"removed: {name}, whose file is gone")
    counted = f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged"
    write(f"{counted}, {len(report.refused)} refused; {report.passages} new passages in {report.seconds:.1f} s")


class ListCommand:
    """`parley list`."""

    name = "list"
    help = "list the documents of the library"
    example = "parley list"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("--json", action="store_true", help="print everything known of each document as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """One line a document: id, date, outlet, title."""
        from parley.assistant.particulars import document_json

        with open_assistant(arguments) as assistant:
            if arguments.json:
                write_json([document_json(document) for document in assistant.documents()])
                return 0
            documents = assistant.entries()
        width = max((len(document.id) for document in documents), default=0)
        for document in documents:
            day = document.date.isoformat() if document.date else "undated"
            write(f"{document.id:<{width}}  {day:<10}  {document.outlet or '-'}  {document.title}")
        return 0


class EditCommand:
    """`parley edit DOCUMENT`."""

    name = "edit"
    help = "correct what is known about a document; corrections outlive adding its file again"
    example = 'parley edit report.pdf --date 2031-04-05 --outlet "Harbour Post"'

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("document", metavar="DOCUMENT", help="id as `parley list` shows it")
        for field in ("title", "outlet", "author"):
            parser.add_argument(f"--{field}", metavar="TEXT", help=f"its {field}" + ("" if field == "title" else '; "" for none'))
        parser.add_argument("--date", metavar="YYYY-MM-DD", help='the day it was published or issued; "" for undated')
        parser.add_argument("--language", metavar="CODE", help='such as en; "" for unknown')
        parser.add_argument(
            "--genre", metavar="KIND", help='what kind of document it is, such as letter or transcript; "" for unknown'
        )
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Correct it, then print every fact with where it was found."""
        given = {name: getattr(arguments, name) for name in ("title", "outlet", "author", "date", "language", "genre")}
        changes = cast("MetadataChanges", {name: value or None for name, value in given.items() if value is not None})
        if "date" in changes:
            changes["date"] = parse_day(given["date"] or None)
        with open_assistant(arguments) as assistant:
            document = assistant.edit_metadata(arguments.document, **changes)
        for name in given:
            write(f"{name + ':':<10} {getattr(document, name) or '-'}  (from: {document.basis_of(name) or 'unknown'})")
        return 0


class RemoveCommand:
    """`parley remove DOCUMENT…`."""

    name = "remove"
    help = "forget documents: text, passages, statements, vectors, uploaded files, and their words in kept conversations"
    example = "parley remove report.pdf"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("documents", metavar="DOCUMENT", nargs="+", help="ids as `parley list` shows them, or paths of files")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Remove all of them in one step, or none where one is not there."""
        with open_assistant(arguments) as assistant:
            for document in assistant.remove_all(arguments.documents):
                write(f"removed: {document.id}")
        return 0


class ExtractCommand:
    """`parley extract`."""

    name = "extract"
    help = "extract the statements of all documents anew, as after an upgrade or with another extractor"
    example = "parley extract"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        add_extractor_option(parser)
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and print nothing")

    def run(self, arguments: argparse.Namespace) -> int:
        """Extract, then tell of how many documents and by what."""
        with open_assistant(arguments) as assistant, progress_bar(quiet=arguments.quiet) as show:
            count = assistant.library.renew_statements(progress=show)
            manifest = assistant.library.manifest
        if not arguments.quiet:
            write(f"statements of {count} documents extracted anew by {manifest.statements} ({manifest.extractor})")
        return 0


class DoctorCommand:
    """`parley doctor`."""

    name = "doctor"
    help = "check catalogue, vectors, full text and model against each other, mend what can be rebuilt, try the language model"
    example = "parley doctor"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        add_model_options(parser)
        parser.add_argument("--check", action="store_true", help="look only, mend nothing")
        parser.add_argument("--json", action="store_true", help="print the checks as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """One line a check; 1 if something is not well and could not be mended."""
        with open_wording_assistant(arguments) as assistant:
            report = assistant.doctor(mend=not arguments.check)
        if arguments.json:
            write_json(
                [{"name": item.name, "ok": item.ok, "detail": item.detail, "mended": item.mended} for item in report.checks]
            )
        else:
            for item in report.checks:
                state = "mended" if item.mended else "ok" if item.ok else "PROBLEM"
                write(f"{state:<8} {item.name}: {item.detail}")
        return 0 if report.ok else 1
