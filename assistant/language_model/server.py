"""A server that speaks OpenAI's protocol, reached through LlamaIndex's OpenAI-like integration.

Nothing is sent before the first question. What the server tells about itself (its models, how much they read) is then asked
for, as llama.cpp and vLLM tell it; Ollama and hosted services tell only their models.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley.assistant.language_model.generator import Destination, Message, estimated_tokens
from parley.assistant.language_model.llamaindex import Limits, LlamaIndexGenerator
from parley.assistant.language_model.secrecy import hidden, hidden_in_stream
from parley.assistant.language_model.settings import ModelSettings, check_permitted
from parley.index.errors import ExtraMissingError, LanguageModelError

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

USUAL_CONTEXT = 4096
"""Tokens assumed where the server does not tell: what Ollama gives a model unless told otherwise."""

LONGEST_REPLY = 400
"""Tokens of a reply; a draft has at most a few sentences."""

LONGEST_REPLY_TEXT = 20_000
"""Characters: ten times what so many tokens are in English. A server that pays no heed to the bound is cut off."""

_ASKING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a server tells about itself: its models, the tokens it reads, whether it counts tokens for others."""

    models: tuple[str, ...]
    context_tokens: int | None
    counts_tokens: bool


class ServerGenerator:
    """A generator over such a server, as the settings have it. Safe to use from several threads.

    Raises on construction RemoteModelError if the address is not permitted, LanguageModelError if it is none, ExtraMissingError
    if the packages that connect it are not installed.
    """

    def __init__(self, settings: ModelSettings, *, limits: Limits | None = None) -> None:
        self._settings = settings
        self._destination = settings.destination
        check_permitted(self._destination, allow_remote=settings.allow_remote)
        ExtraMissingError.unless_installed(
            "llama_index.llms.openai_like", "httpx", extra="llm", purpose="Connecting a language model"
        )
        self._limits = limits or Limits(total=settings.timeout_seconds)
        self._lock = threading.Lock()
        self._connected: LlamaIndexGenerator | None = None

    @property
    def name(self) -> str:
        """The model's name as set, or as the server has it once it was asked."""
        name = self._connected.name if self._connected else self._settings.model or "language model"
        return hidden(name, self._settings.key)

    @property
    def destination(self) -> Destination:
        """The server's address."""
        return self._destination

    @property
    def context_tokens(self) -> int:
        """As set, else as the server tells. Raises LanguageModelError if it cannot be reached."""
        return self._connection().context_tokens

    def count_tokens(self, text: str) -> int:
        """By the server where it offers that, else estimated. Raises LanguageModelError if it cannot be reached."""
        return self._connection().count_tokens(text)

    def stream(self, messages: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:
        """The reply piece by piece (see `Generator.stream`)."""
        pieces = hidden_in_stream(self._connection().stream(messages, stop=stop), self._settings.key)
        try:
            yield from self._bounded(pieces)
        except LanguageModelError as error:
            # Some servers repeat the header that they refuse.
            raise LanguageModelError(hidden(str(error), self._settings.key)) from None

    def _bounded(self, pieces: Iterator[str]) -> Iterator[str]:
        length = 0
        for piece in pieces:
            length += len(piece)
            if length > LONGEST_REPLY_TEXT:
                msg = f"The language model {self.name} wrote on after {LONGEST_REPLY_TEXT:,} characters and was cut off."
                raise LanguageModelError(msg)
            yield piece

    def facts(self) -> ServerFacts:
        """What the server tells about itself. Raises LanguageModelError if it cannot be reached."""
        with _client(self._destination, self._settings.key) as client:
            try:
                return _facts(client, self._destination)
            except LanguageModelError as error:
                raise LanguageModelError(hidden(str(error), self._settings.key)) from None

    def _connection(self) -> LlamaIndexGenerator:
        with self._lock:
            if self._connected is None:
                self._connected = self._connect(self.facts())
            return self._connected

    def _connect(self, facts: ServerFacts) -> LlamaIndexGenerator:
        model = self._settings.model or next(iter(facts.models), "")
        if not model:
            msg = f"The server {self._destination.told} offers no model. Name one with `parley model --name NAME`."
            raise LanguageModelError(msg)
        context = self._settings.context_tokens or facts.context_tokens or USUAL_CONTEXT
        llm = _open_ai_like(self._settings, self._destination, model, context)
        counted = self._count_by_server if facts.counts_tokens else estimated_tokens
        return LlamaIndexGenerator(llm, destination=self._destination, limits=self._limits, count_tokens=counted)

    def _count_by_server(self, text: str) -> int:
        with _client(self._destination, self._settings.key) as client:
            found = _posted(client, _root(self._destination) + "/tokenize", {"content": text})
        tokens = found.get("tokens")
        return len(tokens) if isinstance(tokens, list) else estimated_tokens(text)


def _open_ai_like(settings: ModelSettings, destination: Destination, model: str, context: int) -> OpenAILike:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=model,
        api_base=destination.address,
        api_key=settings.key or "none",
        is_chat_model=True,
        is_function_calling_model=False,
        context_window=context,
        max_tokens=LONGEST_REPLY,
        temperature=0.0,
        # Attempts, waits and their end are ours: the user sees them, and can stop them.
        max_retries=0,
        timeout=settings.timeout_seconds,
        async_http_client=httpx.AsyncClient(**_privately(destination), timeout=settings.timeout_seconds),
    )


def _privately(destination: Destination) -> dict[str, Any]:
    """What keeps a request to its address: no redirects; and nothing to this machine goes through a proxy."""
    return {"follow_redirects": False, "trust_env": not destination.is_local}


def _client(destination: Destination, key: str) -> httpx.Client:
    import httpx

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(**_privately(destination), headers=headers, timeout=_ASKING_SECONDS)


def _root(destination: Destination) -> str:
    """The address without its "/v1": where llama.cpp has what OpenAI's protocol has not."""
    return (destination.address or "").removesuffix("/v1")


def _facts(client: httpx.Client, destination: Destination) -> ServerFacts:
    listed = _got(client, f"{destination.address}/models", destination)
    offered = [entry for entry in listed.get("data") or [] if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    context = next((size for entry in offered if (size := _context_in(entry))), None)
    props = _optional(lambda: _got(client, _root(destination) + "/props", destination))
    generation = props.get("default_generation_settings")
    if isinstance(generation, dict) and isinstance(generation.get("n_ctx"), int):
        context = generation["n_ctx"]
    return ServerFacts(tuple(entry["id"] for entry in offered), context, counts_tokens=bool(props))


def _context_in(entry: Mapping[str, Any]) -> int | None:
    """The context length in an entry of the list of models, as vLLM has it."""
    size = entry.get("max_model_len")
    return size if isinstance(size, int) and size > 0 else None


def _optional(ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return ask()
    except LanguageModelError:
        return {}


def _got(client: httpx.Client, url: str, destination: Destination) -> dict[str, Any]:
    import httpx

    try:
        response = client.get(url)
        response.raise_for_status()
        found = response.json()
    except (httpx.HTTPError, ValueError) as error:
        msg = f"The language model server {destination.told} did not answer as expected at {url}: {_reason(error)}"
        raise LanguageModelError(msg) from error
    return found if isinstance(found, dict) else {}


def _posted(client: httpx.Client, url: str, body: Mapping[str, str]) -> dict[str, Any]:
    import httpx

    try:
        found = client.post(url, json=body).json()
    except (httpx.HTTPError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _reason(error: Exception) -> str:
    return f"{' '.join(str(error).split()) or type(error).__name__}."
