"""The server as people start it: its own process, ready soon, reachable from this machine only, ended by Ctrl-C."""

import re
import resource
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from parley import Assistant, Document
from parley.ui.server.serving import PortInUseError, serve

READY_WITHIN = 20.0
"""Processor seconds from the command to the end of a server that has shown its page once, twice what a busy machine takes."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library made with the real embedding model, as `parley serve` expects it."""
    place = tmp_path_factory.mktemp("served") / "library"
    with Assistant.open(place) as assistant:
        assistant.add_documents([Document.from_text("“The ferry sails at noon,” said the harbour master.", id="ferry.txt")])
    return place


def start(folder):
    command = [sys.executable, "-c", "import sys; from parley.ui.cli import main; sys.exit(main())"]
    return subprocess.Popen([*command, "serve", "--library", str(folder), "--port", "0"], stderr=subprocess.PIPE, text=True)


def address(process):
    for line in process.stderr:
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+", line)
        if found:
            return found[0]
    raise AssertionError("the server told no address")


def test_the_page_is_ready_soon_and_ends_quietly(folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start(folder)
    url = address(process)
    with build_opener(HTTPCookieProcessor()).open(url, timeout=30) as response:
        assert b"Parley" in response.read()
    with pytest.raises(HTTPError, match="401"):
        urlopen(url.partition("?")[0], timeout=30)
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    assert process.wait(timeout=15) in (0, 130)
    assert "Traceback" not in rest
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < READY_WITHIN


def test_it_answers_with_the_real_model(folder):
    from gradio_client import Client

    process = start(folder)
    url, _, token = address(process).partition("?token=")
    client = Client(url, headers={"Authorization": f"Bearer {token}"}, verbose=False)
    answer = client.predict(question="When does the ferry sail?", api_name="/ask")
    client.close()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert "noon" in answer["text"]


def test_a_port_in_use_is_told(tmp_path):
    from tests.ui.small_assistant import SmallAssistant

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=rf"Cannot listen on 127\.0\.0\.1 port {port}"):
            serve(SmallAssistant(tmp_path), port=port)
