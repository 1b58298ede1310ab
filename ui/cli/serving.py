"""Subcommands that start the server: chat opens it in the browser, serve only listens."""

from __future__ import annotations

import argparse

from ui.cli.command import add_library_option
from ui.cli.console import open_wording_assistant
from ui.cli.language_model import add_model_options, local_model


class ServeCommand:
    """`parley serve`."""

    name = "serve"
    help = "serve the chat, the HTTP API and the MCP server, on this machine only unless told otherwise"
    _open_browser = False

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        add_model_options(parser)
        parser.add_argument("--model", metavar="FILE.gguf", help="run this language model in this process to word the answers")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
        parser.add_argument("--port", type=int, default=7860, help="port to listen on (default: 7860; 0 takes a free one)")

    def run(self, arguments: argparse.Namespace) -> int:
        """Serve until stopped."""
        from ui.server import serve

        with local_model(arguments.model) as settings, open_wording_assistant(arguments, settings, create=True) as assistant:
            serve(assistant, host=arguments.host, port=arguments.port, open_browser=self._open_browser)
        return 0


class ChatCommand(ServeCommand):
    """`parley chat`."""

    name = "chat"
    help = "open the chat in the browser"
    _open_browser = True
