"""Finding the subcommands, reading the arguments, and turning errors into messages and exit codes."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points, version

from parley import CancelledError, ParleyError
from parley.ui.cli.agents import McpCommand
from parley.ui.cli.asking import CheckQuoteCommand, SearchCommand, StatementsCommand
from parley.ui.cli.backing_up import BackupCommand, RestoreCommand
from parley.ui.cli.command import Command
from parley.ui.cli.completion import CompletionCommand
from parley.ui.cli.feedback import FeedbackCommand
from parley.ui.cli.keeping import AddCommand, DoctorCommand, EditCommand, ExtractCommand, ListCommand, RemoveCommand
from parley.ui.cli.language_model import ModelCommand
from parley.ui.cli.questions import AskCommand
from parley.ui.cli.serving import ChatCommand, ServeCommand
from parley.ui.cli.terminal import VisibleFormatter, tell
from parley.ui.cli.trust import TrustCommand
from parley.ui.cli.users import UsersCommand
from parley.ui.cli.views import CompareCommand, LedgerCommand, PositionsCommand, TimelineCommand
from parley.ui.cli.views.overviews import BriefCommand, DossiersCommand, IssuesCommand, OverviewCommand

ERROR, STOPPED = 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `parley` with these arguments, those of the process by default; returns the exit code."""
    parser = build_parser()
    parsed = parser.parse_args(arguments)
    _start_log(logging.INFO if parsed.verbose else logging.WARNING)
    command: Command = parsed.command
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter, or a file name that is no text, must not cost the answer.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(command, parsed)
    except CancelledError as error:
        return _fail(str(error), STOPPED)
    except ParleyError as error:
        return _fail(str(error), ERROR)
    except KeyboardInterrupt:
        return _fail("Stopped.", STOPPED)
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(command: Command, parsed: argparse.Namespace) -> int:
    code = command.run(parsed)
    sys.stdout.flush()
    return code


EXIT_CODES = "0 done or answered; 1 not answered, not found or refused; 2 wrong usage; 3 error; 130 stopped."


def build_parser() -> argparse.ArgumentParser:
    """The parser with every subcommand, those of other packages included."""
    parser = argparse.ArgumentParser(
        prog="parley",
        description="Answers questions about negotiation documents: verbatim, with who said it, on this machine.",
        epilog="First steps: parley add FOLDER, then parley ask QUESTION, or parley chat. The library is the folder ./library "
        "unless --library or $PARLEY_LIBRARY says otherwise. `parley COMMAND --help` tells more. "
        f"Exit codes: {EXIT_CODES}",
    )
    parser.add_argument("--version", action="version", version=f"parley {version('parley-qa')}")
    parser.add_argument("--verbose", action="store_true", help="tell what happens meanwhile")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in commands():
        subparser = subparsers.add_parser(
            command.name,
            help=command.help,
            description=f"{command.help[:1].upper()}{command.help[1:]}.",
            epilog=_foot(command),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.configure(subparser)
        subparser.set_defaults(command=command)
    return parser


def _foot(command: Command) -> str:
    """What stands below the options of a command; the commands of other packages may have no example."""
    example = getattr(command, "example", "")
    told = f"Example:\n  {example}\n\n" if example else ""
    return f"{told}Exit codes:\n  {EXIT_CODES}"


def commands() -> list[Command]:
    """Our own subcommands, then those that installed packages offer."""
    own: list[Command] = [
        AddCommand(),
        AskCommand(),
        ChatCommand(),
        CheckQuoteCommand(),
        SearchCommand(),
        StatementsCommand(),
        PositionsCommand(),
        LedgerCommand(),
        TimelineCommand(),
        CompareCommand(),
        OverviewCommand(),
        BriefCommand(),
        DossiersCommand(),
        IssuesCommand(),
        ListCommand(),
        EditCommand(),
        RemoveCommand(),
        ExtractCommand(),
        DoctorCommand(),
        BackupCommand(),
        RestoreCommand(),
        ModelCommand(),
        FeedbackCommand(),
        ServeCommand(),
        McpCommand(),
        TrustCommand(),
        UsersCommand(),
        CompletionCommand(build_parser),
    ]
    offered = sorted(entry_points(group="parley.commands"), key=lambda point: point.name)
    return own + [point.load() for point in offered]


def _start_log(level: int) -> None:
    """Log to standard error, without keys and without anything that steers a terminal; a log that is set up stays as it is."""
    from parley.assistant.language_model.secrecy import HidingFilter
    from parley.assistant.language_model.settings import known_keys

    handler = logging.StreamHandler()
    handler.setFormatter(VisibleFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
    for known in logging.getLogger().handlers:
        known.addFilter(HidingFilter(known_keys))


def _fail(message: str, code: int) -> int:
    tell(message)
    return code
