"""What happens on each event of the chat page. Every event may be forged, so ownership is checked each time."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from assistant import Conversation, Document, Drafting, Finished, ParleyError, SearchFilter, Searching, SentenceReady
from ui.conversations import ConversationStore
from ui.interfaces import ChatAssistant
from ui.library_panel import conversations_html, documents_html, scope_html
from ui.payload import PayloadError
from ui.render import answer_html, question_html
from ui.sources import SourcePanes
from ui.turns import Exchange
from ui.uploads import UploadQueue
from ui.welcome import welcome_html

ChatMessage = dict[str, str]

_UNDOS_KEPT = 20
_EXAMPLES = 4

_FAILED = "Parley could not answer this because of a fault of its own. The server's log has the details."


class StillAnsweringError(ParleyError):
    """A question was asked in a conversation that is still waiting for its last answer."""


@dataclass(frozen=True, slots=True)
class Progressing:
    """The chat window's messages, and whether more is to come."""

    messages: list[ChatMessage]
    running: bool


class ChatHandlers:
    """The chat's behaviour, without the page. Safe to use from several threads."""

    def __init__(self, assistant: ChatAssistant, store: ConversationStore, uploads: UploadQueue) -> None:
        self._assistant = assistant
        self._store = store
        self._uploads = uploads
        self._lock = threading.Lock()
        self._answering: dict[str, Exchange | None] = {}
        self.sources = SourcePanes(assistant, self.exchange)
        self._removed: OrderedDict[tuple[str, str], Document] = OrderedDict()

    def open_conversation(self, owner: str, wanted: str | None) -> str:
        """The conversation asked for if it is this owner's, else the one opened last, which a reload so comes back to."""
        found = wanted if wanted is not None and self._store.owns(owner, wanted) else self._store.latest(owner)
        self._store.mark_opened(found)
        return found

    def new_conversation(self, owner: str) -> str:
        """A new conversation."""
        return self._store.start(owner)

    def delete_conversation(self, owner: str, conversation: str) -> None:
        """Forget a conversation for good. Raises PayloadError if it is not this owner's."""
        self._check(owner, conversation)
        self._store.delete(conversation)

    def messages(self, owner: str, conversation: str) -> list[ChatMessage]:
        """The chat window's messages. Raises PayloadError if the conversation is not this owner's."""
        self._check(owner, conversation)
        return _messages(self._store.exchanges(conversation))

    def ask(self, owner: str, conversation: str, question: str, *, filter: SearchFilter) -> Generator[Progressing, None, None]:  # noqa: A002
        """Answer a question; what has arrived is stored even if the iterator is closed before the end.

        Raises:
            PayloadError: the conversation is not this owner's.
            StillAnsweringError: it still waits for an answer.
        """
        self._check(owner, conversation)
        self._begin(conversation)
        exchange = None
        try:
            before = _messages(self._store.exchanges(conversation))
            context = self._store.conversation(conversation)
            exchange = self._store.begin_exchange(conversation, question)
            yield Progressing([*before, *_messages([exchange])], running=True)
            for grown in self._growing(exchange, context, filter):
                exchange = grown
                self._show_running(conversation, exchange)
                yield Progressing([*before, *_messages([exchange])], running=exchange.state == "running")
        except GeneratorExit:
            exchange = replace(exchange, state="stopped", message="") if exchange is not None else None
            raise
        finally:
            if exchange is not None:
                # Still running here means that something failed which is no error we raise on purpose.
                self._store.save(exchange if exchange.state != "running" else replace(exchange, state="failed", message=_FAILED))
            with self._lock:
                del self._answering[conversation]

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
        self._check(owner, conversation)
        exchanges = self._store.exchanges(conversation)
        found = next((item for item in exchanges if item.id == identifier), None)
        if found is None:
            raise PayloadError("That question is not in this conversation.")
        if found == exchanges[-1] and not self.is_answering(conversation):
            self._store.drop_exchange(conversation, identifier)
        return found.question

    def exchange(self, owner: str, conversation: str, identifier: int) -> Exchange | None:
        """One exchange, also while it is being answered. Raises PayloadError if the conversation is not this owner's."""
        self._check(owner, conversation)
        return self._running(conversation, identifier) or self._store.exchange(conversation, identifier)

    def library_html(self, *, notice: str = "", undo: str = "") -> str:
        """The list of documents."""
        return documents_html(self._assistant.entries(), notice=notice, undo=undo)

    def history_html(self, owner: str, conversation: str) -> str:
        """The list of conversations."""
        return conversations_html(self._store.entries(owner), conversation)

    def welcome(self) -> str:
        """What an empty conversation shows."""
        return welcome_html(self._assistant.suggested_questions(_EXAMPLES), len(self._assistant.entries()))

    def scope(self, identifiers: tuple[str, ...]) -> tuple[SearchFilter, str]:
        """The filter for asking only some documents, and the line that says so; unknown ids are left out."""
        wanted = set(identifiers)
        chosen = [entry for entry in self._assistant.entries() if entry.id in wanted]
        return SearchFilter(document_ids=tuple(entry.id for entry in chosen)), scope_html(chosen)

    def remove_document(self, owner: str, identifier: str) -> str:
        """Remove a document and return the new list, which offers to undo it. Raises ParleyError."""
        document = self._assistant.remove(identifier)
        self._uploads.forget_file(document)
        token = secrets.token_urlsafe(9)
        with self._lock:
            self._removed[owner, token] = document
            while len(self._removed) > _UNDOS_KEPT:
                self._removed.popitem(last=False)
        return self.library_html(notice=f"Removed “{document.title}”.", undo=token)

    def undo_removal(self, owner: str, token: object) -> str:
        """Take a removal back and return the new list. Raises ParleyError."""
        with self._lock:
            document = self._removed.pop((owner, token), None) if isinstance(token, str) else None
        if document is None:
            return self.library_html(notice="That removal cannot be taken back any more. Add the file again.")
        self._assistant.add_documents([document])
        return self.library_html(notice=f"“{document.title}” is back.")

    def _begin(self, conversation: str) -> None:
        with self._lock:
            if conversation in self._answering:
                raise StillAnsweringError("The last question is still being answered. Wait for it, or stop it first.")
            self._answering[conversation] = None

    def _show_running(self, conversation: str, exchange: Exchange) -> None:
        """Let the markers of an answer that is still being written be followed."""
        with self._lock:
            self._answering[conversation] = exchange

    def _running(self, conversation: str, identifier: int) -> Exchange | None:
        with self._lock:
            exchange = self._answering.get(conversation)
        return exchange if exchange is not None and exchange.id == identifier else None

    def _check(self, owner: str, conversation: str) -> None:
        if not self._store.owns(owner, conversation):
            raise PayloadError("That conversation is not yours, or it was deleted. Reload the page.")


def _messages(exchanges: list[Exchange]) -> list[ChatMessage]:
    made = []
    for exchange in exchanges:
        made.append({"role": "user", "content": question_html(exchange)})
        made.append({"role": "assistant", "content": answer_html(exchange)})
    return made
