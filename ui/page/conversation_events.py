"""The events of the list of conversations and of feedback, and which handler each calls."""

from __future__ import annotations

from typing import Any

import gradio as gr

from parley.ui.conversations.payload import conversation_id, conversation_title, exchange_id, feedback, field, search_words
from parley.ui.page.events import FILING, Desk, PageState, checked, payload, settles


class ConversationEvents:
    """Adds the events to the page being built."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def wire(self, bridge: gr.HTML, *, here: gr.State, page: list[Any], cancels: list[Any]) -> None:
        """`page` are the place, the conversation window, the documents and the list of conversations."""
        # Whoever leaves a conversation stops its answer, which would otherwise be written into the next one's window.
        settles(bridge.new_conversation(self._on_new, here, page, cancels=cancels, **FILING))
        settles(bridge.open_conversation(self._on_open, here, page, cancels=cancels, **FILING))
        settles(bridge.delete_conversation(self._on_delete, here, page, cancels=cancels, **FILING))
        history = page[-1]
        bridge.rename_conversation(self._on_rename, here, history, **FILING)
        bridge.search_conversations(self._on_search, here, history, **FILING)
        bridge.feedback(self._on_feedback, here, page[1], **FILING)

    def _on_new(self, here: PageState, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.owner(request)
        return self._desk.page(owner, here._replace(conversation=self._desk.at(here).conversations.begin(owner)))

    def _on_open(self, here: PageState, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.owner(request)
        wanted = checked(lambda: conversation_id(field(payload(event), "conversation")))
        return self._desk.page(owner, here._replace(conversation=self._desk.at(here).conversations.open(owner, wanted)))

    def _on_delete(self, here: PageState, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.owner(request)
        conversations = self._desk.at(here).conversations
        unwanted = checked(lambda: conversation_id(field(payload(event), "conversation")))
        checked(lambda: conversations.delete(owner, unwanted))
        shown = conversations.open(owner, None if unwanted == here.conversation else here.conversation)
        return self._desk.page(owner, here._replace(conversation=shown))

    def _on_rename(self, here: PageState, event: gr.EventData, request: gr.Request) -> str:
        owner = self._desk.owner(request)
        conversations = self._desk.at(here).conversations
        named = checked(lambda: conversation_id(field(payload(event), "conversation")))
        checked(lambda: conversations.rename(owner, named, conversation_title(payload(event))))
        return conversations.history_html(owner, here.conversation, words=checked(lambda: search_words(payload(event))))

    def _on_search(self, here: PageState, event: gr.EventData, request: gr.Request) -> str:
        owner = self._desk.owner(request)
        words = checked(lambda: search_words(payload(event)))
        return self._desk.at(here).conversations.history_html(owner, here.conversation, words=words)

    def _on_feedback(self, here: PageState, event: gr.EventData, request: gr.Request) -> list[dict[str, str]]:
        owner = self._desk.owner(request)
        workspace = self._desk.at(here)
        checked(
            lambda: workspace.conversations.judge(owner, here.conversation, exchange_id(payload(event)), feedback(payload(event)))
        )
        return checked(lambda: workspace.chat.messages(owner, here.conversation))
