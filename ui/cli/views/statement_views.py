"""Subcommands that set out statements: positions, ledger, timeline."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import notices_of, open_assistant, statement_filter, tell_of_damage, write, write_json
from parley.ui.cli.exporting import add_export_options, check_export, export_details
from parley.ui.cli.views.view_csv import write_ledger_csv, write_positions_csv, write_timeline_csv
from parley.ui.cli.views.view_text import write_ledger_text, write_positions_text, write_timeline_text

if TYPE_CHECKING:
    from parley.assistant import Assistant, Ledger, PositionTable, StatementFilter, Timeline

View = TypeVar("View", "PositionTable", "Ledger", "Timeline")


class ViewCommand(Generic[View]):
    """What the three have in common: options, and the choice of a form."""

    name: str
    help: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        for option, several in (("party", "parties"), ("issue", "issues")):
            parser.add_argument(
                f"--{option}", metavar=option.upper(), action="append", default=[], help=f"only these {several} (may be repeated)"
            )
        for option in ("speaker", "stance", "status", "outlet"):
            parser.add_argument(f"--{option}", metavar=option.upper(), help=f"only statements with this {option}")
        parser.add_argument("--dossier", metavar="NAME", help="only the documents of this dossier (`parley dossiers` lists them)")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="only documents dated on or after this day")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="only documents dated on or before this day")
        parser.add_argument("--firsthand-only", action="store_true", help="leave out what somebody relayed for another")
        parser.add_argument("--issues", metavar="FILE", help="lines issue<TAB>term (default: issues.tsv in the library, if any)")
        parser.add_argument(
            "--aliases", metavar="FILE", help="lines name<TAB>other form<TAB>kind (default: aliases.tsv in the library, if any)"
        )
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to print (default: table)")
        parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
        add_export_options(parser, "the view")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the view; 1 if it holds no statement."""
        from parley.assistant import export_view

        check_export(arguments)
        with open_assistant(arguments) as assistant:
            view = self.make(assistant, arguments)
            if arguments.export:
                details = export_details(arguments, assistant)
                export_view(view, arguments.export, notices=notices_of(arguments, assistant), **details)
            self.print(view, assistant, arguments)
            tell_of_damage(assistant)
        return 1 if self.is_empty(view) else 0

    def print(self, view: View, assistant: Assistant, arguments: argparse.Namespace) -> None:
        """Print it in the form that is asked for."""
        del assistant
        self.writers()[arguments.format](view)

    def make(self, assistant: Assistant, arguments: argparse.Namespace) -> View:
        """The view that the arguments ask for."""
        raise NotImplementedError

    def writers(self) -> dict[str, Callable[[View], None]]:
        """What prints it as a table, as JSON and as CSV."""
        raise NotImplementedError

    def is_empty(self, view: View) -> bool:
        """Whether it holds no statement."""
        raise NotImplementedError


def filter_of(assistant: Assistant, arguments: argparse.Namespace) -> StatementFilter:
    """The statements that the options ask for, of the documents of the dossier that they name."""
    wanted = statement_filter(arguments)
    if arguments.dossier is None:
        return wanted
    from parley.assistant.reports.dossiers.dossier import dossier_named

    return replace(wanted, documents=dossier_named(assistant.dossiers(), arguments.dossier).documents)


class PositionsCommand(ViewCommand["PositionTable"]):
    """`parley positions`."""

    name = "positions"
    help = "set out by party and issue what each side is reported to have said"
    example = "parley positions --issues issues.tsv --party Norland"

    def make(self, assistant: Assistant, arguments: argparse.Namespace) -> PositionTable:
        """The position table."""
        return assistant.positions(filter=filter_of(assistant, arguments), issues=arguments.issues, aliases=arguments.aliases)

    def print(self, view: PositionTable, assistant: Assistant, arguments: argparse.Namespace) -> None:
        """Print it; where nothing narrows it down and there are several dossiers, a table for each."""
        asked = (arguments.party, arguments.issue, arguments.dossier, arguments.issues, arguments.aliases)
        by_dossier = arguments.format == "table" and not any(asked)
        tables = assistant.positions_by_dossier(filter=statement_filter(arguments)) if by_dossier else []
        if len(tables) < 2:
            super().print(view, assistant, arguments)
            return
        for number, (name, table) in enumerate(tables):
            write(f"\n{name}\n" if number else f"{name}\n")
            write_positions_text(table)

    def writers(self) -> dict[str, Callable[[PositionTable], None]]:
        """As a grid with its sources, JSON or CSV."""
        from parley.assistant.serialization import position_table_json

        return {
            "table": write_positions_text,
            "json": lambda view: write_json(position_table_json(view)),
            "csv": write_positions_csv,
        }

    def is_empty(self, view: PositionTable) -> bool:
        """Whether nobody says anything on the issues."""
        return view.is_empty and not view.unfiled


class LedgerCommand(ViewCommand["Ledger"]):
    """`parley ledger`."""

    name = "ledger"
    help = "list what is agreed, offered, demanded, rejected or open, by whom and since when"
    example = "parley ledger --status agreed"

    def make(self, assistant: Assistant, arguments: argparse.Namespace) -> Ledger:
        """The status ledger."""
        return assistant.ledger(filter=filter_of(assistant, arguments), issues=arguments.issues, aliases=arguments.aliases)

    def writers(self) -> dict[str, Callable[[Ledger], None]]:
        """By status, as JSON or CSV."""
        from parley.assistant.serialization import ledger_json

        return {"table": write_ledger_text, "json": lambda view: write_json(ledger_json(view)), "csv": write_ledger_csv}

    def is_empty(self, view: Ledger) -> bool:
        """Whether nothing has a status."""
        return not view.entries


class TimelineCommand(ViewCommand["Timeline"]):
    """`parley timeline`."""

    name = "timeline"
    help = "list statements by the dates they state and by the date of their document, undated ones apart"
    example = "parley timeline --since 2031-03-01"

    def make(self, assistant: Assistant, arguments: argparse.Namespace) -> Timeline:
        """The timeline."""
        return assistant.timeline(filter=filter_of(assistant, arguments), issues=arguments.issues, aliases=arguments.aliases)

    def writers(self) -> dict[str, Callable[[Timeline], None]]:
        """Three lists, as text, JSON or CSV."""
        from parley.assistant.serialization import timeline_json

        return {"table": write_timeline_text, "json": lambda view: write_json(timeline_json(view)), "csv": write_timeline_csv}

    def is_empty(self, view: Timeline) -> bool:
        """Whether there is no statement."""
        return not (view.stated or view.by_document or view.undated)
