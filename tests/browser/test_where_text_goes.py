"""The page tells where text goes, and a library that has not permitted it sends none to another machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from parley import Assistant, Document, ModelSettings
from parley.ui.cli.model_options import permitted_model, withheld_model
from parley.ui.library.libraries import LibraryFolders
from tests.browser.conftest import ask, open_page, ready, serving, watched
from tests.fakes import HashingEmbedder
from tests.language_model import scripted_server
from tests.language_model.scripted_server import Reply, ScriptedServer

TEXT = "Envoy Anna Lind told the Canal Bulletin that the harbour fee was agreed in principle."
QUESTION = "What did Anna Lind say about the harbour fee?"
WORDED = "Anna Lind told the Canal Bulletin that the harbour fee was agreed in principle."
ELSEWHERE = "models.example.org"


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    with scripted_server.serving([Reply.text(f"{WORDED} [S1]")]) as server:
        yield server


@pytest.fixture
def elsewhere(model: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the model under a name that is not this machine's; it leads here, so that what is sent can be seen."""
    port = int(model.url.split(":")[2].split("/")[0])
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        return real("127.0.0.1" if host in {ELSEWHERE, ELSEWHERE.encode()} else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return f"http://{ELSEWHERE}:{port}/v1"


def library(folder: Path, wording: ModelSettings | None) -> Assistant:
    """A library with one document, opened as the server opens it."""
    opened = Assistant.open(folder, embedding=HashingEmbedder(), llm=permitted_model(wording, folder))
    opened.add_documents([Document.from_text(TEXT, id="bulletin", language="en")])
    return opened


def answer_on(page: Page) -> Any:
    return page.locator("#chat .answer").last


def test_without_a_model_answers_are_quotations(chromium: Browser, tmp_path: Path) -> None:
    with library(tmp_path / "first", None) as first, serving(first) as url, watched(chromium) as context:
        page = open_page(context, url)
        expect(page.locator(".destination")).to_have_text("Answers are quotations. Nothing leaves this machine.")


def test_a_local_model_is_named_with_its_address(chromium: Browser, tmp_path: Path, model: ScriptedServer) -> None:
    wording = ModelSettings(base_url=model.url, model="small")
    with library(tmp_path / "first", wording) as first, serving(first) as url, watched(chromium) as context:
        page = open_page(context, url)
        told = page.locator(".destination")
        expect(told).to_have_text(f"Answers are worded by small ({model.url}). Nothing leaves this machine.")
        assert page.locator(".destination.leaves").count() == 0
        ask(page, QUESTION)
        expect(answer_on(page)).to_contain_text(WORDED)
        expect(answer_on(page).locator(".notices")).to_contain_text(f"Written by small (at {model.url}, on this machine)")
    assert any(TEXT in request["messages"][1]["content"] for request in model.requests)


def test_a_remote_model_is_asked_only_for_the_library_that_permits_it(
    chromium: Browser, tmp_path: Path, model: ScriptedServer, elsewhere: str
) -> None:
    wording = ModelSettings(base_url=elsewhere, model="big", allow_remote=True)
    shelf = tmp_path / "shelf"
    library(shelf / "closed", None).close()
    (tmp_path / "open").mkdir()
    wording.store(tmp_path / "open")
    others = LibraryFolders(shelf, partial(library, wording=wording))
    with (
        library(tmp_path / "open", wording) as first,
        serving(first, others=others, withheld=partial(withheld_model, wording)) as url,
        watched(chromium) as context,
    ):
        page = open_page(context, url)
        told = page.locator(".destination.leaves")
        expect(told).to_contain_text("Questions and passages of the documents are sent to")
        expect(told.locator("strong").last).to_have_text(elsewhere)
        page.locator(".libraries a", has_text="closed").click()
        ready(page)
        expect(page.locator(".destination")).to_have_text(
            "Answers are quotations. Nothing leaves this machine. "
            f"The language model at {elsewhere} is not asked: this library does not permit it."
        )
        assert page.locator(".destination.leaves").count() == 0
        ask(page, QUESTION)
        expect(answer_on(page)).to_contain_text("the harbour fee was agreed in principle")
        assert model.requests == []
        page.locator(".libraries a", has_text="open").click()
        expect(page.locator(".libraries a[aria-current]")).to_have_text("open")
        ready(page)
        ask(page, QUESTION)
        expect(answer_on(page).locator(".notices")).to_contain_text(f"Written by big (at {elsewhere}, outside this machine)")
    assert any(TEXT in request["messages"][1]["content"] for request in model.requests)
