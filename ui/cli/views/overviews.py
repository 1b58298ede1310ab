"""Subcommands that tell of the documents as a whole: overview, brief, dossiers, issues."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, cast, get_args

from parley.assistant.question.overview_form import Part
from parley.ui.cli.command import add_filter_options, add_library_option
from parley.ui.cli.console import open_assistant, search_filter, write, write_answer, write_json
from parley.ui.cli.exporting import export_details

if TYPE_CHECKING:
    from parley.assistant import Answer, Assistant


class OverviewCommand:
    """`parley overview [ABOUT]`."""

    name = "overview"
    help = "who met, what each party wants, what is agreed, open and next, in the documents' own words"
    example = "parley overview report.pdf"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        _add_what(parser)
        parser.add_argument(
            "--part",
            choices=get_args(Part),
            action="append",
            default=[],
            help="only this part (may be repeated; default: summary, which is all but the timeline)",
        )
        parser.add_argument("--json", action="store_true", help="print the overview as JSON, as an answer is")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the overview; 1 if no sentence was found."""
        from parley.assistant.serialization import answer_json

        with open_assistant(arguments) as assistant:
            told = _told(assistant, arguments, tuple(cast("Part", part) for part in arguments.part))
        if arguments.json:
            write_json(answer_json(told))
        else:
            write_answer(told)
        return 1 if told.abstained else 0


class BriefCommand:
    """`parley brief FILE [ABOUT]`."""

    name = "brief"
    help = "write an overview to a file of one to three pages with footnotes, for Word, Markdown or printing"
    example = 'parley brief "the northern port"'

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="FILE", help="where to write it: .docx, .md or .html (for printing)")
        _add_what(parser)
        parser.add_argument("--export-date", metavar="YYYY-MM-DD", help="the day that the brief states; none otherwise")

    def run(self, arguments: argparse.Namespace) -> int:
        """Write the brief; 1 if no sentence was found, and nothing is written."""
        from parley.assistant import export_brief
        from parley.assistant.reports.export import check_suffix

        check_suffix(arguments.file)
        with open_assistant(arguments) as assistant:
            told = _told(assistant, arguments, ())
            if told.abstained:
                write(told.text)
                return 1
            path = export_brief(told, arguments.file, **export_details(arguments, assistant))
        write(f"Written: {path} ({len(told.citations)} footnotes)")
        return 0


class DossiersCommand:
    """`parley dossiers`."""

    name = "dossiers"
    help = "list the documents of each negotiation, as listed in dossiers.tsv or as proposed"
    example = "parley dossiers"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument(
            "--keep", action="store_true", help="write them to dossiers.tsv in the library's folder, to be edited"
        )
        parser.add_argument("--json", action="store_true", help="print them as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print them; 1 if there are none."""
        with open_assistant(arguments) as assistant:
            found = assistant.dossiers()
            if arguments.keep:
                assistant.keep_dossiers(found)
            titles = {entry.id: entry.title for entry in assistant.entries()}
        if arguments.json:
            write_json([{"name": one.name, "basis": one.basis, "documents": list(one.documents)} for one in found])
            return 0 if found else 1
        for one in found:
            write(f"{one.name} ({len(one.documents)}, {one.basis})")
            for document in one.documents:
                write(f"  {document}: {titles[document]}")
        if not found:
            write("No documents belong together. Put them into folders, or list them in dossiers.tsv in the library's folder.")
        return 0 if found else 1


class IssuesCommand:
    """`parley issues`."""

    name = "issues"
    help = "list the issues and their terms, as listed in issues.tsv or as the documents propose them"
    example = "parley issues --keep"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("--dossier", metavar="NAME", help="propose them for this dossier")
        parser.add_argument("--keep", action="store_true", help="write them to issues.tsv in the library, to be edited")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print lines `issue<TAB>term`; 1 if there are none."""
        from parley.assistant.reports.dossiers.dossier import dossier_named

        with open_assistant(arguments) as assistant:
            chosen = dossier_named(assistant.dossiers(), arguments.dossier).documents if arguments.dossier else ()
            found = assistant.issues(documents=chosen)
            if arguments.keep:
                assistant.keep_issues(found)
        for issue in found.issues:
            for term in issue.terms:
                write(f"{issue.name}\t{term}")
        return 0 if found.issues else 1


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "about", metavar="ABOUT", nargs="*", help="what documents or a dossier are called, or a matter (default: everything)"
    )
    add_library_option(parser)
    parser.add_argument("--dossier", metavar="NAME", help="only the documents of this dossier (see parley dossiers)")
    add_filter_options(parser)


def _told(assistant: Assistant, arguments: argparse.Namespace, parts: tuple[Part, ...]) -> Answer:
    return assistant.brief(
        " ".join(arguments.about),
        parts=parts or ("summary",),
        dossier=arguments.dossier,
        filter=search_filter(arguments, assistant),
    )
