"""`parley model`: the language model that words the answers of a library."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_assistant, write, write_json

if TYPE_CHECKING:
    from parley.assistant import ModelSettings


class ModelCommand:
    """`parley model`."""

    name = "model"
    help = "show or set the language model that words the answers of a library, and whether text may leave this machine"

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        add_library_option(parser)
        parser.add_argument("--url", metavar="URL", help="address of a server that speaks OpenAI's protocol, with its /v1")
        parser.add_argument("--name", metavar="NAME", help="the model's name there; without one, the first that it offers")
        parser.add_argument("--context", metavar="TOKENS", type=int, help="how much it reads at a time; 0 asks the server")
        parser.add_argument("--timeout", metavar="SECONDS", type=float, help="for a whole answer (default: 180)")
        leaving = parser.add_mutually_exclusive_group()
        leaving.add_argument(
            "--allow-remote",
            action="store_const",
            const=True,
            dest="allow_remote",
            help="let questions and passages of this library be sent to an address outside this machine",
        )
        leaving.add_argument(
            "--forbid-remote", action="store_const", const=False, dest="allow_remote", help="take that permission back"
        )
        parser.add_argument("--off", action="store_true", help="use none: answers are made of quotations only")
        parser.add_argument("--json", action="store_true", help="print the settings as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Store what is given, then tell what is set; the key comes from $PARLEY_LLM_KEY and is never stored."""
        from parley.assistant import ModelSettings

        with open_assistant(arguments) as assistant:
            folder = assistant.library.path
        stored = ModelSettings.stored(folder)
        wanted = _changed(stored, arguments)
        if wanted != stored:
            wanted.store(folder)
        if arguments.json:
            write_json({"base_url": wanted.base_url, "model": wanted.model, "allow_remote": wanted.allow_remote})
        else:
            for line in _told(wanted):
                write(line)
        return 0


def _changed(settings: ModelSettings, arguments: argparse.Namespace) -> ModelSettings:
    if arguments.off:
        return replace(settings, base_url="", model="", allow_remote=False)
    given = {
        "base_url": arguments.url,
        "model": arguments.name,
        "context_tokens": arguments.context,
        "timeout_seconds": arguments.timeout,
        "allow_remote": arguments.allow_remote,
    }
    wanted = replace(settings, **{name: value for name, value in given.items() if value is not None})
    if wanted.base_url:
        # Refuses an address that is none before it is stored.
        _ = wanted.destination
    return wanted


def _told(settings: ModelSettings) -> list[str]:
    if not settings.base_url:
        return ["No language model is set: answers are made of quotations only, and nothing leaves this machine."]
    destination = settings.destination
    lines = [f"Language model: {settings.model or 'the first that the server offers'}, {destination.told}."]
    if destination.is_local:
        return [*lines, "Questions and passages stay on this machine."]
    if settings.allow_remote:
        return [*lines, "Questions and passages of this library are sent there. --forbid-remote ends that."]
    return [*lines, "It is not used: this library does not permit that text leaves the machine (--allow-remote permits it)."]
