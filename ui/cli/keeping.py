"""Subcommands that keep a library: add, list, remove, doctor."""

from __future__ import annotations

import argparse

from ui.cli.command import add_library_option
from ui.cli.console import open_assistant, progress_bar, write, write_json


class AddCommand:
    """`parley add PATH…`."""

    name = "add"
    help = "add files and folders (.txt .md .html .pdf .docx .eml) to the library; only new and changed ones cost anything"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("paths", metavar="PATH", nargs="+", help="files and folders")
        add_library_option(parser)
        parser.add_argument("--model", metavar="NAME", help="embedding model for a new library: a folder or a cached hub name")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and nothing but what was refused")

    def run(self, arguments: argparse.Namespace) -> int:
        """Add, then tell what was added and what was refused; 1 if any file was refused."""
        with open_assistant(arguments, create=True) as assistant, progress_bar(quiet=arguments.quiet) as show:
            report = assistant.add(*arguments.paths, progress=show)
        if arguments.json:
            refused = [{"path": item.path, "reason": item.reason} for item in report.refused]
            counts = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
            write_json({**counts, "refused": refused, "passages": report.passages, "seconds": round(report.seconds, 2)})
        else:
            for refusal in report.refused:
                write(f"refused: {refusal.path}: {refusal.reason}")
            if not arguments.quiet:
                counted = f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged"
                write(f"{counted}, {len(report.refused)} refused; {report.passages} new passages in {report.seconds:.1f} s")
        return 1 if report.refused else 0


class ListCommand:
    """`parley list`."""

    name = "list"
    help = "list the documents of the library"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("--json", action="store_true", help="print everything known of each document as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """One line a document: id, date, outlet, title."""
        from assistant.serialization import document_json

        with open_assistant(arguments) as assistant:
            documents = assistant.documents()
        if arguments.json:
            write_json([document_json(document) for document in documents])
            return 0
        width = max((len(document.id) for document in documents), default=0)
        for document in documents:
            day = document.date.isoformat() if document.date else "undated"
            write(f"{document.id:<{width}}  {day:<10}  {document.outlet or '-'}  {document.title}")
        return 0


class RemoveCommand:
    """`parley remove DOCUMENT…`."""

    name = "remove"
    help = "forget documents: their text, passages, statements and vectors leave the disk"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("documents", metavar="DOCUMENT", nargs="+", help="ids as `parley list` shows them, or paths of files")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Remove one after the other; stops at the first that is not there."""
        with open_assistant(arguments) as assistant:
            for document in arguments.documents:
                write(f"removed: {assistant.remove(document).id}")
        return 0


class DoctorCommand:
    """`parley doctor`."""

    name = "doctor"
    help = "check catalogue, vectors, full text and model against each other, and mend what can be rebuilt"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("--check", action="store_true", help="look only, mend nothing")
        parser.add_argument("--json", action="store_true", help="print the checks as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """One line a check; 1 if something is not well and could not be mended."""
        with open_assistant(arguments) as assistant:
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
