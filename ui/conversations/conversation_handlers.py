"""What happens on the events of the list of conversations: open, begin, name, search, judge, delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date
from urllib.parse import quote as percent_encoded

from parley.assistant import Conversation, Turn, render_conversation
from parley.ui.conversations.conversation_panel import conversations_html
from parley.ui.conversations.feedback import Feedback, FeedbackStore
from parley.ui.conversations.payload import PayloadError
from parley.ui.conversations.store import ConversationStore


class ConversationHandlers:
    """The owner's conversations of one library. Ownership is checked each time, because every event may be forged."""

    def __init__(self, store: ConversationStore, feedback: FeedbackStore, *, library: str, model_sha256: str) -> None:
        """Args: library: the library's name, for the addresses of exports; model_sha256: of its embedding model, for exports."""
        self._store = store
        self._feedback = feedback
        self._model_sha256 = model_sha256
        self._library = f"?library={percent_encoded(library, safe='')}"

    def open(self, owner: str, wanted: str | None) -> str:
        """The conversation asked for if it is this owner's, else the one opened last, which a reload so comes back to."""
        found = wanted if wanted is not None and self._store.owns(owner, wanted) else self._store.latest(owner)
        self._store.mark_opened(found)
        return found

    def begin(self, owner: str) -> str:
        """A new conversation."""
        return self._store.start(owner)

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title. Raises PayloadError if it is not this owner's."""
        self._store.require(owner, conversation)
        self._store.rename(conversation, title)

    def delete(self, owner: str, conversation: str) -> None:
        """Forget a conversation for good. Raises PayloadError if it is not this owner's."""
        self._store.require(owner, conversation)
        self._store.delete(conversation)

    def judge(self, owner: str, conversation: str, exchange: int, feedback: Feedback | None) -> None:
        """Store what the owner says of an answer, or forget it. Raises PayloadError if it is not in their conversation."""
        self._store.require(owner, conversation)
        if self._store.exchange(conversation, exchange) is None:
            raise PayloadError("That answer is not in this conversation.")
        if feedback is None:
            self._feedback.withdraw(exchange)
        else:
            self._feedback.give(exchange, feedback)

    def export(self, owner: str, conversation: str, suffix: str, *, day: Date) -> tuple[str, bytes]:
        """A conversation's title, and the conversation as a file of the format that the suffix says.

        Of an answer whose documents have changed or gone since, only the text is exported, with a note that says so.

        Raises PayloadError if it is not this owner's.
        """
        self._store.require(owner, conversation)
        title = self._store.title(conversation) or "Conversation"
        turns = tuple(_exportable(turn) for turn in self._store.conversation(conversation).turns)
        return title, self._rendered(turns, title, suffix, day)

    def export_answer(self, owner: str, identifier: int, suffix: str, *, day: Date) -> tuple[str, bytes]:
        """A question, and its answer as a file of the format that the suffix says; raises as `export` does."""
        conversation = self._store.conversation_of(owner, identifier)
        exchange = self._store.exchange(conversation, identifier) if conversation is not None else None
        if exchange is None or exchange.answer is None:
            raise PayloadError("That answer is not in one of your conversations.")
        return exchange.question, self._rendered((_exportable(exchange.as_turn()),), exchange.question, suffix, day)

    def _rendered(self, turns: tuple[Turn, ...], title: str, suffix: str, day: Date) -> bytes:
        return render_conversation(Conversation(turns), suffix, title=title, model_sha256=self._model_sha256, exported=day)

    def history_html(self, owner: str, current: str, *, words: str = "") -> str:
        """The list of the owner's conversations; with words, of those that hold them all."""
        found = self._store.search(owner, words) if words.strip() else self._store.entries(owner)
        return conversations_html(found, current, searched=words.strip(), library=self._library)


def _exportable(turn: Turn) -> Turn:
    citations = (*turn.answer.citations, *turn.answer.nearest) if turn.answer else ()
    return turn if all(item.verified for item in citations) else replace(turn, answer=None)
