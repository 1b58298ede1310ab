"""`parley completion SHELL`: a script that lets the shell complete commands and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from parley.ui.cli.console import write

SHELLS = ("bash", "zsh", "fish", "tcsh")


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
            "bash: parley completion bash > ~/.local/share/bash-completion/completions/parley; zsh: to a file _parley in $fpath; "
            "fish: to ~/.config/fish/completions/parley.fish"
        )
        parser.add_argument("shell", choices=SHELLS, help=told)

    def run(self, arguments: argparse.Namespace) -> int:
        """Print the script."""
        import shtab

        parser = self._build_parser()
        for action in _actions(parser):
            kind = str(action.metavar or "").partition(".")[0]
            if kind in _COMPLETED:
                # What shtab looks for; the parser itself has no such thing.
                action.complete = getattr(shtab, _COMPLETED[kind])  # type: ignore[attr-defined]
        write(shtab.complete(parser, arguments.shell))
        return 0


_COMPLETED = {"FILE": "FILE", "PATH": "FILE", "DIR": "DIRECTORY"}
"""What is completed with names of files or folders, by what its help calls it."""


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a parser and of its subcommands."""
    for action in parser._actions:  # noqa: SLF001  (the only way to them)
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in dict.fromkeys(action.choices.values()):
                yield from _actions(below)
