"""What a subcommand of `parley` is; other packages offer more through the entry point group `parley.commands`."""

from __future__ import annotations

import argparse
import os
from typing import Protocol


class Command(Protocol):
    """One subcommand: its name, a line of help, its arguments, and what it does.

    `run` returns the exit code and may raise ParleyError, which the shell prints and turns into exit code 3.
    """

    @property
    def name(self) -> str:
        """The word typed after `parley`."""
        ...

    @property
    def help(self) -> str:
        """What it does, in a line."""
        ...

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work."""
        ...


def add_library_option(parser: argparse.ArgumentParser) -> None:
    """`--library DIR`, as most commands take it."""
    parser.add_argument(
        "--library",
        metavar="DIR",
        default=None,
        help="folder of the library (default: $PARLEY_LIBRARY, else ./library)",
    )


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Options that narrow the documents used."""
    parser.add_argument("--document", metavar="ID", action="append", default=[], help="only this document (may be repeated)")
    parser.add_argument(
        "--outlet", metavar="NAME", action="append", default=[], help="only documents of this outlet (may be repeated)"
    )
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="only documents dated on or after this day")
    parser.add_argument("--until", metavar="YYYY-MM-DD", help="only documents dated on or before this day")


def add_extractor_option(parser: argparse.ArgumentParser) -> None:
    """`--extractor NAME`, which the library remembers."""
    parser.add_argument(
        "--extractor",
        metavar="NAME",
        help="what finds statements from now on: default, or spacy (needs parley-qa[spacy]); those stored are extracted anew",
    )


def library_folder(arguments: argparse.Namespace) -> str:
    """The folder named by `--library`, `$PARLEY_LIBRARY`, or ./library."""
    return arguments.library or os.environ.get("PARLEY_LIBRARY") or "library"
