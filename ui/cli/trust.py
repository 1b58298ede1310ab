"""`parley trust`: which embedding model a library may load on this user's machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from parley.ui.cli.command import add_library_option, library_folder
from parley.ui.cli.console import write


class TrustCommand:
    """`parley trust MODEL`."""

    name = "trust"
    help = "let a library that you did not make load the embedding model that it names; kept in your own settings"
    example = "parley trust models/my-embedder --library talks"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("model", metavar="MODEL", help="the model's folder or name, as the library names it")
        add_library_option(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Remember it."""
        from parley.assistant import trust_model

        folder = library_folder(arguments)
        trust_model(Path(folder), arguments.model)
        write(f"The library {folder} may load the embedding model {arguments.model}.")
        return 0
