"""Asking, and showing an answer's sources. Every event may be forged, so ownership is checked each time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

from parley.assistant import Conversation, Drafting, Finished, ParleyError, SearchFilter, Searching, SentenceReady, Withdrawn
from parley.ui.conversations.payload import PayloadError
from parley.ui.conversations.render import answer_html, question_html
from parley.ui.conversations.sources import SourcePanes
from parley.ui.conversations.store import ConversationStore
from parley.ui.conversations.turns import Exchange
from parley.ui.interfaces import ChatAssistant

ChatMessage = dict[str, str]

_OPENING = "Opening the library. The first answer after a start takes longer…"
_WITHDRAWN = "What was shown so far no longer stands; answering anew…"
_FAILED = "Parley could not answer this because of a fault of its own. The server's log has the details."


STEP_SECONDS = 0.1
"""Seconds between two steps of an answer that are shown. Each carries the whole conversation, and a reader sees no more."""


class StillAnsweringError(ParleyError):
    """A question was asked in a conversation that is still waiting for its last answer."""


@dataclass(frozen=True, slots=True)
class Progressing:
    """The chat window's messages, and whether more is to come."""

    messages: list[ChatMessage]
    running: bool


class ChatHandlers:
    """The conversation window of one library, without the page. Safe to use from several threads."""

    def __init__(
        self, assistant: ChatAssistant, store: ConversationStore, *, is_ready: Callable[[], bool] = lambda: True
    ) -> None:
        """`is_ready` tells whether what answering needs is loaded; until then whoever asks is told what they wait for."""
        self._is_ready = is_ready
        self._assistant = assistant
        self._store = store
        self._lock = threading.Lock()
        self._answering: dict[str, Exchange | None] = {}
        self.sources = SourcePanes(assistant, self.exchange)

    def messages(self, owner: str, conversation: str) -> list[ChatMessage]:
        """The chat window's messages. Raises PayloadError if the conversation is not this owner's."""
        self._store.require(owner, conversation)
        return _messages(self._store.exchanges(conversation))

    def ask(
        self,
        owner: str,
        conversation: str,
        question: str,
        *,
        filter: SearchFilter,  # noqa: A002
        alone: bool = False,
    ) -> Generator[Progressing, None, None]:
        """Answer a question; what has arrived is stored even if the iterator is closed before the end.

        Steps that follow each other at once are given as one. With `alone`, nothing is taken from the turns before.

        Raises:
            PayloadError: the conversation is not this owner's.
            StillAnsweringError: it still waits for an answer.
        """
        self._store.require(owner, conversation)
        self._begin(conversation)
        exchange = None
        try:
            before = _messages(self._store.exchanges(conversation))
            context = Conversation() if alone else self._store.conversation(conversation)
            exchange = self._store.begin_exchange(conversation, question)
            exchange = exchange if self._is_ready() else replace(exchange, message=_OPENING)
            yield Progressing([*before, *_messages([exchange])], running=True)
            shown = time.monotonic()
            for grown in self._growing(exchange, context, filter):
                exchange = grown
                self._show_running(conversation, exchange)
                if exchange.state == "running" and time.monotonic() - shown >= STEP_SECONDS:
                    yield Progressing([*before, *_messages([exchange])], running=True)
                    shown = time.monotonic()
        except GeneratorExit:
            exchange = replace(exchange, state="stopped", message="") if exchange is not None else None
            raise
        finally:
            self._end(conversation, exchange)
        # Shown when it is stored and the next question may come, which some people have typed by then.
        yield Progressing([*before, *_messages([exchange])], running=False)

    def _growing(self, exchange: Exchange, context: Conversation, filter: SearchFilter) -> Iterator[Exchange]:  # noqa: A002
        """The exchange after each step of its answer; the last one is done or failed."""
        try:
            for event in self._assistant.stream(exchange.question, conversation=context, filter=filter):
                if isinstance(event, Searching):
                    exchange = replace(exchange, standalone=event.standalone_question)
                elif isinstance(event, Drafting):
                    exchange = replace(exchange, message=f"{event.engine} is writing, {event.seconds:.0f} s so far…")
                elif isinstance(event, SentenceReady):
                    exchange = replace(exchange.with_sentence(event.sentence, event.citations), message="")
                elif isinstance(event, Withdrawn):
                    exchange = replace(exchange, answer=None, message=_WITHDRAWN)
                elif isinstance(event, Finished):
                    exchange = replace(exchange, answer=event.answer, state="done", message="")
                yield exchange
        except ParleyError as error:
            yield replace(exchange, state="failed", message=str(error))

    def is_answering(self, conversation: str) -> bool:
        """Whether an answer is being written in that conversation."""
        with self._lock:
            return conversation in self._answering

    def retract(self, owner: str, conversation: str, identifier: int) -> str:
        """The question of an exchange, to be asked again; the exchange is forgotten if it is the last one."""
        found, is_last = self._find(owner, conversation, identifier)
        if is_last and not self.is_answering(conversation):
            self._store.drop_exchange(conversation, identifier)
        return found.question

    def revise(self, owner: str, conversation: str, identifier: int) -> str:
        """The conversation in which an edited question is to be asked in place of an exchange.

        It is this one if the exchange is its last, which is then forgotten. Else it is a new one that holds what came before,
        and this one stays as it is, so that nothing is lost. Raises PayloadError.
        """
        _, is_last = self._find(owner, conversation, identifier)
        if self.is_answering(conversation):
            raise PayloadError("The last question is still being answered. Wait for it, or stop it first.")
        if not is_last:
            return self._store.fork(conversation, identifier)
        self._store.drop_exchange(conversation, identifier)
        return conversation

    def _find(self, owner: str, conversation: str, identifier: int) -> tuple[Exchange, bool]:
        """An exchange, and whether it is the last one of its conversation. Raises PayloadError."""
        self._store.require(owner, conversation)
        exchanges = self._store.exchanges(conversation)
        found = next((item for item in exchanges if item.id == identifier), None)
        if found is None:
            raise PayloadError("That question is not in this conversation.")
        return found, found == exchanges[-1]

    def exchange(self, owner: str, conversation: str, identifier: int) -> Exchange | None:
        """One exchange, also while it is being answered. Raises PayloadError if the conversation is not this owner's."""
        self._store.require(owner, conversation)
        return self._running(conversation, identifier) or self._store.exchange(conversation, identifier)

    def _begin(self, conversation: str) -> None:
        with self._lock:
            if conversation in self._answering:
                raise StillAnsweringError("The last question is still being answered. Wait for it, or stop it first.")
            self._answering[conversation] = None

    def _end(self, conversation: str, exchange: Exchange | None) -> None:
        """Store what has arrived, and let the next question come."""
        if exchange is not None:
            # Still running here means that something failed which is no error we raise on purpose.
            self._store.save(exchange if exchange.state != "running" else replace(exchange, state="failed", message=_FAILED))
        with self._lock:
            del self._answering[conversation]

    def _show_running(self, conversation: str, exchange: Exchange) -> None:
        """Let the markers of an answer that is still being written be followed."""
        with self._lock:
            self._answering[conversation] = exchange

    def _running(self, conversation: str, identifier: int) -> Exchange | None:
        with self._lock:
            exchange = self._answering.get(conversation)
        return exchange if exchange is not None and exchange.id == identifier else None


def _messages(exchanges: list[Exchange]) -> list[ChatMessage]:
    made = []
    for exchange in exchanges:
        made.append({"role": "user", "content": question_html(exchange)})
        made.append({"role": "assistant", "content": answer_html(exchange)})
    return made
