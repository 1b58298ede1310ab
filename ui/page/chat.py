"""The chat page: its layout, and which event calls which handler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from parley.assistant import ParleyError, SearchFilter
from parley.ui.conversations.conversation_panel import SEARCH_FIELD
from parley.ui.conversations.payload import (
    LONGEST_QUESTION,
    PayloadError,
    asked_alone,
    conversation_id,
    exchange_id,
    question_text,
)
from parley.ui.conversations.scope import ScopeChoice, scope_line
from parley.ui.html.evidence import EMPTY_PANE
from parley.ui.html.masthead import chat_masthead
from parley.ui.html.styles import chat_script
from parley.ui.library.library_panel import upload_html
from parley.ui.library.library_switcher import switcher_html
from parley.ui.library.multipart import UploadLimits
from parley.ui.page.conversation_events import ConversationEvents
from parley.ui.page.document_events import DocumentEvents
from parley.ui.page.endpoints import Endpoints
from parley.ui.page.events import ASKING, DIRECT, FILING, QUESTIONS_AT_ONCE, Desk, PageState, checked, payload, settles
from parley.ui.page.scope_events import ScopeEvents
from parley.ui.page.source_events import SourceEvents

LONGEST_QUEUE = 64
"""Events that may wait, of all callers (of one at most a quarter); beyond this the page says that Parley is busy."""


class ChatPage:
    """Builds the page over the handlers."""

    def __init__(self, desk: Desk, limits: UploadLimits) -> None:
        self._desk = desk
        self._limits = limits

    def build(self) -> gr.Blocks:
        """The Gradio application, its queue limited."""
        with gr.Blocks(title="Parley", fill_width=True, fill_height=True, analytics_enabled=False) as blocks:
            self._lay_out()
            self._wire(blocks)
            Endpoints(self._desk.libraries).declare(at_once=QUESTIONS_AT_ONCE)
        blocks.queue(max_size=LONGEST_QUEUE, default_concurrency_limit=QUESTIONS_AT_ONCE)
        return blocks

    def _lay_out(self) -> None:
        self._here = gr.State(PageState())
        self._chosen = gr.State(ScopeChoice())
        self._scope = gr.State(SearchFilter())
        _html(chat_masthead(), "masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="library-pane"):
                self._switcher = _html("", "libraries")
                limits = self._limits
                _html(upload_html(suffixes=limits.suffixes, file_bytes=limits.file_bytes), "upload")
                self._library = _html("", "library")
                _html(SEARCH_FIELD, "history-search")
                self._history = _html("", "history")
            with gr.Column(elem_id="chat-pane"):
                self._lay_out_chat()
            with gr.Column(elem_id="source-pane"):
                self._source = _html(EMPTY_PANE, "source")
        self._bridge = _html("", "bridge", script=chat_script())

    def _lay_out_chat(self) -> None:
        self._chat = gr.Chatbot(
            elem_id="chat",
            label="Conversation",
            show_label=False,
            height="100%",
            buttons=[],
            # Whatever stands in documents and questions arrives escaped; the browser's sanitiser is the second lock.
            sanitize_html=True,
            allow_tags=False,
            latex_delimiters=[],
            line_breaks=False,
            feedback_options=None,
            # page/asking.js keeps the question in view, so that an answer is read from its beginning.
            autoscroll=False,
            layout="panel",
        )
        self._scope_panel = _html("", "scope-panel")
        self._scope_line = _html(scope_line(ScopeChoice(), ()), "scope")
        with gr.Row(elem_id="composer"):
            self._question = gr.Textbox(
                elem_id="question",
                label="Question",
                show_label=False,
                placeholder="Ask who said what…",
                lines=1,
                max_lines=6,
                autofocus=True,
                scale=1,
            )
            self._send = gr.Button("Ask", elem_id="send", variant="primary", scale=0, min_width=72)
            self._stop = gr.Button("Stop", elem_id="stop", variant="secondary", scale=0, min_width=72, visible=False)
        self._destination = _html("", "destination")

    def _wire(self, blocks: gr.Blocks) -> None:
        here = self._here
        page = [here, self._chat, self._library, self._history]
        asking = [self._chat, self._question, self._send, self._stop]
        settles(blocks.load(self._on_load, None, [*page, self._switcher, self._destination], **DIRECT))
        asked = [
            gr.on(
                [self._question.submit, self._send.click], self._on_submit, [self._question, here, self._scope], asking, **ASKING
            ),
            self._bridge.ask(self._on_ask, [here, self._scope], asking, **ASKING),
            self._bridge.retry(self._on_retry, [here, self._scope], asking, **ASKING),
            self._bridge.revise(self._on_revise, [here, self._scope], [here, *asking], **ASKING),
        ]
        for event in asked:
            event.then(self._after_answer, here, [self._send, self._stop], **DIRECT)
            # In one queue with what opens a conversation, or the one that was left could come back into its window. An answer
            # that came to its end is shown already; to show it again could take away what somebody just points at.
            event.success(self._list, here, self._history, **FILING)
            event.failure(self._put_away, here, [self._chat, self._history], **FILING)
        self._stop.click(None, None, None, cancels=asked, api_visibility="private", queue=False)
        SourceEvents(self._desk).wire(self._bridge, here=here, source=self._source)
        ScopeEvents(self._desk).wire(
            self._bridge, here=here, choice=self._chosen, allowed=self._scope, line=self._scope_line, panel=self._scope_panel
        )
        DocumentEvents(self._desk).wire(self._bridge, here=here, chat=self._chat, library=self._library, source=self._source)
        ConversationEvents(self._desk).wire(self._bridge, here=here, page=page, cancels=asked)

    def _on_load(self, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.owner(request)
        place = PageState(request.query_params.get("library", ""))
        conversation = self._desk.at(place).conversations.open(owner, _addressed(request))
        switcher = switcher_html(self._desk.libraries, place.library, self._desk.user(request), self._desk.role(request))
        destination = self._desk.libraries.where_text_goes(place.library)
        return *self._desk.page(owner, place._replace(conversation=conversation)), switcher, destination

    def _on_submit(self, question: str, here: PageState, scope: SearchFilter, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        if len(question) > LONGEST_QUESTION:
            # What was typed stays in the field, to be shortened there.
            reason = (
                f"The question has {len(question):,} characters, the most is {LONGEST_QUESTION:,}. "
                "Shorten it, or add it as a document."
            )
            raise gr.Error(reason, print_exception=False, title="Not asked")
        yield from self._answer(question, here, scope, request, clear="")

    def _on_ask(
        self, here: PageState, scope: SearchFilter, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        question = checked(lambda: question_text(payload(event)))
        yield from self._answer(question, here, scope, request, clear=gr.skip())

    def _on_retry(
        self, here: PageState, scope: SearchFilter, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        owner = self._desk.owner(request)
        question = checked(lambda: self._desk.at(here).chat.retract(owner, here.conversation, exchange_id(payload(event))))
        yield from self._answer(question, here, scope, request, clear=gr.skip())

    def _on_revise(
        self, here: PageState, scope: SearchFilter, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        owner = self._desk.owner(request)
        question = checked(lambda: question_text(payload(event)))
        chat = self._desk.at(here).chat
        there = here._replace(conversation=checked(lambda: chat.revise(owner, here.conversation, exchange_id(payload(event)))))
        for step in self._answer(question, there, scope, request, clear=gr.skip(), alone=asked_alone(payload(event))):
            yield there, *step

    def _answer(
        self,
        question: str,
        here: PageState,
        scope: SearchFilter,
        request: gr.Request,
        *,
        clear: object,
        alone: bool = False,
    ) -> Iterator[tuple[Any, ...]]:
        owner = self._desk.owner(request)
        steps = self._desk.at(here).chat.ask(owner, here.conversation, question, filter=scope, alone=alone)
        try:
            for step in steps:
                yield step.messages, clear, gr.update(visible=not step.running), gr.update(visible=step.running)
                clear = gr.skip()
        except (PayloadError, ParleyError) as error:
            raise gr.Error(str(error), print_exception=False, title="Not asked") from error
        finally:
            steps.close()

    def _after_answer(self, here: PageState) -> tuple[Any, ...]:
        if self._desk.at(here).chat.is_answering(here.conversation):
            # The next question was faster than this; its own steps show the buttons and the conversation.
            return gr.skip(), gr.skip()
        return gr.update(visible=True), gr.update(visible=False)

    def _list(self, here: PageState, request: gr.Request) -> str:
        return self._desk.at(here).conversations.history_html(self._desk.owner(request), here.conversation)

    def _put_away(self, here: PageState, request: gr.Request) -> tuple[Any, ...]:
        owner = self._desk.owner(request)
        chat = self._desk.at(here).chat
        if chat.is_answering(here.conversation):
            return gr.skip(), self._list(here, request)
        return checked(lambda: chat.messages(owner, here.conversation)), self._list(here, request)


def _addressed(request: gr.Request) -> str | None:
    """The conversation that the page's address names, if it can be one; whose it is, is checked when it is opened."""
    try:
        return conversation_id(request.query_params.get("conversation"))
    except PayloadError:
        return None


def _html(value: str, name: str, *, script: str | None = None) -> gr.HTML:
    """A part of the page whose HTML is ours, without Gradio's styles for prose."""
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)
