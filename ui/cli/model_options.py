"""The options that name a language model, and what they, the environment and the user's settings together say."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from parley.ui.cli.command import library_folder

if TYPE_CHECKING:
    from parley.assistant import Destination, ModelSettings


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """`--llm-url`, `--llm` and `--no-llm`."""
    told = "address of a language model server with OpenAI's protocol (default: $PARLEY_LLM_URL, else what `parley model` set)"
    parser.add_argument("--llm-url", metavar="URL", help=told)
    parser.add_argument(
        "--llm", metavar="NAME", help="the model's name there (default: $PARLEY_LLM, else the first that it offers)"
    )
    parser.add_argument("--no-llm", action="store_true", help="make answers of quotations only, whatever is set")


def model_settings(arguments: argparse.Namespace) -> ModelSettings | None:
    """What options, environment and the user's settings for the library say, in this order; `None` where no model is wanted."""
    from parley.assistant import ModelSettings

    if arguments.no_llm:
        return None
    library = Path(library_folder(arguments))
    found = ModelSettings.stored(library).with_environment()
    if arguments.llm_url:
        found = found.at(arguments.llm_url)
    return permitted_for(replace(found, model=arguments.llm or found.model), library).with_key()


def permitted_for(wording: ModelSettings, folder: Path) -> ModelSettings:
    """The model with what this user has permitted for the library in `folder` and this address. Raises LanguageModelError."""
    from parley.assistant.language_model.settings import permits

    return replace(wording, allow_remote=bool(wording.base_url) and permits(folder, wording.base_url))


def permitted_model(wording: ModelSettings | None, folder: Path) -> ModelSettings | None:
    """The model as permitted for the library in `folder`; `None` where text would leave this machine and it is not.

    Raises LanguageModelError if the address is none.
    """
    if wording is None or not wording.base_url:
        return None
    permitted = permitted_for(wording, folder)
    return permitted if permitted.allow_remote or permitted.destination.is_local else None


def withheld_model(wording: ModelSettings | None, folder: Path) -> Destination | None:
    """Where the model is that is not permitted for the library in `folder`; `None` where it is, or where none is set."""
    if wording is None or not wording.base_url or permitted_model(wording, folder) is not None:
        return None
    return wording.destination


@contextmanager
def local_model(file: str | None) -> Iterator[ModelSettings | None]:
    """A model file run in this process while the block lasts; `None` where no file is named."""
    if file is None:
        yield None
        return
    from parley.assistant.language_model.gguf import running_gguf

    with running_gguf(Path(file)) as settings:
        yield settings
