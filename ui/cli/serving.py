"""Subcommands that start the server: chat opens it in the browser, serve only listens."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from parley import ExtraMissingError
from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_wording_assistant
from parley.ui.cli.model_options import add_model_options, local_model, model_settings, permitted_model, withheld_model

if TYPE_CHECKING:
    from parley.assistant import Assistant, ModelSettings
    from parley.ui.access.callers import Callers
    from parley.ui.access.proxy import TrustedProxy
    from parley.ui.library.libraries import LibraryFolders


class ServeCommand:
    """`parley serve`."""

    name = "serve"
    help = "serve the chat, the HTTP API and the MCP server, on this machine only unless told otherwise (extra chat)"
    example = "parley serve --port 7860"
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
            "--no-token",
            action="store_true",
            help="without --users: let in whoever can reach the port, without the token in the address printed at the start",
        )
        parser.add_argument(
            "--trusted-proxy",
            metavar="ADDRESS",
            action="append",
            default=[],
            help="address of a proxy in front whose X-Forwarded-For and --user-header are believed",
        )
        parser.add_argument(
            "--user-header",
            metavar="HEADER",
            default="",
            help="header in which that proxy tells who is logged in, such as X-Remote-User; the name must be in --users",
        )
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
        from parley.ui.server.serving import serve

        with local_model(arguments.model) as local:
            wording = local or model_settings(arguments)
            with open_wording_assistant(arguments, local, create=True) as assistant:
                serve(
                    assistant,
                    host=arguments.host,
                    port=arguments.port,
                    open_browser=self._open_browser,
                    callers=_callers(arguments),
                    others=_others(arguments, assistant, wording),
                    withheld=partial(withheld_model, wording),
                )
        return 0


def _callers(arguments: argparse.Namespace) -> Callers:
    from parley.ui.access.accounts import UserFile
    from parley.ui.access.callers import LOOPBACK_NAMES, Callers

    return Callers(
        users=UserFile(Path(arguments.users)) if arguments.users else None,
        token=_token(arguments),
        host_names=(*LOOPBACK_NAMES, *arguments.host_name),
        proxy=_proxy(arguments),
    )


def _token(arguments: argparse.Namespace) -> str:
    """What callers must bring: `$PARLEY_TOKEN`, so that programs know it beforehand, or a new one at each start."""
    from parley.ui.access.start_token import new_token

    return "" if arguments.no_token or arguments.users else os.environ.get("PARLEY_TOKEN") or new_token()


def _proxy(arguments: argparse.Namespace) -> TrustedProxy | None:
    from parley.ui.access.accounts import AccountError
    from parley.ui.access.proxy import TrustedProxy

    if arguments.user_header and not (arguments.trusted_proxy and arguments.users):
        raise AccountError("--user-header believes a proxy: name it with --trusted-proxy ADDRESS, its users with --users FILE.")
    if not arguments.trusted_proxy:
        return None
    return TrustedProxy(tuple(arguments.trusted_proxy), arguments.user_header)


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
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return LibraryFolders(folder.absolute(), opened)


class ChatCommand(ServeCommand):
    """`parley chat`."""

    name = "chat"
    help = "open the chat in the browser (extra chat)"
    example = "parley chat"
    _open_browser = True
