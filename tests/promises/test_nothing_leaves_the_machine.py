"""Adding and asking open no connection at all, and a language model elsewhere is refused until the library permits it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from parley import Assistant, ModelSettings
from parley.index.errors import RemoteModelError
from tests.conftest import ROOT

ASKING = """
import socket, sys
tried = []
def refuse(self, address, *rest):
    tried.append(address)
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
def resolve(*arguments, **options):
    tried.append(arguments)
    raise OSError("no names here")
socket.getaddrinfo = socket.create_connection = resolve
from parley import Assistant
with Assistant.open(sys.argv[1]) as assistant:
    assert assistant.add(sys.argv[2]).refused == ()
    answer = assistant.ask("Who said that Estavia would cut its catch?")
    assistant.check_quote("We have counted the nets twice")
print(answer.status, tried)
"""


def test_adding_and_asking_open_no_connection(tmp_path: Path, lake_documents: Path) -> None:
    """In a process of its own, without keys, proxies or caches of the user's that could stand in for the network."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | {"HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", ASKING, str(tmp_path / "library"), str(lake_documents)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "answered []"


@pytest.mark.parametrize("address", ["https://models.example.org/v1", "http://192.0.2.7:8080/v1"])
def test_a_language_model_elsewhere_is_refused_until_it_is_permitted(tmp_path: Path, fake_embedder: object, address: str) -> None:
    with pytest.raises(RemoteModelError, match="would be sent there"):
        Assistant.open(
            tmp_path / "library",
            embedding=fake_embedder,  # type: ignore[arg-type]
            llm=ModelSettings(base_url=address, model="any"),
        )
