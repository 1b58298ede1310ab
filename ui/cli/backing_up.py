"""`parley backup` and `parley restore`: a library in one file, and back."""

from __future__ import annotations

import argparse
from pathlib import Path

from parley.ui.cli.command import add_library_option, library_folder
from parley.ui.cli.console import write


class BackupCommand:
    """`parley backup FILE`."""

    name = "backup"
    help = "write the library, its conversations and its uploaded files to one file, also while it is in use, and check it"
    example = "parley backup talks.zip"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="FILE", help="a new file")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Write it, then tell what it holds."""
        from parley.assistant import back_up

        report = back_up(Path(library_folder(arguments)), Path(arguments.file))
        write(f"{arguments.file}: {report.files} files, {report.size / 2**20:.1f} MB, read back and found well")
        return 0


class RestoreCommand:
    """`parley restore FILE`."""

    name = "restore"
    help = "make a library from a file that `parley backup` wrote; a server that has the library open goes on with it"
    example = "parley restore talks.zip --library talks"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="FILE", help="the backup")
        parser.add_argument("--replace", action="store_true", help="keep the library that is there aside under another name")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Restore it, then tell where the library that was there is kept."""
        from parley.assistant import inspect_backup, restore

        report = inspect_backup(Path(arguments.file))
        aside = restore(Path(arguments.file), Path(library_folder(arguments)), replace=arguments.replace)
        write(f"restored: {library_folder(arguments)} as of {report.made:%Y-%m-%d %H:%M} UTC, {report.files} files")
        if aside is not None:
            write(f"the library that was there is kept in {aside}")
        return 0
