"""An event that is sent while the page's stream of results is being closed is acknowledged after that."""

import asyncio
import time

import pytest

from parley.ui.server.event_stream import StreamHandover

HELD = 0.2


async def gradio(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    body = b'data: {"msg":"close_stream"}\n\n' if scope["path"].endswith("data") else b"{}"
    await send({"type": "http.response.body", "body": body})


async def seconds_for(application, path, cookie):
    started = time.monotonic()
    sent = []

    async def send(message):
        sent.append(message)

    await application({"type": "http", "path": path, "headers": [(b"cookie", cookie)]}, None, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return time.monotonic() - started


@pytest.mark.parametrize(
    ("path", "cookie", "is_held"),
    [
        ("/gradio_api/queue/join", b"ann", True),
        ("/gradio_api/queue/join", b"ben", False),
        ("/gradio_api/run/predict", b"ann", False),
    ],
)
def test_only_what_follows_at_once_from_the_same_browser_is_held_back(path, cookie, is_held):
    async def follow():
        application = StreamHandover(gradio, seconds=HELD)
        await seconds_for(application, "/gradio_api/queue/data", b"ann")
        return await seconds_for(application, path, cookie)

    # A sleep never ends early; one that is not held back does not sleep at all.
    assert (asyncio.run(follow()) > HELD / 2) == is_held


def test_later_events_are_not_held_back():
    async def follow():
        application = StreamHandover(gradio, seconds=HELD)
        await seconds_for(application, "/gradio_api/queue/data", b"ann")
        await asyncio.sleep(HELD)
        return await seconds_for(application, "/gradio_api/queue/join", b"ann")

    assert asyncio.run(follow()) < HELD / 2
