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
from tests.waiting import PATIENCE

READY_WITHIN = 6
"""Times the processor time of importing Gradio, from the command to the end of a server that has shown its page once."""


def processor_seconds():
    """Of the processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    begun = processor_seconds()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True)
    before = processor_seconds()
    process = start(folder)
    url = address(process)
    with build_opener(HTTPCookieProcessor()).open(url, timeout=PATIENCE) as response:
        assert b"Parley" in response.read()
    with pytest.raises(HTTPError, match="401"):
        urlopen(url.partition("?")[0], timeout=PATIENCE)
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    assert process.wait(timeout=PATIENCE) in (0, 130)
    assert "Traceback" not in rest
    # Beside each other on the same machine, which may be slow.
    assert processor_seconds() - before < READY_WITHIN * (before - begun)


def test_it_answers_with_the_real_model(folder):
    from gradio_client import Client

    process = start(folder)
    url, _, token = address(process).partition("?token=")
    client = Client(url, headers={"Authorization": f"Bearer {token}"}, verbose=False)
    answer = client.predict(question="When does the ferry sail?", api_name="/ask")
    client.close()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert "noon" in answer["text"]


def test_a_port_in_use_is_told(tmp_path):
    from tests.ui.small_assistant import SmallAssistant

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=rf"Cannot listen on 127\.0\.0\.1 port {port}"):
            serve(SmallAssistant(tmp_path), port=port)
