"""An event that is sent while the page's stream of results is being closed is acknowledged after that."""

import asyncio

import pytest

from parley import Assistant
from parley.ui.server.application import build_application
from parley.ui.server.event_stream import CLOSING_SECONDS, StreamHandover
from tests.fakes import HashingEmbedder


async def gradio(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    body = b'data: {"msg":"close_stream"}\n\n' if scope["path"].endswith("data") else b"{}"
    await send({"type": "http.response.body", "body": body})


class Clock:
    """Time that goes by only where somebody sleeps."""

    def __init__(self):
        self.now = 1000.0
        self.slept = 0.0

    async def sleep(self, seconds):
        self.now += seconds
        self.slept += seconds


async def call(application, path, cookie):
    sent = []

    async def send(message):
        sent.append(message)

    await application({"type": "http", "path": path, "headers": [(b"cookie", cookie)]}, None, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]


def seconds_held(path, cookie, *, later, closed=b"ann"):
    """How long an event is held back that comes so many seconds after the stream of a caller, ann, was closed."""
    clock = Clock()
    application = StreamHandover(gradio, clock=lambda: clock.now, sleep=clock.sleep)

    async def follow():
        await call(application, "/gradio_api/queue/data", closed)
        clock.now += later
        await call(application, path, cookie)

    asyncio.run(follow())
    return clock.slept


@pytest.mark.parametrize(
    ("path", "cookie", "later", "held"),
    [
        ("/gradio_api/queue/join", b"ann", 0.0, CLOSING_SECONDS),
        ("/gradio_api/queue/join", b"ann", CLOSING_SECONDS / 4, CLOSING_SECONDS * 3 / 4),
        ("/gradio_api/queue/join", b"ann", CLOSING_SECONDS, 0.0),
        ("/gradio_api/queue/join", b"ben", 0.0, 0.0),
        ("/gradio_api/run/predict", b"ann", 0.0, 0.0),
    ],
)
def test_only_what_follows_at_once_from_the_same_browser_is_held_back(path, cookie, later, held):
    assert seconds_held(path, cookie, later=later) == pytest.approx(held)


def test_programs_without_a_cookie_are_not_held_back_for_each_other():
    assert seconds_held("/gradio_api/queue/join", b"", later=0.0, closed=b"") == 0.0


def test_gradio_sums_up_no_events(tmp_path):
    """It would do so after each click, over all that went before."""
    with Assistant.open(tmp_path, embedding=HashingEmbedder()) as assistant:
        build_application(assistant)
    import gradio

    queue = gradio.Blocks()._queue
    queue.events_recorded = 1000
    assert queue.compute_analytics_summary([{"function": "ask", "status": "success", "process_time": 1.0}]) == {"functions": {}}
