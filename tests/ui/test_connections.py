"""What callers hold open: half-sent requests are cut, and there is a bound on connections."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from parley.ui.server import protocol
from parley.ui.server.protocol import BoundedProtocol
from parley.ui.server.serving import PageServer
from tests.waiting import PATIENCE, wait_until


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    # Longer than any test takes; those of requests that do not come shorten it.
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 600.0)
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS_EACH", 3)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("Here.")(scope, receive, send)

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application,
        http=BoundedProtocol,
        lifespan="off",
        log_level="critical",
        timeout_keep_alive=600,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    wait_until(lambda: server.started)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def answer_to(port: int, *pieces: bytes) -> bytes:
    """All that comes until the server closes; empty where it closes without a word."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            return b"".join(iter(lambda: connection.recv(4096), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b""


def read_answer(connection: socket.socket) -> None:
    """Read one whole answer."""
    got = b""
    while not got.endswith(b"Here."):
        piece = connection.recv(4096)
        assert piece, got
        got += piece


REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
LAST_REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n"


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nhost: here\r\nx-slow: a"])
def test_headers_that_do_not_come_are_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
    assert answer_to(port, begun) == b""


def test_whole_requests_are_answered_also_one_after_the_other(port: int) -> None:
    assert answer_to(port, REQUEST, LAST_REQUEST).count(b"Here.") == 2


def test_a_request_that_is_begun_behind_an_answer_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(REQUEST)
        read_answer(connection)
        # From here on; the watch over the next request begins with the answer to this one.
        monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.3)
        connection.sendall(REQUEST)
        read_answer(connection)
        with suppress(ConnectionResetError, BrokenPipeError):  # it may be cut before this is sent
            connection.sendall(b"GET / HT")
            assert connection.recv(4096) == b""


def test_one_address_holds_only_so_many_connections(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
    assert answer_to(port, LAST_REQUEST) == b""
    for connection in held:
        connection.close()
    assert b"Here." in wait_until(lambda: answer_to(port, LAST_REQUEST))


def test_the_servers_own_lines_go_through_our_log_and_its_filter() -> None:
    application = FastAPI()
    application.state.closing = None
    assert PageServer(application).config.log_config is None
