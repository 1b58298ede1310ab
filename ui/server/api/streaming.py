"""Answers as server-sent events: each sentence once it is checked, the whole answer at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from fastapi.responses import StreamingResponse

from parley.assistant import Drafting, Finished, ParleyError, Searching, SentenceReady, StreamEvent
from parley.assistant.serialization import answer_json, citation_json, sentence_json
from parley.ui.server.api.failures import failure_json, status_of

_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""Proxies must not gather the events before they pass them on."""


def event_stream(events: Iterator[StreamEvent]) -> StreamingResponse:
    """The answer that sends the events; when the caller goes away, the iterator is closed, and with it the language model."""
    return StreamingResponse(_lines(events), media_type="text/event-stream", headers=_HEADERS)


def _lines(events: Iterator[StreamEvent]) -> Iterator[str]:
    try:
        for event in events:
            yield server_sent(*_event(event))
    except ParleyError as error:
        yield server_sent("error", failure_json(status_of(error)[1], str(error)))


def server_sent(name: str, data: Mapping[str, object]) -> str:
    """One event as it is sent."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, default=str)}\n\n"


def _event(event: StreamEvent) -> tuple[str, Mapping[str, object]]:
    if isinstance(event, Searching):
        return "searching", {"standalone_question": event.standalone_question}
    if isinstance(event, Drafting):
        return "drafting", {"engine": event.engine, "seconds": round(event.seconds, 2), "sentences": event.sentences}
    if isinstance(event, SentenceReady):
        return "sentence", {**sentence_json(event.sentence), "citations": [citation_json(item) for item in event.citations]}
    if isinstance(event, Finished):
        return "answer", answer_json(event.answer)
    return "withdrawn", {}
