"""The chat page: its layout, and which event calls which handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import gradio as gr

from assistant import ParleyError, SearchFilter
from ui.endpoints import Endpoints
from ui.evidence import EMPTY_PANE
from ui.handlers import ChatHandlers
from ui.identity import owner_from
from ui.interfaces import ChatAssistant
from ui.library_panel import upload_html
from ui.masthead import chat_masthead
from ui.multipart import UploadLimits
from ui.payload import (
    PayloadError,
    conversation_id,
    document_id,
    document_ids,
    exchange_id,
    field,
    place_in_document,
    question_text,
    source_link,
    words_sought,
)
from ui.styles import chat_script
from ui.where_text_goes import where_text_goes_html

QUESTIONS_AT_ONCE = 4
"""Questions answered at the same time; more wait their turn."""

LONGEST_QUEUE = 64
"""Events that may wait; beyond this the page says that Parley is busy."""

_Value = TypeVar("_Value")


class ChatPage:
    """Builds the page over the handlers."""

    def __init__(self, handlers: ChatHandlers, assistant: ChatAssistant, limits: UploadLimits) -> None:
        self._handlers = handlers
        self._assistant = assistant
        self._limits = limits

    def build(self) -> gr.Blocks:
        """The Gradio application, its queue limited."""
        with gr.Blocks(title="Parley", fill_width=True, fill_height=True, analytics_enabled=False) as blocks:
            self._lay_out()
            self._wire(blocks)
            Endpoints(self._assistant).declare(at_once=QUESTIONS_AT_ONCE)
        blocks.queue(max_size=LONGEST_QUEUE, default_concurrency_limit=QUESTIONS_AT_ONCE)
        return blocks

    def _lay_out(self) -> None:
        self._conversation = gr.State("")
        self._scope = gr.State(SearchFilter())
        _html(chat_masthead(), "masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="library-pane"):
                limits = self._limits
                _html(upload_html(suffixes=limits.suffixes, file_bytes=limits.file_bytes, files=limits.files), "upload")
                self._library = _html("", "library")
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
            layout="panel",
        )
        self._scope_line = _html("", "scope")
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
                max_length=4_000,
            )
            self._send = gr.Button("Ask", elem_id="send", variant="primary", scale=0, min_width=72)
            self._stop = gr.Button("Stop", elem_id="stop", variant="secondary", scale=0, min_width=72, visible=False)
        _html(where_text_goes_html(self._assistant.language_model), "destination")

    def _wire(self, blocks: gr.Blocks) -> None:
        page = [self._conversation, self._chat, self._library, self._history]
        here = self._conversation
        asking = [self._chat, self._question, self._send, self._stop]
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        # Outside the queue: they must work when it is full, and have nothing to report. The others' errors are shown.
        direct = hidden | {"queue": False}
        quick = hidden | {"concurrency_limit": None}
        slow = hidden | {"concurrency_limit": QUESTIONS_AT_ONCE, "concurrency_id": "questions"}
        changing = hidden | {"concurrency_limit": 1, "concurrency_id": "library"}
        blocks.load(self._on_load, None, page, **direct)
        asked = [
            gr.on(
                [self._question.submit, self._send.click], self._on_submit, [self._question, here, self._scope], asking, **slow
            ),
            self._bridge.ask(self._on_ask, [here, self._scope], asking, **slow),
            self._bridge.retry(self._on_retry, [here, self._scope], asking, **slow),
        ]
        for event in asked:
            event.then(self._after_answer, here, [*asking[:1], *asking[2:], self._history], **direct)
        self._stop.click(None, None, None, cancels=asked, api_visibility="private", queue=False)
        self._bridge.scope(self._on_scope, None, [self._scope, self._scope_line], **quick)
        self._bridge.cite(self._on_cite, here, self._source, **quick)
        self._bridge.open_document(self._on_open_document, None, self._source, **quick)
        self._bridge.open_place(self._on_open_place, None, self._source, **quick)
        self._bridge.evidence(self._on_evidence, here, self._source, **quick)
        self._bridge.remove_document(self._on_remove_document, None, [self._library, self._chat], **changing)
        self._bridge.undo(self._on_undo, None, [self._library, self._chat], **changing)
        self._bridge.library_changed(self._on_library_changed, None, [self._library, self._chat], **direct)
        # Whoever leaves a conversation stops its answer, which would otherwise be written into the next one's window.
        self._bridge.new_conversation(self._on_new, None, page, cancels=asked, **quick)
        self._bridge.open_conversation(self._on_open_conversation, None, page, cancels=asked, **quick)
        self._bridge.delete_conversation(self._on_delete_conversation, here, page, cancels=asked, **quick)

    def _on_load(self, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        return self._page(owner, self._handlers.open_conversation(owner, None))

    def _page(self, owner: str, conversation: str) -> tuple[Any, ...]:
        handlers = self._handlers
        return (
            conversation,
            gr.update(value=handlers.messages(owner, conversation), placeholder=handlers.welcome()),
            handlers.library_html(),
            handlers.history_html(owner, conversation),
        )

    def _on_submit(self, question: str, conversation: str, scope: SearchFilter, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._answer(question, conversation, scope, request, clear="")

    def _on_ask(
        self, conversation: str, scope: SearchFilter, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        question = _checked(lambda: question_text(_payload(event)))
        yield from self._answer(question, conversation, scope, request, clear=gr.skip())

    def _on_retry(
        self, conversation: str, scope: SearchFilter, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        owner = _owner(request)
        question = _checked(lambda: self._handlers.retract(owner, conversation, exchange_id(_payload(event))))
        yield from self._answer(question, conversation, scope, request, clear=gr.skip())

    def _answer(
        self, question: str, conversation: str, scope: SearchFilter, request: gr.Request, *, clear: object
    ) -> Iterator[tuple[Any, ...]]:
        owner = _owner(request)
        steps = self._handlers.ask(owner, conversation, question, filter=scope)
        try:
            for step in steps:
                yield step.messages, clear, gr.update(visible=not step.running), gr.update(visible=step.running)
                clear = gr.skip()
        except (PayloadError, ParleyError) as error:
            raise gr.Error(str(error), print_exception=False, title="Not asked") from error
        finally:
            steps.close()

    def _after_answer(self, conversation: str, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        messages = _checked(lambda: self._handlers.messages(owner, conversation))
        history = self._handlers.history_html(owner, conversation)
        return messages, gr.update(visible=True), gr.update(visible=False), history

    def _on_scope(self, event: gr.EventData) -> tuple[SearchFilter, str]:
        return _checked(lambda: self._handlers.scope(document_ids(_payload(event))))

    def _on_cite(self, conversation: str, event: gr.EventData, request: gr.Request) -> str:
        owner = _owner(request)
        return _checked(lambda: self._handlers.sources.citation(owner, conversation, source_link(_payload(event))))

    def _on_open_document(self, event: gr.EventData) -> str:
        return _checked(lambda: self._handlers.sources.document(document_id(_payload(event))))

    def _on_open_place(self, event: gr.EventData) -> str:
        return _checked(lambda: self._handlers.sources.place(place_in_document(_payload(event))))

    def _on_evidence(self, conversation: str, event: gr.EventData, request: gr.Request) -> str:
        owner = _owner(request)
        return _checked(lambda: self._handlers.sources.words(owner, conversation, *words_sought(_payload(event))))

    def _on_remove_document(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        return self._library_update(_checked(lambda: self._handlers.remove_document(owner, document_id(_payload(event)))))

    def _on_undo(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        return self._library_update(_checked(lambda: self._handlers.undo_removal(owner, field(_payload(event), "token"))))

    def _on_library_changed(self) -> tuple[Any, ...]:
        return self._library_update(self._handlers.library_html())

    def _library_update(self, html: str) -> tuple[Any, ...]:
        return html, gr.update(placeholder=self._handlers.welcome())

    def _on_new(self, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        return self._page(owner, self._handlers.new_conversation(owner))

    def _on_open_conversation(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        wanted = _checked(lambda: conversation_id(field(_payload(event), "conversation")))
        return self._page(owner, self._handlers.open_conversation(owner, wanted))

    def _on_delete_conversation(self, conversation: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        unwanted = _checked(lambda: conversation_id(field(_payload(event), "conversation")))
        _checked(lambda: self._handlers.delete_conversation(owner, unwanted))
        return self._page(owner, self._handlers.open_conversation(owner, None if unwanted == conversation else conversation))


def _html(value: str, name: str, *, script: str | None = None) -> gr.HTML:
    """A part of the page whose HTML is ours, without Gradio's styles for prose."""
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _payload(event: gr.EventData) -> object:
    return event._data  # noqa: SLF001  (the only way to the data that a page's own event carries)


def _owner(request: gr.Request) -> str:
    owner = owner_from(dict(request.cookies))
    if owner is None:
        raise gr.Error("This page has lost its cookie. Reload it.", print_exception=False)
    return owner


def _checked(action: Callable[[], _Value]) -> _Value:
    try:
        return action()
    except (PayloadError, ParleyError) as error:
        raise gr.Error(str(error), print_exception=False, title="Not possible") from error
