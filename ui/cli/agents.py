"""The subcommand that serves agents over standard input and output."""

from __future__ import annotations

import argparse

from parley import ExtraMissingError
from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_wording_assistant
from parley.ui.cli.model_options import add_model_options


class McpCommand:
    """`parley mcp`."""

    name = "mcp"
    help = "serve the library to an agent by MCP over standard input and output (extra chat)"
    example = "parley mcp --library talks"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        add_model_options(parser)

    def run(self, arguments: argparse.Namespace) -> int:
        """Serve until standard input ends. Raises ExtraMissingError where the SDK is not installed."""
        ExtraMissingError.unless_installed("mcp", "pydantic", extra="chat", purpose="`parley mcp`")
        import anyio

        from parley.assistant import LibraryError
        from parley.ui.interfaces import ChatAssistant
        from parley.ui.server.agents.mcp_server import serve_on_standard_streams

        with open_wording_assistant(arguments) as assistant:
            name = assistant.library.path.name

            def find(library: str) -> ChatAssistant:
                if library not in ("", name):
                    raise LibraryError(f"There is no library {library!r} here. This one is {name!r}; leave the name out.")
                return assistant

            anyio.run(serve_on_standard_streams, find)
        return 0
