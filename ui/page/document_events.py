"""The events of the list of documents, and which handler each calls."""

from __future__ import annotations

from typing import Any

import gradio as gr

from parley.ui.conversations.handlers import ChatMessage
from parley.ui.conversations.payload import document_changes, document_id, field
from parley.ui.page.events import CHANGING, DIRECT, FILING, READING, Desk, PageState, checked, in_page, opens, payload


class DocumentEvents:
    """Adds the events to the page being built."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def wire(self, bridge: gr.HTML, *, here: gr.State, chat: gr.Chatbot, library: gr.HTML, source: gr.HTML) -> None:
        """`source` is the pane beside the conversation."""
        opens(bridge.open_document(self._on_open, here, source, **READING))
        corrected = bridge.correct_document(self._on_correct, here, [source, library], **CHANGING)
        # In one queue with what opens a conversation, or the one that was left could come back into its window.
        corrected.success(self._on_corrected, here, chat, **FILING)
        corrected.success(None, None, None, js=in_page("corrected()"))
        bridge.remove_document(self._on_remove, here, [library, chat], **CHANGING)
        bridge.undo(self._on_undo, here, [library, chat], **CHANGING)
        bridge.renew_statements(self._on_renew, here, library, **CHANGING)
        bridge.library_changed(self._on_changed, here, [library, chat], **DIRECT)

    def _on_open(self, here: PageState, event: gr.EventData, request: gr.Request) -> str:
        sources, may_edit = self._desk.at(here).chat.sources, self._desk.may_edit(request)
        return checked(lambda: sources.document(document_id(payload(event)), may_edit=may_edit))

    def _on_correct(self, here: PageState, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        self._desk.editor(request)
        workspace = self._desk.at(here)
        name = checked(lambda: document_id(payload(event)))
        checked(lambda: workspace.documents.correct(name, document_changes(payload(event)), who=self._desk.user(request)))
        return checked(lambda: workspace.chat.sources.document(name, may_edit=True)), workspace.documents.list_html()

    def _on_corrected(self, here: PageState, request: gr.Request) -> list[ChatMessage]:
        """Sources in the conversation name the document as it is known now."""
        owner = self._desk.owner(request)
        return checked(lambda: self._desk.at(here).chat.messages(owner, here.conversation))

    def _on_remove(self, here: PageState, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.editor(request)
        who = self._desk.user(request)
        documents = self._desk.at(here).documents
        html = checked(lambda: documents.remove(owner, document_id(payload(event)), who=who))
        return self._list(here, html, owner)

    def _on_undo(self, here: PageState, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.editor(request)
        token = field(payload(event), "token")
        who = self._desk.user(request)
        html = checked(lambda: self._desk.at(here).documents.undo_removal(owner, token, who=who))
        return self._list(here, html, owner)

    def _on_renew(self, here: PageState, request: gr.Request) -> str:
        self._desk.editor(request)
        who = self._desk.user(request)
        return checked(lambda: self._desk.at(here).documents.renew_statements(who=who))

    def _on_changed(self, here: PageState, request: gr.Request) -> tuple[Any, ...]:
        return self._list(here, self._desk.at(here).documents.list_for(self._desk.owner(request)))

    def _list(self, here: PageState, html: str, owner: str = "") -> tuple[Any, ...]:
        """The list of documents and the invitation; for an owner also the conversation, which may have lost words."""
        workspace = self._desk.at(here)
        placeholder = workspace.documents.welcome()
        if not owner or workspace.chat.is_answering(here.conversation):
            return html, gr.update(placeholder=placeholder)
        messages = checked(lambda: workspace.chat.messages(owner, here.conversation))
        return html, gr.update(value=messages, placeholder=placeholder)
