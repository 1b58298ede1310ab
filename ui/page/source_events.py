"""The events of the source pane, and which handler each calls."""

from __future__ import annotations

import gradio as gr

from parley.ui.conversations.payload import place_in_document, source_link, words_sought
from parley.ui.page.events import READING, Desk, PageState, checked, opens, payload


class SourceEvents:
    """Adds the events to the page being built."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def wire(self, bridge: gr.HTML, *, here: gr.State, source: gr.HTML) -> None:
        """`source` is the pane."""
        opens(bridge.cite(self._on_cite, here, source, **READING))
        opens(bridge.open_place(self._on_place, here, source, **READING))
        opens(bridge.evidence(self._on_evidence, here, source, **READING))

    def _on_cite(self, here: PageState, event: gr.EventData, request: gr.Request) -> str:
        owner = self._desk.owner(request)
        sources = self._desk.at(here).chat.sources
        return checked(lambda: sources.citation(owner, here.conversation, source_link(payload(event))))

    def _on_place(self, here: PageState, event: gr.EventData) -> str:
        return checked(lambda: self._desk.at(here).chat.sources.place(place_in_document(payload(event))))

    def _on_evidence(self, here: PageState, event: gr.EventData, request: gr.Request) -> str:
        owner = self._desk.owner(request)
        sources = self._desk.at(here).chat.sources
        return checked(lambda: sources.words(owner, here.conversation, *words_sought(payload(event))))
