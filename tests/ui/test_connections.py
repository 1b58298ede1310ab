"""What callers hold open: half-sent requests are cut, and there is a bound on connections."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from parley.ui.server import protocol
from parley.ui.server.protocol import BoundedProtocol


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS_EACH", 3)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("Here.")(scope, receive, send)

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, http=BoundedProtocol, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def answer_to(port: int, *pieces: bytes) -> bytes:
    """All that comes until the server closes; empty where it closes without a word."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for piece in pieces:
            connection.sendall(piece)
        try:
            return b"".join(iter(lambda: connection.recv(4096), b""))
        except ConnectionResetError:
            return b""


REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nhost: here\r\nx-slow: a"])
def test_headers_that_do_not_come_are_not_waited_for(port: int, begun: bytes) -> None:
    assert answer_to(port, begun) == b""


def test_whole_requests_are_answered_also_one_after_the_other(port: int) -> None:
    assert answer_to(port, REQUEST, REQUEST).count(b"Here.") == 2
    assert answer_to(port, REQUEST, b"GET / HT").count(b"Here.") == 1


def test_one_address_holds_only_so_many_connections(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
    assert answer_to(port, REQUEST) == b""
    for connection in held:
        connection.close()
    deadline = time.monotonic() + 20
    while (answer := answer_to(port, REQUEST)) == b"" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert b"Here." in answer
