"""`parley model`: the language model that words the answers of a library."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from parley.ui.cli.command import add_library_option
from parley.ui.cli.console import open_assistant, secret_line, write, write_json

if TYPE_CHECKING:
    from parley.assistant import ModelSettings


class ModelCommand:
    """`parley model`."""

    name = "model"
    help = "show or set the language model that words the answers of a library, and whether text may leave this machine"
    example = "parley model --url http://127.0.0.1:11434/v1 --name qwen2.5:7b"

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
            help="let questions and passages of this library be sent to this address outside this machine, and to no other",
        )
        leaving.add_argument(
            "--forbid-remote", action="store_const", const=False, dest="allow_remote", help="take that permission back"
        )
        parser.add_argument(
            "--key",
            action="store_true",
            help="ask for the key of that server (or read standard input) and keep it for that server alone; empty forgets it",
        )
        parser.add_argument("--off", action="store_true", help="use none: answers are made of quotations only")
        parser.add_argument("--json", action="store_true", help="print the settings as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """Store what is given in the user's own configuration, then tell what is set."""
        from parley.assistant import LanguageModelError, ModelSettings
        from parley.assistant.language_model.settings import keep_key

        with open_assistant(arguments) as assistant:
            folder = assistant.library.path
        stored = ModelSettings.stored(folder)
        wanted = _changed(stored, arguments)
        if (arguments.allow_remote or arguments.key) and not wanted.base_url:
            msg = "A permission and a key belong to an address. Name it: parley model --url URL"
            raise LanguageModelError(msg)
        if wanted != stored:
            wanted.store(folder)
        if arguments.key:
            keep_key(wanted.base_url, secret_line(f"Key of {wanted.base_url}: "))
        if arguments.json:
            write_json({"base_url": wanted.base_url, "model": wanted.model, "allow_remote": wanted.allow_remote})
        else:
            for line in _told(wanted, folder):
                write(line)
        return 0


def _changed(settings: ModelSettings, arguments: argparse.Namespace) -> ModelSettings:
    if arguments.off:
        return replace(settings, base_url="", model="", allow_remote=False)
    if arguments.url is not None:
        # A permission was given for an address: another one asks anew.
        settings = settings.at(arguments.url)
    given = {
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


def _told(settings: ModelSettings, folder: Path) -> list[str]:
    from parley.assistant.language_model.settings import address_left_behind

    left = address_left_behind(folder)
    lines = [f"The library's folder names a language model at {left}. It is not used; --url sets one."] if left else []
    return [*_told_of(settings), *lines]


def _told_of(settings: ModelSettings) -> list[str]:
    if not settings.base_url:
        return ["No language model is set: answers are made of quotations only, and nothing leaves this machine."]
    destination = settings.destination
    lines = [f"Language model: {settings.model or 'the first that the server offers'}, {destination.told}."]
    if destination.is_local:
        return [*lines, "Questions and passages stay on this machine."]
    if settings.allow_remote:
        return [*lines, "Questions and passages of this library are sent there. --forbid-remote ends that."]
    return [*lines, "It is not used: you have not permitted that text of this library goes there (--allow-remote permits it)."]
