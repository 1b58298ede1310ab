"""`parley completion SHELL`: a script that lets the shell complete commands and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from parley.ui.cli.console import write

SHELLS = ("bash", "zsh", "tcsh")


class CompletionCommand:
    """`parley completion SHELL`."""

    name = "completion"
    help = "print a script with which the shell completes commands and options"
    example = "parley completion bash"

    def __init__(self, build_parser: Callable[[], argparse.ArgumentParser]) -> None:
        self._build_parser = build_parser

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        told = (
            "bash: parley completion bash > ~/.local/share/bash-completion/completions/parley; zsh: to a file _parley in $fpath"
        )
        parser.add_argument("shell", choices=SHELLS, help=told)

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the script."""
        import shtab

        write(shtab.complete(self._build_parser(), arguments.shell))
        return 0
