"""The events for asking only a part of the library, and which handler each calls."""

from __future__ import annotations

import gradio as gr

from parley.assistant import SearchFilter
from parley.ui.conversations.payload import scope_choice
from parley.ui.conversations.scope import ScopeChoice, scope_line, scope_offer, scope_panel, search_filter
from parley.ui.page.events import QUICK, Desk, PageState, checked, payload, settles


class ScopeEvents:
    """Adds the events to the page being built."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def wire(
        self, bridge: gr.HTML, *, here: gr.State, choice: gr.State, allowed: gr.State, line: gr.HTML, panel: gr.HTML
    ) -> None:
        """`choice` and `allowed` keep what is chosen and the filter that follows; `line` tells it, `panel` has the fields."""
        settles(bridge.scope(self._on_choose, here, [choice, allowed, line], **QUICK))
        bridge.scope_panel(self._on_open, [here, choice], panel, **QUICK)

    def _on_choose(self, here: PageState, event: gr.EventData) -> tuple[ScopeChoice, SearchFilter, str]:
        chosen = checked(lambda: scope_choice(payload(event)))
        assistant = self._desk.at(here).assistant
        return chosen, checked(lambda: search_filter(chosen, assistant)), scope_line(chosen, assistant.entries())

    def _on_open(self, here: PageState, choice: ScopeChoice) -> str:
        assistant = self._desk.at(here).assistant
        return scope_panel(checked(lambda: scope_offer(assistant)), choice)
