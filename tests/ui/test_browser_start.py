"""How `parley chat` starts the browser: with an address that does not hold the token of the server."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from fastapi import FastAPI

from parley.ui.access.callers import Callers
from parley.ui.server.serving import serve
from tests.ui.small_assistant import SmallAssistant


def test_the_browser_is_not_started_with_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("parley.ui.server.serving.webbrowser.open", opened.append)
    monkeypatch.setattr("parley.ui.server.serving.PageServer", StartedServer)
    serve(SmallAssistant(tmp_path / "library"), port=0, open_browser=True, callers=Callers(token="the-token"))
    assert len(opened) == 1
    assert "?token=" in opened[0]
    assert "the-token" not in opened[0]


class StartedServer:
    """A server that is ready at once, and ends when the browser was opened."""

    started, should_exit = True, False

    def __init__(self, _application: FastAPI) -> None: ...

    def run(self, sockets: list[socket.socket]) -> None:
        for thread in threading.enumerate():
            if thread.daemon and "_when_ready" in thread.name:
                thread.join()
        for one in sockets:
            one.close()
