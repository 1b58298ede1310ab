"""What every test shares: real components, a block on the network, and the folders beside the checkout."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from parley.index.library import Library
from parley.index.models.minilm import MiniLMEmbedder
from tests.fakes import HashingEmbedder
from tests.fast import fast_only, leave_out_models
from tests.workers import ByModule, longest_first

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# How long one example takes says how busy the machine is. All else stays as the surroundings have it: CI draws the same examples.
settings.register_profile("patient", parent=settings(deadline=None))
settings.load_profile("patient")

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByModule:
    config.option.loadscopereorder = False
    return ByModule(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what needs a browser, a model or much time")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--fast"):
        leave_out_models()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--fast"):
        fast_only(config, items)
    if hasattr(config, "workerinput"):
        longest_first(items)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only loopback can be reached from this process while tests run."""
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                msg = f"a test tried to reach {host}: nothing may leave the machine"
                raise AssertionError(msg)
        real_connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a user's configuration of its own, and no key or address of whoever runs it."""
    monkeypatch.setenv("PARLEY_CONFIG", str(tmp_path_factory.mktemp("config")))
    for name in ("PARLEY_LLM_URL", "PARLEY_LLM", "PARLEY_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def real_embedder() -> MiniLMEmbedder:
    return MiniLMEmbedder()


@pytest.fixture
def fake_embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def library(tmp_path: Path, fake_embedder: HashingEmbedder) -> Iterator[Library]:
    """An empty library that does not load the real model."""
    opened = Library.open(tmp_path / "library", embedder=fake_embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents and question sets beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared (question sets made by others)")
    return SHARED


@pytest.fixture(scope="session")
def talks() -> Path:
    """The sample documents."""
    return ROOT / "examples" / "talks"
