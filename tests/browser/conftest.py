"""A real Chromium and real servers for the tests of the chat page.

Chromium is found by the environment variable PARLEY_CHROMIUM or on the path. Without it these tests are skipped, unless
PARLEY_REQUIRE_BROWSER=1, which makes its absence a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from parley import Assistant, Document
from parley.ui.interfaces import ChatAssistant
from parley.ui.server.serving import PageServer, build_application
from tests.conftest import ROOT
from tests.fakes import HashingEmbedder
from tests.ui.hostile import HOSTILE
from tests.ui.small_assistant import SmallAssistant
from tests.waiting import PATIENCE

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

VIEWPORT: ViewportSize = {"width": 1280, "height": 800}

expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str | None:
    """Where the browser is, `None` if there is none."""
    return os.environ.get("PARLEY_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; closed after this package, because its event loop would disturb tests of asynchronous code."""
    path = chromium_path()
    if path is None:
        reason = "no Chromium: install it or name it in PARLEY_CHROMIUM"
        if os.environ.get("PARLEY_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def serving(assistant: ChatAssistant, **options: Any) -> Iterator[str]:
    """A server over an assistant on a free port, with further options of `build_application`; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = PageServer(build_application(assistant, **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=PATIENCE)


@pytest.fixture(scope="package")
def talks_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The real assistant over the sample documents, with an embedder that costs nothing."""
    assistant = Assistant.open(tmp_path_factory.mktemp("talks") / "library", embedding=HashingEmbedder())
    assistant.add(ROOT / "examples" / "talks")
    yield assistant
    assistant.close()


@pytest.fixture(scope="package")
def talks_url(talks_assistant: Assistant) -> Iterator[str]:
    with serving(talks_assistant) as url:
        yield url


TALE = (
    "We want more water, said the envoy of Tarsia. The water rose in March. No water will be sold, said an unnamed official.\n\n"
    "Water is life, said the envoy of Tarsia. The water board met twice. Our water is ours, said Minister Oren."
)


@pytest.fixture(scope="package")
def slow_assistant(tmp_path_factory: pytest.TempPathFactory) -> SmallAssistant:
    """Takes 0.5 s for each sentence of an answer."""
    assistant = SmallAssistant(tmp_path_factory.mktemp("slow"), pause=0.5)
    assistant.add_documents([Document.from_text(TALE, id="water.txt", title="Water talks", outlet="Courier")])
    return assistant


@pytest.fixture(scope="package")
def slow_url(slow_assistant: SmallAssistant) -> Iterator[str]:
    with serving(slow_assistant) as url:
        yield url


@pytest.fixture(scope="package")
def long_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Answers go on for two minutes: for what is done before their end, however busy the machine is."""
    assistant = SmallAssistant(tmp_path_factory.mktemp("long"), pause=0.5)
    tale = " ".join(f"We want water number {number}, said the envoy of Tarsia." for number in range(240))
    assistant.add_documents([Document.from_text(tale, id="water.txt", title="Water talks", outlet="Courier")])
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="package")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Documents whose text, titles, outlets, authors and ids are hostile strings."""
    assistant = SmallAssistant(tmp_path_factory.mktemp("hostile"))
    for number, text in enumerate(HOSTILE):
        body = f"number{number:03} {text}"
        assistant.add_documents([Document.from_text(body, id=f"{number} {text}", title=text, outlet=text, author=text)])
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="package")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile that keeps in its cache what Gradio's page is made of; loading that anew takes longer than most tests."""
    made = chromium.new_context(viewport=VIEWPORT)
    made.set_default_timeout(1000 * PATIENCE)
    yield made
    made.close()


@pytest.fixture
def context(profile: BrowserContext) -> Iterator[BrowserContext]:
    """A profile without pages and cookies; fails the test if a page reached for anything but this machine, or broke."""
    with watching(profile):
        yield profile
        for page in profile.pages:
            page.close()
        profile.clear_cookies()


@contextmanager
def watched(chromium: Browser, **options: object) -> Iterator[BrowserContext]:
    """A profile of its own, watched in the same way."""
    made = chromium.new_context(viewport=VIEWPORT, **options)  # type: ignore[arg-type]
    made.set_default_timeout(1000 * PATIENCE)
    with watching(made):
        yield made
        made.close()


@contextmanager
def watching(context: BrowserContext) -> Iterator[None]:
    requested: list[str] = []
    broken: list[str] = []
    listeners: dict[str, Callable[..., None]] = {
        "request": lambda request: requested.append(request.url),
        "weberror": lambda error: broken.append(str(error.error)),
    }
    for event, listener in listeners.items():
        context.on(event, listener)  # type: ignore[call-overload]
    yield
    for event, listener in listeners.items():
        context.remove_listener(event, listener)
    assert [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
    assert broken == []


@pytest.fixture
def open_chat(context: BrowserContext) -> Callable[[str], Page]:
    """Opens the chat at an address and waits until it can be used."""
    return lambda url: open_page(context, url)


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the page shows its documents."""
    expect(page.locator("#library .panel-title")).to_be_attached()
    expect(page.locator("#question textarea")).to_be_editable()
    expect(page.locator("#hover-card")).to_be_attached()


def send(page: Page, question: str) -> None:
    """Type a question and send it, without waiting for anything."""
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def ask(page: Page, question: str, *, wait: bool = True) -> None:
    """Ask a question, and wait for the end of the answer."""
    # By its number, which no other question of the library has: what else the window shows may still be about to change.
    known = page.locator("#chat .asked").evaluate_all("(questions) => questions.map((element) => element.id)")
    send(page, question)
    asked = page.locator("#chat .asked" + "".join(f":not([id='{name}'])" for name in known))
    expect(asked).to_have_count(1)
    number = asked.evaluate("(element) => element.id").rpartition("-")[2]
    answer = page.locator(f"#chat .answer[id$='answer-{number}']")
    expect(answer).to_be_attached()
    if wait:
        expect(answer.locator(".actions")).to_be_attached()
        expect(page.locator("#stop")).to_be_hidden()


def new_conversation(page: Page) -> None:
    """Begin a conversation, and wait until it is shown."""
    page.locator("#new-conversation").click()
    expect(page.locator("#chat .asked, #chat .answer")).to_have_count(0)
    expect(page.locator("#chat .welcome")).to_be_visible()
