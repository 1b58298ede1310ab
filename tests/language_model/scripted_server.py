"""A server that speaks OpenAI's protocol and does what its script says: replies, stalls, breaks off, refuses.

It runs in this process on a loopback port and notes what it was sent and whether a client hung up.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    `pieces` are sent one after the other, `pause` seconds apart; then the reply ends, or stalls for `stall` seconds, or the
    connection is cut (`dies`). A `status` other than 200 refuses the request instead.
    """

    pieces: Sequence[str] = ()
    pause: float = 0.0
    stall: float = 0.0
    dies: bool = False
    status: int = 200
    garbage: bytes = b""

    @classmethod
    def text(cls, text: str, size: int = 7) -> Reply:
        return cls([text[at : at + size] for at in range(0, len(text), size)])


Answering = Callable[[list[dict[str, str]]], Reply]


@dataclass
class ScriptedServer:
    """Replies in turn, the last one for ever; or a function from messages to reply."""

    script: list[Reply] | Answering
    context: int | None = 4096
    requests: list[dict[str, Any]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def reply_to(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        if callable(self.script):
            return self.script(body["messages"])
        return self.script[min(len(self.requests), len(self.script)) - 1]


@contextmanager
def serving(script: list[Reply] | Answering, *, context: int | None = 4096) -> Iterator[ScriptedServer]:
    server = ScriptedServer(script, context)
    listening = _Listening(server)
    server.url = f"http://127.0.0.1:{listening.server_address[1]}/v1"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)


class _Listening(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, scripted: ScriptedServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scripted = scripted


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listening

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            self._send(404, b"{}")
            return
        context = self.server.scripted.context
        model = {"id": "scripted", "object": "model"} | ({"max_model_len": context} if context else {})
        self._send(200, json.dumps({"object": "list", "data": [model]}).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.server.scripted.reply_to(body)
        if reply.status != 200:
            self._send(reply.status, json.dumps({"error": {"message": "scripted refusal"}}).encode())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            self._stream(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.server.scripted.hung_up.set()

    def _stream(self, reply: Reply) -> None:
        if reply.garbage:
            self.wfile.write(reply.garbage)
            return
        for piece in reply.pieces:
            time.sleep(reply.pause)
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
            choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
            self._write(json.dumps(chunk | {"choices": [choice]}))
        end = time.monotonic() + reply.stall
        while time.monotonic() < end:
            time.sleep(0.05)
            # A comment: nothing to the client, but it shows whether anybody still listens.
            self.wfile.write(b": waiting\n\n")
            self.wfile.flush()
        if reply.dies:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            self._write("[DONE]")

    def _write(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
