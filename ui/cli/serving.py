"""Subcommands that start the server: chat opens it in the browser, serve only listens."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from parley import ExtraMissingError
from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_wording_assistant
from parley.ui.cli.model_options import add_model_options, local_model, model_settings, permitted_model, withheld_model

if TYPE_CHECKING:
    from parley.assistant import Assistant, ModelSettings
    from parley.ui.library.libraries import LibraryFolders


class ServeCommand:
    """`parley serve`."""

    name = "serve"
    help = "serve the chat, the HTTP API and the MCP server, on this machine only unless told otherwise (extra chat)"
    _open_browser = False

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        add_model_options(parser)
        parser.add_argument("--model", metavar="FILE.gguf", help="run this language model in this process to word the answers")
        parser.add_argument(
            "--libraries", metavar="DIR", help="a folder of libraries, which can be made and chosen in the page, beside --library"
        )
        parser.add_argument("--users", metavar="FILE", help="ask for a password; `parley users add` makes the file")
        parser.add_argument(
            "--host-name",
            metavar="NAME",
            action="append",
            default=[],
            help="answer under this name too, such as a proxy's",
        )
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
        parser.add_argument("--port", type=int, default=7860, help="port to listen on (default: 7860; 0 takes a free one)")

    def run(self, arguments: argparse.Namespace) -> int:
        """Serve until stopped. Raises ExtraMissingError where the chat is not installed."""
        ExtraMissingError.unless_installed(
            "gradio", "fastapi", "python_multipart", "argon2", extra="chat", purpose=f"`parley {self.name}`"
        )
        from parley.ui.access.accounts import UserFile
        from parley.ui.server.serving import serve

        with local_model(arguments.model) as local:
            wording = local or model_settings(arguments)
            with open_wording_assistant(arguments, local, create=True) as assistant:
                serve(
                    assistant,
                    host=arguments.host,
                    port=arguments.port,
                    open_browser=self._open_browser,
                    users=UserFile(Path(arguments.users)) if arguments.users else None,
                    others=_others(arguments, assistant, wording),
                    withheld=partial(withheld_model, wording),
                    host_names=arguments.host_name,
                )
        return 0


def _others(arguments: argparse.Namespace, first: Assistant, wording: ModelSettings | None) -> LibraryFolders | None:
    """The libraries of `--libraries`; those made with the first one's embedding model share it in memory.

    `wording` is the language model that words the answers, the same for all of them that permit it.
    """
    from parley.assistant import Assistant, LibraryMismatchError
    from parley.ui.library.libraries import LibraryFolders

    if arguments.libraries is None:
        return None

    def opened(path: Path) -> Assistant:
        permitted = permitted_model(wording, path)
        try:
            return Assistant.open(path, embedding=first.library.embedder, llm=permitted)
        except LibraryMismatchError:
            return Assistant.open(path, llm=permitted)

    folder = Path(arguments.libraries)
    folder.mkdir(parents=True, exist_ok=True)
    return LibraryFolders(folder.absolute(), opened)


class ChatCommand(ServeCommand):
    """`parley chat`."""

    name = "chat"
    help = "open the chat in the browser (extra chat)"
    _open_browser = True
