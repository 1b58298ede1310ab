"""Any LlamaIndex language model as a generator whose requests can be stopped at any moment.

Requests run on an event loop in a thread of its own. Stopping one cancels its task, which closes the connection, so that the
server stops computing; waiting for its next piece in the caller's thread could not be interrupted.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from parley.assistant.language_model.generator import Destination, Message, estimated_tokens
from parley.assistant.language_model.secrecy import hidden
from parley.assistant.language_model.settings import destination_of
from parley.index.errors import LanguageModelError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms.llm import LLM

_log = logging.getLogger(__name__)

_HEARTBEAT = 0.25
"""Seconds after which an empty piece is given while nothing comes, so that whoever reads can stop."""

_RETRIED_STATUSES = frozenset({408, 409, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, and how often to try.

    Attributes:
        total: for a whole reply, waiting for its first piece included.
        silence: between two pieces, once the first has come.
        attempts: requests made before giving up; only those that failed before their first piece are made again.
        back_off: wait before the second attempt; doubled before each further one.
    """

    total: float = 180.0
    silence: float = 45.0
    attempts: int = 3
    back_off: float = 0.5


class LlamaIndexGenerator:
    """A generator over a LlamaIndex `LLM`. Safe to use from several threads."""

    def __init__(
        self,
        llm: LLM,
        *,
        destination: Destination | None = None,
        limits: Limits | None = None,
        count_tokens: Callable[[str], int] = estimated_tokens,
    ) -> None:
        self._llm = llm
        self._destination = destination or destination_of_llm(llm)
        self._limits = limits or Limits()
        self._count_tokens = count_tokens
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What the object calls its model."""
        return self._llm.metadata.model_name or type(self._llm).__name__

    @property
    def destination(self) -> Destination:
        """Where the text goes, as far as the object tells."""
        return self._destination

    @property
    def context_tokens(self) -> int:
        """What the object states."""
        return int(self._llm.metadata.context_window)

    def count_tokens(self, text: str) -> int:
        """By the tokenizer given, else estimated."""
        return self._count_tokens(text)

    def stream(self, messages: Sequence[Message], *, stop: threading.Event) -> Iterator[str]:
        """The reply piece by piece (see `Generator.stream`)."""
        deadline = time.monotonic() + self._limits.total
        for attempt in range(1, self._limits.attempts + 1):
            request = _Request(self._llm, _chat_messages(messages), self._running_loop())
            begun = False
            try:
                for piece in request.pieces(stop, deadline, self._limits.silence):
                    begun = begun or bool(piece)
                    yield piece
            except _RequestFailedError as failure:
                if begun or not failure.is_worth_retrying or attempt == self._limits.attempts:
                    raise LanguageModelError(self._told(failure)) from failure
                _log.info("The language model %s failed (%s); trying again.", self.name, failure)
            else:
                return
            finally:
                request.cancel()
            if stop.wait(min(self._limits.back_off * 2 ** (attempt - 1), max(0.0, deadline - time.monotonic()))):
                return

    def _told(self, failure: Exception) -> str:
        return f"The language model {self.name} ({self._destination.told}) did not answer: {failure}"

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="parley-language-model", daemon=True).start()
            return self._loop


class _RequestFailedError(Exception):
    def __init__(self, message: str, *, is_worth_retrying: bool) -> None:
        super().__init__(message)
        self.is_worth_retrying = is_worth_retrying


class _Request:
    """One request under way; its pieces arrive in a queue, `None` after the last."""

    def __init__(self, llm: LLM, messages: list[ChatMessage], loop: asyncio.AbstractEventLoop) -> None:
        self._arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._done: Future[None] = asyncio.run_coroutine_threadsafe(self._read(llm, messages), loop)
        self._done.add_done_callback(lambda _: self._arrived.put(None))

    async def _read(self, llm: LLM, messages: list[ChatMessage]) -> None:
        async for reply in await llm.astream_chat(messages):
            self._arrived.put(reply.delta or "")

    def pieces(self, stop: threading.Event, deadline: float, silence: float) -> Iterator[str]:
        """The pieces until the last; ends early once `stop` is set. Raises _RequestFailedError."""
        heard = None
        while not stop.is_set():
            now = time.monotonic()
            if now > deadline:
                raise _RequestFailedError("it took too long for a whole answer.", is_worth_retrying=False)
            try:
                piece = self._arrived.get(timeout=_HEARTBEAT)
            except queue.Empty:
                # Only where nothing has arrived: the reader may itself have been away for longer.
                if heard is not None and now - heard > silence:
                    raise _RequestFailedError(f"it fell silent for {silence:g} seconds.", is_worth_retrying=False) from None
                yield ""
                continue
            if piece is None:
                self._raise_failure()
                return
            heard = time.monotonic()
            yield piece

    def cancel(self) -> None:
        """End the request; its connection is closed."""
        self._done.cancel()

    def _raise_failure(self) -> None:
        error = self._done.exception()
        if error is None:
            return
        status = getattr(error, "status_code", None)
        retried = status in _RETRIED_STATUSES if status is not None else "Connection" in type(error).__name__
        reason = hidden(" ".join(str(error).split()))[:300] or type(error).__name__
        raise _RequestFailedError(f"{reason.rstrip('.')}.", is_worth_retrying=retried) from error


def _chat_messages(messages: Sequence[Message]) -> list[ChatMessage]:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    roles: dict[Literal["system", "user"], MessageRole] = {"system": MessageRole.SYSTEM, "user": MessageRole.USER}
    return [ChatMessage(role=roles[message.role], content=message.text) for message in messages]


def destination_of_llm(llm: Any) -> Destination:  # noqa: ANN401  (any LlamaIndex LLM; their addresses have no common name)
    """Where a LlamaIndex LLM sends text: its `api_base` or `base_url`; in this process for a `CustomLLM` without either.

    One whose address cannot be told counts as outside this machine.
    """
    from llama_index.core.llms import CustomLLM

    for name in ("api_base", "base_url", "endpoint"):
        address = getattr(llm, name, None)
        if isinstance(address, str) and address:
            return destination_of(address)
    return Destination(None, is_local=isinstance(llm, CustomLLM))
