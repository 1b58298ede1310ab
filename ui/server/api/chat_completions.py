"""`/v1/models` and `/v1/chat/completions`: Parley as a model behind OpenAI's protocol, for chat programs that speak it.

A library is a model. The answer's sources stand under it as Markdown, and in `annotations` for programs.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from parley.assistant import Answer, Citation, Conversation, Finished, ParleyError, SentenceReady, StreamEvent, Withdrawn
from parley.assistant.evidence.place_names import page_words
from parley.assistant.reports.export.markdown import escape
from parley.assistant.serialization import answer_json
from parley.ui.library.libraries import Libraries
from parley.ui.server.api.failures import ReportingRoute, failure, failure_json, status_of
from parley.ui.server.api.requests import LONGEST_HISTORY, LONGEST_MESSAGE, check_characters

MODEL = "parley"
"""The model that is the library which the server was started with; others are "parley/NAME"."""

SOURCES = "\n\n**Sources**\n"
_ACTIVE = re.compile(r"!(?=\[)|(?<=\])\(|(?<=\])(?=:)|<(?=[A-Za-z/!?])")
"""Where Markdown begins a picture, the address of a link, the definition of one, and HTML."""

_WITHDRAWN = "\n\n*What stands above was withdrawn. The answer is:*\n\n"

Json = dict[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow")
    type: str
    text: str = ""


class _Message(BaseModel):
    model_config = ConfigDict(extra="allow")
    role: str
    content: str | list[_Part] | None = None

    @property
    def words(self) -> str:
        """The text; pictures and other parts are left out."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class CompletionRequest(BaseModel):
    """A conversation whose last message of the user is the question. What steers a language model has no effect."""

    model_config = ConfigDict(extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _whole_characters(cls, given: object) -> object:
        return check_characters(given)

    model: str = MODEL
    messages: list[_Message] = Field(min_length=1, max_length=500)
    stream: bool = False


def completion_routes(libraries: Libraries) -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/v1", route_class=ReportingRoute, tags=["OpenAI's protocol"])

    @router.get("/models")
    def models() -> Json:
        """List the libraries as models."""
        return {"object": "list", "data": [_model(name) for name in _models(libraries)]}

    @router.get("/models/{name:path}", response_model=None)
    def model(name: str) -> Json | JSONResponse:
        """One of them."""
        return _model(name) if name in _models(libraries) else _unknown(name, libraries)

    @router.post("/chat/completions", response_model=None)
    def complete(asked: CompletionRequest, request: Request) -> Json | JSONResponse | StreamingResponse:
        """Answer the last message of the user, with sources under the answer and in `annotations`."""
        known = _models(libraries)
        if asked.model not in known:
            return _unknown(asked.model, libraries)
        assistant = libraries.workspace(known[asked.model]).assistant
        question, before = _conversation(asked.messages)
        if not question:
            told = "There is no message of the user with text in it. Send the question as the last message."
            return failure(422, "invalid_request", told)
        head = _Head(asked.model, str(request.base_url))
        if asked.stream:
            events = assistant.stream(question, conversation=before)
            return StreamingResponse(_chunks(head, events), media_type="text/event-stream", headers={"cache-control": "no-store"})
        return head.whole(assistant.ask(question, conversation=before))

    return router


class _Head:
    """What all parts of one completion have in common."""

    def __init__(self, model: str, base: str) -> None:
        self._shared = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": model}
        self._base = base

    def whole(self, answer: Answer) -> Json:
        content = inert(answer.text) + sources_markdown(answer)
        message = {"role": "assistant", "content": content, "refusal": None, "annotations": self._annotations(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {**self._shared, "object": "chat.completion", "choices": [choice], "parley": answer_json(answer)}

    def chunk(self, delta: Json, finish: Literal["stop"] | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _data({**self._shared, "object": "chat.completion.chunk", "choices": [choice]})

    def last_delta(self, answer: Answer) -> Json:
        return {"content": sources_markdown(answer), "annotations": self._annotations(answer)}

    def _annotations(self, answer: Answer) -> list[Json]:
        """A citation for each marker in the text, with the place of the marker."""
        found = []
        text = inert(answer.text)
        for citation in answer.citations:
            mark = f"[{citation.marker}]"
            start = text.find(mark)
            if start >= 0:
                told = {
                    "url": self._address(citation),
                    "title": citation.document.title,
                    "start_index": start,
                    "end_index": start + len(mark),
                }
                found.append({"type": "url_citation", "url_citation": told})
        return found

    def _address(self, citation: Citation) -> str:
        """Where the document's text is, with the cited characters as RFC 5147 writes them."""
        name = percent_encoded(citation.document.id, safe="/")
        return f"{self._base}api/v1/documents/{name}#char={citation.start},{citation.end}"


def sources_markdown(answer: Answer) -> str:
    """The quotations under an answer, each with who said it and where it stands; "" without citations."""
    if not answer.citations:
        return ""
    return SOURCES + "\n".join(f"- [{item.marker}] {_source(item)}" for item in answer.citations)


def _source(citation: Citation) -> str:
    document = citation.document
    day = document.date.isoformat() if document.date else "undated"
    place = ", ".join(filter(None, (document.title, document.outlet, day, page_words(citation.page))))
    return f"“{escape(' '.join(citation.quote.split()))}” — {escape(citation.attribution)}. *{escape(place)}*"


def inert(text: str) -> str:
    """The text of an answer such that a chat program neither loads a picture nor follows a link that a document's words name.

    What it shows is the text itself. Other markup is left as it is: programs that take the text for text meet few backslashes.
    """
    return _ACTIVE.sub(r"\\\g<0>", text)


def _chunks(head: _Head, events: Iterator[StreamEvent]) -> Iterator[str]:
    yield head.chunk({"role": "assistant", "content": ""})
    sent = 0
    try:
        for event in events:
            if isinstance(event, SentenceReady):
                marks = "".join(f" [{marker}]" for marker in event.sentence.markers)
                yield head.chunk({"content": (" " if sent else "") + inert(event.sentence.text) + marks})
                sent += 1
            elif isinstance(event, Withdrawn) and sent:
                yield head.chunk({"content": _WITHDRAWN})
                sent = 0
            elif isinstance(event, Finished):
                yield head.chunk(head.last_delta(event.answer))
                yield head.chunk({}, "stop")
    except ParleyError as error:
        yield _data(failure_json(status_of(error)[1], str(error)))
    yield "data: [DONE]\n\n"


def _data(value: Json) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _conversation(messages: list[_Message]) -> tuple[str, Conversation]:
    """The question, and the messages before it without the sources that were put under earlier answers."""
    told = [
        {"role": item.role, "text": item.words.partition(SOURCES)[0].strip()}
        for item in messages
        if item.role in ("user", "assistant") and item.words.strip()
    ]
    while told and told[-1]["role"] != "user":
        told.pop()
    if not told:
        return "", Conversation()
    before = [{**message, "text": message["text"][:LONGEST_MESSAGE]} for message in told[:-1][-LONGEST_HISTORY:]]
    return told[-1]["text"], Conversation.from_messages(before)


def _models(libraries: Libraries) -> dict[str, str]:
    """Library by model."""
    first, *others = libraries.names()
    return {MODEL: first} | {f"{MODEL}/{name}": name for name in others}


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": 0, "owned_by": "parley"}


def _unknown(name: str, libraries: Libraries) -> JSONResponse:
    known = ", ".join(_models(libraries))
    return failure(404, "unknown_library", f"There is no model {name!r} here. These are: {known}.")
