"""Running a model file (GGUF) in this process with llama.cpp, whose own server answers on a loopback port under a random key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from parley.assistant.language_model.settings import ModelSettings
from parley.index.errors import ExtraMissingError, LanguageModelError

if TYPE_CHECKING:
    import xllamacpp

CONTEXT_TOKENS = 4096
_MAGIC = b"GGUF"
_SLOW_SECONDS = 600.0
"""For a whole reply: a processor without help reads a few dozen tokens a second."""


@contextmanager
def running_gguf(path: Path, *, context_tokens: int = CONTEXT_TOKENS, threads: int | None = None) -> Iterator[ModelSettings]:
    """Run the model while the block lasts, and give the settings to connect to it.

    Args:
        path: the model file.
        context_tokens: of request and reply together; more takes more memory.
        threads: for computing; by default one fewer than there are processors, at least one.

    Raises:
        LanguageModelError: the file is missing or is no GGUF, or llama.cpp cannot load it.
        ExtraMissingError: llama.cpp is not installed.
    """
    _check_file(path)
    key = secrets.token_urlsafe(24)
    server = _started(path, context_tokens, threads or max(1, (os.cpu_count() or 2) - 1), key)
    yield ModelSettings(
        base_url=f"{server.listening_address}/v1",
        model=path.stem,
        context_tokens=context_tokens,
        timeout_seconds=_SLOW_SECONDS,
        key=key,
    )
    # The server ends with its last reference.
    del server


def _started(path: Path, context_tokens: int, threads: int, key: str) -> xllamacpp.Server:
    """A server on a free loopback port that answers to `key` only. Raises as `running_gguf` does."""
    ExtraMissingError.unless_installed("xllamacpp", extra="local-llm", purpose="Running a model file")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.model_alias = {path.stem}
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    try:
        return xllamacpp.Server(parameters)
    except RuntimeError as error:
        msg = f"llama.cpp cannot load {path}: {error}. Is it a whole model of a kind that this version knows?"
        raise LanguageModelError(msg) from error


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_MAGIC))
    except OSError as error:
        msg = f"The model file {path} cannot be read: {error.strerror}."
        raise LanguageModelError(msg) from error
    if magic != _MAGIC:
        msg = f"{path} is not a GGUF model file. llama.cpp reads models in that format only."
        raise LanguageModelError(msg)
