"""Subcommands that look up: search, check-quote, statements."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from parley.ui.cli.command import add_filter_options, add_library_option
from parley.ui.cli.console import (
    notices_of,
    open_assistant,
    parse_day,
    search_filter,
    source_line,
    tell_of_damage,
    write,
    write_csv,
    write_json,
)
from parley.ui.cli.exporting import add_export_options, check_export, export_details

if TYPE_CHECKING:
    from parley.assistant import AttributedStatement


class SearchCommand:
    """`parley search WORDS`."""

    name = "search"
    help = "find passages without answering"
    example = 'parley search "prisoner exchange" --outlet "Harbour Post" -k 5'

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("query", metavar="WORDS", help="what to look for")
        parser.add_argument("-k", type=int, default=10, help="how many passages (default: 10)")
        add_library_option(parser)
        add_filter_options(parser)
        parser.add_argument("--json", action="store_true", help="print the hits as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the passages, best first; 1 if there is none."""
        from parley.assistant.serialization import hit_json

        with open_assistant(arguments) as assistant:
            found = assistant.search(arguments.query, k=arguments.k, filter=search_filter(arguments, assistant))
            hits = [(hit, assistant.document(hit.passage.document_id)) for hit in found]
        if arguments.json:
            write_json([hit_json(hit, document) for hit, document in hits])
        else:
            for hit, document in hits:
                line = source_line(document.title, document.outlet, document.date, document.page_at(hit.passage.start))
                write(f"{hit.rank}. {line}\n   {document.text[hit.passage.start : hit.passage.end]}\n")
        return 0 if hits else 1


class CheckQuoteCommand:
    """`parley check-quote WORDS`."""

    name = "check-quote"
    help = "tell whether the documents hold these words, and whether that speaker said them"
    example = 'parley check-quote "a good sign" --speaker Carden'

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("quote", metavar="WORDS", help="the quotation to check")
        parser.add_argument("--speaker", metavar="NAME", help="who is supposed to have said it")
        add_library_option(parser)
        parser.add_argument("--json", action="store_true", help="print the check as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the verdict; 0 only for `exact` and `same_words`."""
        from parley.assistant.serialization import quote_check_json

        with open_assistant(arguments) as assistant:
            check = assistant.check_quote(arguments.quote, speaker=arguments.speaker)
        if arguments.json:
            write_json(quote_check_json(check))
        else:
            write(f"{check.verdict}: {check.message}")
            for citation in check.citations:
                document = citation.document
                write(f"\n  {citation.attribution}\n  “{citation.quote}”")
                where = source_line(document.title, document.outlet, document.date, citation.page)
                write(f"  {where}, characters {citation.start}-{citation.end}")
        return 0 if check.verdict in ("exact", "same_words") else 1


class StatementsCommand:
    """`parley statements`."""

    name = "statements"
    help = "list who said what, narrowed by party, speaker, issue, status, outlet or date"
    example = "parley statements --party Norland --status demanded --format csv"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        for option in ("party", "speaker", "issue", "stance", "status", "outlet"):
            parser.add_argument(f"--{option}", metavar=option.upper(), help=f"only statements with this {option}")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="only documents dated on or after this day")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="only documents dated on or before this day")
        parser.add_argument("--firsthand-only", action="store_true", help="leave out what somebody relayed for another")
        parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="how to print (default: text)")
        parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
        add_export_options(parser, "the statements")

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the statements in order of document and position; 1 if there is none."""
        from parley.assistant import export_statements

        check_export(arguments)
        with open_assistant(arguments) as assistant:
            found = assistant.statements(
                party=arguments.party,
                speaker=arguments.speaker,
                issue=arguments.issue,
                stance=arguments.stance,
                status=arguments.status,
                outlet=arguments.outlet,
                since=parse_day(arguments.since),
                until=parse_day(arguments.until),
                firsthand_only=arguments.firsthand_only,
            )
            if arguments.export:
                details = export_details(arguments, assistant)
                export_statements(found, arguments.export, notices=notices_of(arguments, assistant), **details)
            tell_of_damage(assistant)
        _WRITERS[arguments.format](found)
        return 0 if found else 1


def _write_text(found: list[AttributedStatement]) -> None:
    for item in found:
        statement = item.statement
        status = f" [{statement.status}]" if statement.status != "none" else ""
        write(f"{statement.speaker or 'speaker not identified'} ({item.cue or 'no cue'}){status}: {item.quote}")
        write(f"    {source_line(item.document.title, item.document.outlet, item.document.date, None)}")


def _write_json(found: list[AttributedStatement]) -> None:
    from parley.assistant.serialization import attributed_statement_json

    write_json([attributed_statement_json(item) for item in found])


def _write_csv(found: list[AttributedStatement]) -> None:
    lines: list[tuple[object, ...]] = []
    columns = (
        "document",
        "date",
        "outlet",
        "start",
        "end",
        "speaker",
        "kind",
        "role",
        "party",
        "cue",
        "mode",
        "stance",
        "status",
        "relay",
        "quote",
    )
    for item in found:
        document, statement = item.document, item.statement
        where = (document.id, document.date or "", document.outlet or "", statement.start, statement.end)
        who = (
            statement.speaker or "",
            statement.speaker_kind,
            statement.role or "",
            statement.party or "",
            item.cue or "",
        )
        how = (statement.mode, statement.stance or "", statement.status, " <- ".join(statement.relay), item.quote)
        lines.append((*where, *who, *how))
    write_csv(columns, lines)


_WRITERS = {"text": _write_text, "json": _write_json, "csv": _write_csv}
